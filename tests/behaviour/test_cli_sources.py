"""What a command reads: several sources, the clients of `pyproject.toml`, URLs, standard input."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.command import run

from clientsmith.data.issues import Rejected
from clientsmith.stages.load.fetch import displayed, fetch, file_name

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.example"}]
paths:
  /pets:
    get:
      operationId: listPets
      responses: {"204": {description: Nothing.}}
"""
SETTINGS = 'spec = "pets.yaml"\nformatter = "none"\noutput = "{}"\n'
TWO_CLIENTS = """\
[project]
name = "mine"

[[tool.clientsmith]]
spec = "pets.yaml"
formatter = "none"
output = "out/cats"

[[tool.clientsmith]]
spec = "pets.yaml"
formatter = "none"
output = "out/dogs"
[tool.clientsmith.client]
name = "Kennel"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pets.yaml").write_text(SPEC)
    return tmp_path


# --- several ---------------------------------------------------------------------------------------------------------


def write_settings(folder: Path, *names: str) -> list[str]:
    for name in names:
        (folder / f"{name}.toml").write_text(SETTINGS.format(f"out/{name}"))
    return [f"{name}.toml" for name in names]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_each_source_has_its_own_result(folder: Path, jobs: str) -> None:
    sources = write_settings(folder, "cats", "dogs")
    (folder / "dogs.toml").write_text("spec = 'gone.yaml'\noutput = 'out/dogs'\n")
    done = run("generate", *sources, "-j", jobs)
    assert done.exit_code == 1
    assert "in out/cats\ntry it in out: from cats import Cats\n" in done.stdout
    assert "gone.yaml: error: the file does not exist [unreadable-file]" in done.stderr
    assert (folder / "out/cats/_client.py").exists()
    write_settings(folder, "dogs")
    assert run("generate", *sources, "-j", jobs).exit_code == 0
    checked = run("generate", "--check", *sources, "-j", jobs)
    assert checked.stdout == "the client out/cats is up to date\nthe client out/dogs is up to date\n"


def test_the_reports_of_several_clients_are_a_list(folder: Path) -> None:
    sources = write_settings(folder, "cats", "dogs")
    for jobs in ("1", "2"):
        done = run("generate", *sources, "-j", jobs, "--report", "json")
        reports = json.loads(done.stdout)
        assert [report["operations"][0]["path"] for report in reports] == ["/pets", "/pets"]


def test_clients_do_not_share_a_folder(folder: Path) -> None:
    write_settings(folder, "cats")
    (folder / "dogs.toml").write_text(SETTINGS.format("out/../out/cats"))
    done = run("generate", "cats.toml", "dogs.toml")
    assert done.exit_code == 1
    assert done.stderr.count("is the folder of several clients [bad-output]") == 2
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.yaml", "b.yaml", "-o", "c"], "-o names the folder of one client"),
        (["-", "-"], "standard input can be read once"),
        (["a.yaml", "-j", "0"], "0 is not in the range"),
        (["a.yaml", "-j", "2", "--watch"], "leave -j out"),
        (["-", "--watch"], "--watch looks at files"),
        ([], "no [tool.clientsmith] in a pyproject.toml here"),
        (["pets.yaml", "--only", "dogs"], "no client is called 'dogs'"),
    ],
)
def test_odd_combinations_are_wrong_usage(arguments: list[str], message: str) -> None:
    done = run("generate", *arguments)
    assert done.exit_code == 2
    assert message in done.stderr


# --- pyproject.toml --------------------------------------------------------------------------------------------------


def test_pyproject_has_the_settings_of_a_client(folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[tool.clientsmith]\nspec = "pets.yaml"\noutput = "out/pets"\n')
    assert run("generate").exit_code == 0
    assert run("generate", "--check").stdout == "the client is up to date\n"
    assert run("reference", "-o", "pages").exit_code == 0
    assert (folder / "pages/index.html").exists()
    assert run("diff", "pyproject.toml", "pyproject.toml").exit_code == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_pyproject_has_several_clients(folder: Path, jobs: str) -> None:
    (folder / "pyproject.toml").write_text(TWO_CLIENTS)
    done = run("generate", "-j", jobs)
    assert [line for line in done.stdout.splitlines() if line.startswith("try")] == [
        "try it in out: from cats import Cats",
        "try it in out: from dogs import Kennel",
    ]
    assert run("generate", "--check", "--only", "dogs").stdout == "the client out/dogs is up to date\n"
    refused = run("generate", "-o", "elsewhere")
    assert "pyproject.toml:4:3: error: there are 2 clients, which cannot share the folder 'elsewhere'" in refused.stderr
    assert "[several-clients]" in run("reference", "-o", "pages").stderr


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("[tool.clientsmith]\nspec = 'pets.yaml'\nformater = 1\n", "3:1", "no setting 'tool.clientsmith.formater'"),
        ("[tool.clientsmith]\n", "1:2", "[tool.clientsmith] needs 'spec'"),
        ("[tool]\nclientsmith = 3\n", "2:1", "'tool.clientsmith' must be a table, or several"),
        ("[tool]\nclientsmith = [3]\n", "2:1", "'tool.clientsmith' must be a table, or several"),
        (TWO_CLIENTS.replace('name = "Kennel"', "nmae = 1"), "14:1", "no setting 'tool.clientsmith.1.client.nmae'"),
        ("[tool.clientsmith]\nspec = [\n", "3:1", "this is not TOML"),
    ],
)
def test_a_mistake_in_pyproject_has_its_place(folder: Path, text: str, place: str, message: str) -> None:
    (folder / "pyproject.toml").write_text(text)
    done = run("generate")
    assert done.exit_code == 1
    assert f"pyproject.toml:{place}: error: " in done.stderr
    assert message in done.stderr


def test_pyproject_without_our_table_says_so(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[project]\nname = 'mine'\n")
    assert run("generate").exit_code == 2
    named = run("generate", "pyproject.toml")
    assert named.exit_code == 1
    assert "there is no table [tool.clientsmith] [no-settings]" in named.stderr


# --- standard input and URLs -----------------------------------------------------------------------------------------


def test_standard_input_is_a_document(folder: Path) -> None:
    done = run("generate", "-", "-o", "out/pets", input=SPEC)
    assert done.exit_code == 0
    assert run("generate", "--check", "-", "-o", "out/pets", input=SPEC).stdout == "the client is up to date\n"
    wrong = run("generate", "-", "-o", "out/pets", input="openapi: 3.1.0\n\tinfo: 1\n")
    assert "standard input:2:1: error: this is not YAML" in wrong.stderr


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("pets.yaml#/paths", "'pets.yaml#/paths' is another file, and no file belongs to a document from the web"),
        ("https://pets.example/a.yaml", "'https://pets.example/a.yaml' is on the network, which is never asked"),
    ],
)
def test_nothing_that_a_given_document_refers_to_is_read(reference: str, message: str) -> None:
    text = SPEC.replace("responses: {", f"parameters: [{{$ref: '{reference}'}}]\n      responses: {{")
    done = run("generate", "-", input=text)
    assert done.exit_code == 1
    assert f"standard input:8:21: error: {message}" in done.stderr


class Site(BaseHTTPRequestHandler):
    """A host with a document, with redirects, and with what is no document."""

    def do_GET(self) -> None:
        port = self.server.server_address[1]
        path = self.path.partition("?")[0]
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        if path.startswith("/to/"):
            self.respond(302, Location=self.path.removeprefix("/to"))
        elif path == "/away":
            self.respond(302, Location=f"http://localhost:{port}/pets.yaml")
        elif path == "/file":
            self.respond(302, Location="file:///etc/passwd")
        elif path == "/loop":
            self.respond(302, Location="/loop")
        elif path == "/page":
            self.respond(200, b"<html></html>", **{"Content-Type": "text/html; charset=utf-8"})
        elif path == "/packed":
            self.respond(200, b"xx", **{"Content-Encoding": "gzip"})
        elif path == "/cut":
            self.respond(200, SPEC.encode(), **{"Content-Length": str(len(SPEC) + 1)})
            self.close_connection = True
        elif path == "/full":
            self.respond(302, Location="/pets.yaml", **{"Content-Length": str(10**12)})
            with suppress(OSError):
                while True:
                    self.wfile.write(bytes(65536))
        elif path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(200):
                if self.server.is_over.wait(0.05):  # type: ignore[attr-defined]
                    return
                self.wfile.write(b"#")
        elif path.endswith("pets.yaml"):
            self.respond(200, SPEC.encode(), **{"Content-Type": "application/yaml"})
        else:
            self.respond(404)

    def respond(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    made: Any = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    made.asked, made.is_over = [], threading.Event()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.is_over.set()
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture
def site(server: Any) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"


def test_a_url_that_is_typed_is_asked_for_its_document(site: str, server: Any) -> None:
    done = run("generate", f"{site}/v1/pets.yaml?token=secret")
    assert done.exit_code == 0
    assert done.stdout.endswith("in pets\ntry it: from pets import Pets\n")
    assert "secret" not in done.output
    assert server.asked == ["/v1/pets.yaml?token=secret"]
    assert f"in {'a' * 80}\n" in run("generate", f"{site}/{'a' * 300}pets.yaml").stdout
    again = run("generate", f"{site}/to/pets.yaml", "-o", "pets", "-j", "2")
    assert again.stdout.startswith("nothing changed in pets: ")
    assert server.asked[2:] == ["/to/pets.yaml", "/pets.yaml"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/away", "the server redirects to 'http://localhost:"),
        ("/file", "the server redirects in a circle, too often, or to what"),
        ("/loop", "the server redirects in a circle"),
        ("/page", "this is a web page, not a document"),
        ("/packed", "compressed although it was not asked to"),
        ("/gone", "the server responded with status 404"),
        ("/cut", "the connection ended 1 bytes before the end of the document"),
    ],
)
def test_what_gives_no_document_is_an_error(site: str, server: Any, path: str, message: str) -> None:
    done = run("generate", f"{site}{path}?token=secret")
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{site}{path}: error: ")
    assert message in done.stderr
    assert "[unreadable-url]" in done.stderr
    assert "secret" not in done.stderr


def test_the_body_of_a_redirect_is_not_read(site: str) -> None:
    assert fetch(f"{site}/full").content == SPEC.encode()


def test_a_document_on_the_web_has_a_limit_in_bytes_and_in_time(site: str) -> None:
    with pytest.raises(Rejected) as caught:
        fetch(f"{site}/pets.yaml", most=10)
    assert "more than 10 bytes" in caught.value.issues[0].message
    with pytest.raises(Rejected) as caught:
        fetch(f"{site}/slow", seconds=0.2)
    assert "in 0.2 seconds" in caught.value.issues[0].message


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://", "this is no URL"),
        ("https://[::1", "this is no URL"),
        ("https://pets.example:x/", "this is no URL"),
        ("https://pets.example/a b", "this is no URL"),
        ("https://pets.example/\r\nHost: other", "this is no URL"),
        ("https://me:secret@pets.example/", "a user name or a password"),
    ],
)
def test_what_is_no_url_is_not_asked(address: str, message: str) -> None:
    with pytest.raises(Rejected) as caught:
        fetch(address)
    (issue,) = caught.value.issues
    assert message in issue.message
    assert "secret" not in f"{issue}"


def test_names_of_urls_show_no_secret() -> None:
    assert displayed("https://me:secret@pets.example/a/b.yaml?key=secret#secret") == "https://pets.example/a/b.yaml"
    assert file_name("https://pets.example/a/b.yaml?key=/c") == "b.yaml"
    assert file_name("https://pets.example/a%2F..%5Cc.json") == "c.json"
    assert file_name("https://pets.example") == "openapi"


def test_only_what_the_user_typed_is_asked(folder: Path) -> None:
    (folder / "pets.toml").write_text('spec = "https://pets.example/pets.yaml"\n')
    assert "is on the network, which is never asked" in run("generate", "pets.toml").stderr
    refused = run("diff", "https://pets.example/pets.yaml", "pets.yaml")
    assert "this is on the network, which is not asked here" in refused.stderr
