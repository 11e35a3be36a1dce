"""What all tests share."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# No test depends on the speed of the machine. Hypothesis chose the parent: in CI it is deterministic.
settings.register_profile(
    "any-machine",
    parent=settings.get_profile(settings.get_current_profile_name()),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("any-machine")


@pytest.fixture(scope="session", autouse=True)
def cache_of_the_session() -> Iterator[None]:
    """Keep away from the cache of whoever runs the tests; what tests start inherits this one."""
    with tempfile.TemporaryDirectory(prefix="clientsmith-cache-") as folder:
        os.environ["CLIENTSMITH_CACHE"] = folder
        # Where the tests run decides nothing: not whether that is GitHub Actions, nor what colours are wanted.
        for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "FORCE_COLOR", "NO_COLOR"):
            os.environ.pop(name, None)
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option of `make golden`."""
    parser.addoption("--golden", action="store_true", help="rewrite the expected output of tests/cases")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> bool:
    """True where the expected output is to be rewritten instead of compared."""
    return bool(request.config.getoption("--golden"))
