"""Some hundred calls of those that `make attacks` makes in numbers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from storm import storm

CALLS = int(os.environ.get("CALLS", "400"))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts descriptors in /proc")
def test_many_calls_with_faults_leak_nothing_and_fail_with_errors_of_the_package() -> None:
    assert storm(CALLS).problems == []
