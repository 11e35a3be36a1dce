"""`docs/fastapi.md` does what it says: its application is served, and its client calls it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.guides.steps import Reader

PAGE = Path(__file__).parents[2] / "docs/fastapi.md"


class ServingReader(Reader):
    """Serves the application where the page says so."""

    server: subprocess.Popen[bytes] | None = None

    def command(self, line: str) -> None:
        super().command(line)
        if not line.startswith("fastapi run"):
            return
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "uvicorn", "shop:app", "--port", str(port), "--log-level", "warning"]
        self.server = subprocess.Popen(command, cwd=self.folder)
        while self.server.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        pytest.fail("the application cannot be served")

    def close(self) -> None:
        if self.server is not None:
            self.server.terminate()
            self.server.wait(10)


def test_the_page_can_be_followed(tmp_path: Path) -> None:
    reader = ServingReader(tmp_path)
    try:
        reader.follow(PAGE)
        assert reader.done[1:] == [
            "shop.py",
            "clientsmith generate openapi.json -o shop_client",
            "fastapi run shop.py",
            "test_client.py",
        ]
        reader.run(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_client.py")
    finally:
        reader.close()
