"""What all tests share."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option of `make golden`."""
    parser.addoption("--golden", action="store_true", help="rewrite the expected output of tests/cases")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> bool:
    """True where the expected output is to be rewritten instead of compared."""
    return bool(request.config.getoption("--golden"))
