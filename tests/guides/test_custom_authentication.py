"""`docs/custom-authentication.md` does what it says, against a server that checks each digest and each signature."""

from __future__ import annotations

import hashlib
import hmac
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import parse_http_list, parse_keqv_list

import pytest
from tests.guides.steps import Reader
from tests.runtime.server import Received, Server, Step, answer

PAGE = Path(__file__).parents[2] / "docs/custom-authentication.md"
ALGORITHMS = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256, None: hashlib.md5}


class Vault:
    """The API of the page."""

    def __init__(self, algorithm: str | None) -> None:
        self.algorithm = algorithm
        self.nonces: dict[str, int] = {}
        self.life = 10

    def __call__(self, request: Received) -> Step:
        is_right = self._has_digest(request) if request.method == "GET" else _has_signature(request)
        if not is_right:
            return answer(401, {"detail": "who are you?"}, self._challenge() if request.method == "GET" else {})
        if request.method == "PUT":
            return answer(204)
        return answer(200, f"the secret of {request.path.rpartition('/')[2]}")

    def _challenge(self) -> dict[str, str]:
        nonce = f"nonce-{len(self.nonces)}"
        self.nonces[nonce] = 0
        fields = {"realm": "the vault, main", "nonce": nonce, "opaque": "any", "qop": "auth"}
        text = ", ".join(f'{name}="{value}"' for name, value in fields.items())
        return {"WWW-Authenticate": f"Digest {text}{f', algorithm={self.algorithm}' if self.algorithm else ''}"}

    def _has_digest(self, request: Received) -> bool:
        """Check a request as RFC 7616, section 3.4 says."""
        kind, _, rest = (request.header("authorization") or "").partition(" ")
        if kind != "Digest":
            return False
        given = parse_keqv_list(parse_http_list(rest))
        nonce, count = given["nonce"], int(given["nc"], 16)
        if nonce not in self.nonces or not self.nonces[nonce] < count <= self.life:
            return False
        self.nonces[nonce] = count

        def hashed(text: str) -> str:
            return ALGORITHMS[self.algorithm](text.encode()).hexdigest()

        first = hashed(f"ann:{given['realm']}:open sesame")
        second = hashed(f"GET:{request.target}")
        wanted = hashed(f"{first}:{nonce}:{given['nc']}:{given['cnonce']}:{given['qop']}:{second}")
        return given["uri"] == request.target and given["response"] == wanted and given["opaque"] == "any"


def _has_signature(request: Received) -> bool:
    body = hashlib.sha256(request.body).hexdigest()
    text = "\n".join([request.method, request.path, request.query, request.header("x-time") or "", body])
    wanted = hmac.new(b"shared key", text.encode(), hashlib.sha256).hexdigest()
    return request.header("x-signature") == wanted


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


def test_the_page_can_be_followed(server: Server, tmp_path: Path) -> None:
    server.route = Vault("SHA-256")
    reader = Reader(tmp_path, server.origin)
    reader.follow(PAGE)
    assert reader.done == ["vault.yaml", "clientsmith generate vault.yaml -o vault", "digest.py", "signing.py"]
    sent = [(r.method, (r.header("authorization") or "").partition(" ")[0]) for r in server.received]
    assert sent == [("GET", ""), ("GET", "Digest"), ("GET", "Digest"), ("PUT", "")]
    check_renewal(reader, server)
    for algorithm in ("MD5", None):
        server.route = Vault(algorithm)
        check_renewal(reader, server)


def check_renewal(reader: Reader, server: Server) -> None:
    """A nonce that is used up is replaced, in both clients; a wrong password is an error that does not hold it."""
    server.route.life = 2  # type: ignore[union-attr]
    code = """
import asyncio, vault
from digest import Digest
client = vault.Vault(digest=Digest("ann", "open sesame"))
print([client.secrets.get(str(n)) for n in range(5)])
async def main():
    async with vault.AsyncVault(digest=Digest("ann", "open sesame")) as client:
        print(await client.secrets.get("a"))
        print(repr(client))
asyncio.run(main())
try:
    client.with_options(digest=Digest("ann", "wrong")).secrets.get("x")
except vault.AuthenticationError as error:
    print(error, "wrong" in repr(error.request))
"""
    printed = reader.run(sys.executable, "-c", code).splitlines()
    assert printed[0] == str([f"the secret of {n}" for n in range(5)])
    assert printed[1:3] == ["the secret of a", f"AsyncVault(base_url='{server.origin}/', digest='***')"]
    assert printed[3] == "401 Unauthorized: who are you? (GET /secrets/x) False"


def test_each_scheme_has_at_most_thirty_lines() -> None:
    classes = re.findall(r"^class .*?(?=^```)", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(classes) == 2
    for text in classes:
        assert len([line for line in text.splitlines() if line.strip()]) <= 30
