"""Run the command in the process of the tests."""

from __future__ import annotations

from typing import Any

from click.testing import CliRunner, Result

from clientsmith.cli import main


def run(*arguments: str, **options: Any) -> Result:
    """Run `clientsmith` with these arguments; an exception that a user would see as a traceback fails the test."""
    result = CliRunner().invoke(main, list(arguments), **options)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result
