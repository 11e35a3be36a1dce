"""Every string of a document is hostile: whatever it holds stays in string literals, comments and plain Markdown."""

from __future__ import annotations

import ast
import compileall
import json
import os
import re
import subprocess
import sys
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from clientsmith.data import text
from clientsmith.data.issues import Rejected
from clientsmith.pipeline import settings_of
from clientsmith.stages.design import design
from clientsmith.stages.link import link
from clientsmith.stages.load import load
from clientsmith.stages.lower import lower
from clientsmith.stages.resolve import resolve
from clientsmith.targets.python.plan import plan
from clientsmith.targets.python.render import render
from clientsmith.targets.reference import package_pages, render_site

HOSTILE = (
    "'''\nimport os\nos.system('boom')\n'''",
    '"""\nimport os\nos.system("boom")\n"""',
    '\\"""\nimport os\n',
    '"); __import__("os").system("boom"); ("',
    "'); __import__('os').system('boom'); ('",
    "__import__('os').system('boom')",
    "{{ boom() }}{% for a in b %}{#",
    "${boom} %s {0} f'{boom()}'",
    "# boom\nboom()",
    "ends with a backslash \\",
    'ends with a quote "',
    "\\N{BULLET} \\x41 \\u0041 \\",
    "\u202eboom\u202c \u2066boom\u2069 \ufeff \u200b",
    "null \x00 bell \x07 escape \x1b[31m delete \x7f",
    "lines \r \x0b \x0c \x1c \x85 \u2028 \u2029 boom()",
    "</script><script>boom()</script><!-- --> <img src=x onerror=boom()>",
    "```\nboom()\n```\n~~~\n# boom",
    "[boom](javascript:boom()) ![boom](http://boom.example/x.png) <http://boom.example> http://boom.example",
    "`` ` ``` | boom | \\| boom\n| --- | --- |\n1. boom\n- boom\n    boom",
    "] = None; boom() #",
    "type: ignore # noqa # pragma: boom",
    "\N{PILE OF POO} é e\u0301 ﬁ ª",
    "class\nCloudflare:\n    def __init__(self): boom()",
    "# boom\n\n<script>boom()</script>\n\nboom\n====\n\n## Install\n\n[a][b] [c] [d](JavaScript:boom())\n\n"
    "[b]: javascript:boom()\n[c]: //boom.example 'boom'\n\n<!-- boom\n\n> # boom\n> - ```\n> boom\n\n"
    "| a | b |\n| - | - |\n| <img src=x onerror=boom()> | `|` |\n\n![x](https://boom.example/x.png)\n"
    "<a href='x'>boom</a> <javascript:boom()> [e](data:text/html,boom) <mailto:boom@boom.example>\n"
    "&lt;script&gt;boom()&lt;/script&gt; &amp;lt;b&amp;gt;\n\n~~~\n```\n<!--",
)
BENIGN = "text"
DOCUMENTS = int(os.environ.get("FUZZ", "20"))
"""Random documents: `make fuzz` takes more."""
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Categories of characters that steer a terminal or deceive a reader."""


def document(prose: str, word: str = "text") -> dict[str, Any]:
    """Make a document with one text in each place that names nothing in Python."""
    schema = {
        "type": "object",
        "title": prose,
        "description": prose,
        "required": ["a"],
        "properties": {
            "a": {"type": "string", "description": prose, "default": prose, "examples": [prose], "title": prose},
            "b": {"type": "string", "enum": [prose, "other " + prose], "description": prose},
            "c": {"const": prose, "description": prose},
            "d": {"type": "string", "pattern": "a", "format": prose, "example": prose, "deprecated": True},
            "e": {"type": "object", "properties": {"f": {"type": "string", "description": prose}}, "title": prose},
            "g": {"type": "array", "items": {"type": "string", "enum": [prose]}, "description": prose},
            "h": {"type": "object", "default": {prose: prose}, "example": {prose: [prose]}, "description": prose},
            "i": {"type": ["string", "null"], "default": prose, "externalDocs": {"url": "/x", "description": prose}},
        },
    }
    parameters = [
        {"name": "q", "in": "query", "description": prose, "schema": {"type": "string", "default": prose}},
        {"name": "r", "in": "query", "description": prose, "schema": {"type": "string", "enum": [prose]}},
        {"name": "s", "in": "query", "description": prose, "example": prose, "schema": {"type": "string"}},
        {"name": "id", "in": "path", "required": True, "description": prose, "schema": {"type": "string"}},
        {"name": "X-A", "in": "header", "description": prose, "schema": {"type": "string", "default": prose}},
    ]
    body = {"content": {"application/json": {"schema": schema, "example": {"a": prose}}}, "description": prose}
    answer = {"description": prose, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/It"}}}}
    operation = {
        "operationId": "getIt",
        "tags": ["things"],
        "x-clientsmith-resource": "things",  # the path has the text, too, and must name nothing here
        "x-clientsmith-method": "get_it",
        "summary": prose,
        "description": prose,
        "externalDocs": {"url": prose, "description": prose},
        "parameters": parameters,
        "requestBody": body,
        "responses": {"200": answer, "404": answer},
    }
    upload = {
        "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}},
        "encoding": {"file": {"headers": {prose: {"schema": {}}}}},
    }
    put = {
        "operationId": "putIt",
        "tags": ["things"],
        "parameters": [{**parameters[3], "examples": {"one": {"value": prose}}}],
        "requestBody": {"content": {"multipart/form-data": upload}, "description": prose},
        "responses": {"204": answer},
    }
    variables = {"v": {"default": "v1", "enum": [prose, "v1"], "description": prose}}
    schemes = {
        "token": {"type": "http", "scheme": "bearer", "bearerFormat": prose, "description": prose},
        "key": {"type": "apiKey", "in": "query", "name": prose or "key", "description": prose},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": prose,
            "version": prose,
            "summary": prose,
            "description": prose,
            "termsOfService": "https://example.com",
            "contact": {"name": prose},
            "license": {"name": prose},
        },
        "servers": [{"url": "https://example.com/{v}", "description": prose, "variables": variables}],
        "externalDocs": {"url": prose, "description": prose},
        "security": [{"token": []}, {"key": []}],
        "tags": [{"name": "things", "description": prose, "externalDocs": {"url": prose, "description": prose}}],
        "paths": {
            "/things/{id}/" + path_text(word): {"post": operation, "description": prose, "summary": prose},
            "/things/{id}": {"put": put},
        },
        "components": {"schemas": {"It": schema}, "securitySchemes": schemes},
    }


def path_text(word: str) -> str:
    """Braces, question marks and the like mean something in a path."""
    return "".join(character for character in word if character not in "{}?#/%") or "text"


def rendered(specification: Mapping[str, Any]) -> Mapping[str, str]:
    """Generate the package of a document without validating it: what validation would refuse must be harmless too.

    Raises `Rejected`.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder, "spec.json")
        path.write_text(json.dumps(specification), "utf-8")
        found = settings_of(path, Path(folder, "package"))
        surface = design(lower(resolve(link(load(path).value)).value).value, found.value).value
        site = {f"site/{path}": text for path, text in render_site(surface).items()}
        return {**render(plan(surface)), **package_pages(surface, with_pages=True), **site}


@cache
def with_prose(prose: str) -> Mapping[str, str]:
    return rendered(document(prose, prose))


@cache
def with_name(word: str) -> Mapping[str, str] | None:
    """Give the package, or None where the document is refused."""
    try:
        return rendered(named(word))
    except Rejected as rejected:
        assert_reported(rejected)
        return None


def assert_reported(rejected: Rejected) -> None:
    assert rejected.issues


def modules(files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((path, text) for path, text in files.items() if path.endswith(".py") and not path.startswith("_core/"))


class Blanked(ast.NodeTransformer):
    """Takes the text out of strings, so that only the shape of the code is left."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant("") if isinstance(node.value, str) else node


def shapes(files: Mapping[str, str]) -> dict[str, str]:
    return {path: ast.dump(Blanked().visit(ast.parse(text))) for path, text in modules(files)}


def assert_harmless(files: Mapping[str, str]) -> None:
    """The code has the shape it has with any other text, comments hold nothing, Markdown is plain text."""
    assert shapes(files) == shapes(with_prose(BENIGN))
    for path, code in modules(files):
        assert {unicodedata.category(character) for character in code if character != "\n"} & HIDDEN == set(), path
    assert_plain_markdown(files["README.md"])
    assert_plain_markdown(files["api.md"])


def assert_plain_markdown(text: str) -> None:
    """No HTML or image, and links only to the list of methods, to pages of the reference, and out of them."""
    for block in MarkdownIt("commonmark").enable("table").parse(text):
        assert block.type != "html_block" or block.content == "<!-- Generated by clientsmith. Do not edit. -->\n"
        for token in block.children or ():
            assert token.type not in {"html_inline", "image"}, token
            if token.type == "link_open":
                assert LINK.fullmatch(str(token.attrs["href"])), token


LINK = re.compile(r"api\.md|reference/[\w.-]+\.md(#[\w.%-]*)?|(https?://|mailto:)\S+", re.IGNORECASE)


@pytest.mark.parametrize("prose", HOSTILE)
def test_text_changes_no_section_and_no_example_of_the_readme(prose: str) -> None:
    """Fences, lists and tables of a description end where it ends, and its headings are below those of the README."""
    assert outline(with_prose(prose)["README.md"]) == outline(with_prose(BENIGN)["README.md"])


def outline(readme: str) -> list[str]:
    """Give the headings of the README's own levels but its title, and its blocks of code in a language."""
    blocks = MarkdownIt("commonmark").parse(readme)
    headings = [inline.content for block, inline in pairwise(blocks) if block.tag == "h2" and block.nesting == 1]
    return [*headings, *(block.content for block in blocks if block.type == "fence" and block.info)]


@pytest.mark.parametrize("prose", HOSTILE)
def test_text_changes_no_code(prose: str) -> None:
    assert_harmless(with_prose(prose))


TEXTS = st.lists(
    st.one_of(
        st.sampled_from(HOSTILE),
        st.sampled_from(['"', "'", '"""', "\\", "\n", " ", "{{", "}}", "{%", "#", "`", "<", "|", "\t", "\r"]),
        st.text(st.characters(exclude_categories=("Cs",)), max_size=5),
    ),
    min_size=1,
    max_size=6,
).map("".join)


@given(prose=TEXTS)
@settings(max_examples=DOCUMENTS)
def test_any_text_changes_no_code(prose: str) -> None:
    """A title that says the same as the name of its field is left out: these have a word more than any name."""
    assert_harmless(rendered(document(f"{prose} words.")))


@given(prose=TEXTS)
@settings(max_examples=300)
def test_any_text_is_a_docstring_and_a_literal(prose: str) -> None:
    """The encoders alone, which is quicker."""
    assert ast.literal_eval(text.literal(prose)) == prose
    for indent in (0, 8):
        written = ast.literal_eval(text.docstring([prose, prose], indent))
        assert letters(written) == letters(text.printable(prose) * 2)
    assert "\n" not in text.comment(prose)


@given(words=st.lists(st.integers(1, 100).map("x".__mul__), min_size=1), width=st.integers(40, 88))
def test_prose_is_wrapped_as_textwrap_does(words: list[str], width: int) -> None:
    prose = " ".join(words)
    assert text.wrapped(prose, width).split("\n") == textwrap.wrap(prose, width, break_long_words=False)


BLANKS = ("", " ", "\u200b", "\ufeff\u2060", "\xa0", "\u3000", "\x00", "\n", "\u202e", "\ud800")


@pytest.mark.parametrize("blank", BLANKS)
def test_code_spans_of_nothing_visible_are_spans(blank: str) -> None:
    """An empty span is two backticks, which pair with later ones and let what is between them be HTML."""
    line = f"{text.markdown_code(blank)} <b>x</b> {text.markdown_code('<i>')}"
    (inline,) = [block for block in MarkdownIt("commonmark").parse(line) if block.type == "inline"]
    assert [token.type for token in inline.children or ()].count("code_inline") == 2
    assert inline.children is not None
    assert inline.children[-1].content == "<i>"


def letters(value: str) -> str:
    return "".join(value.split())


@pytest.mark.parametrize("prose", HOSTILE)
def test_wire_text_arrives_unchanged(prose: str) -> None:
    """What is sent and received is what the document says, to the last character."""
    constants = {
        node.value
        for _, code in modules(with_prose(prose))
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Constant)
    }
    assert {prose, f"other {prose}"} <= constants


# --- names -----------------------------------------------------------------------------------------------------------


def named(word: str) -> dict[str, Any]:
    """Make a document with one text in each place that something in Python is named after."""
    schema = {
        "type": "object",
        "title": word,
        "properties": {word: {"type": "object", "properties": {word: {"type": "string"}, "a": {"type": "string"}}}},
    }
    component = f"#/components/schemas/{word.replace('~', '~0').replace('/', '~1').replace('%', '%25')}"
    variants = {
        "oneOf": [{"$ref": component}, {"$ref": "#/components/schemas/Other"}],
        "discriminator": {"propertyName": word, "mapping": {word: component, "other": "#/components/schemas/Other"}},
    }
    tagged = {"type": "object", "required": [word], "properties": {word: {"type": "string"}, "a": schema}}
    content = {"application/json": {"schema": schema}}
    parameters = [
        {"name": word, "in": "query", "schema": {"type": "string"}},
        {"name": word, "in": "header", "schema": {"type": "string"}},
        {"name": word, "in": "cookie", "schema": {"type": "array", "items": schema}},
    ]
    operation = {
        "operationId": word,
        "tags": [word],
        "parameters": parameters,
        "requestBody": {"content": content},
        "responses": {"200": {"description": "x", "content": {"application/json": {"schema": variants}}}},
    }
    server = {"url": "https://{region}.example.com", "variables": {"region": {"default": word, "enum": [word]}}}
    schemes = {
        word: {"type": "apiKey", "in": "header", "name": word},
        "basic": {"type": "http", "scheme": "basic"},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": word, "version": "1"},
        "servers": [server],
        "tags": [{"name": word}],
        "security": [{word: []}, {"basic": []}],
        "paths": {
            "/things": {"post": {**operation, "x-clientsmith-resource": word, "x-clientsmith-method": word}},
            f"/{path_text(word)}": {"post": operation},
            f"/things/{path_text(word)}": {"post": operation},
        },
        "components": {"schemas": {word: tagged, "Other": tagged}, "securitySchemes": schemes},
    }


ALLOWED_CALLS = {
    "APIKey", "Bearer", "ClientConfig", "Credential", "Discriminator", "JSON", "JSONBody", "JSONContent",
    "ContentStyle", "Operation", "Style", "WireName", "TypedDict", "field", "lazy_exports",
    "raw", "async_raw", "streaming", "async_streaming", "super", "__init__", "_copy", "request",
}  # fmt: skip


@pytest.mark.parametrize("word", HOSTILE)
def test_names_call_and_import_nothing(word: str) -> None:
    files = with_name(word)
    if files is not None:
        for path, code in modules(files):
            assert re.fullmatch(r"\w+(/\w+)*\.py", path)
            check_names(path, ast.parse(code))
        assert_plain_markdown(files["api.md"])
        assert_plain_markdown(files["README.md"])


@pytest.mark.parametrize("prose", HOSTILE)
def test_a_server_without_a_host_is_shown_and_no_more(prose: str) -> None:
    """Its URL is text, and in an example of the README."""
    relative = {"servers": [{"url": f"/{prose}"}]}
    files = rendered({**document(BENIGN), **relative})
    assert shapes(files) == shapes(rendered({**document(BENIGN), "servers": [{"url": "/v1"}]}))
    assert_plain_markdown(files["README.md"])
    for block in re.findall(r"^```python\n(.*?)^```$", files["README.md"], re.MULTILINE | re.DOTALL):
        calls = {ast.unparse(node.func) for node in ast.walk(ast.parse(block)) if isinstance(node, ast.Call)}
        assert not any("boom" in call or "system" in call for call in calls)


def check_names(path: str, tree: ast.Module) -> None:
    """Only classes and the runtime are called; imports are relative or from the standard library's typing modules."""
    own = {node.name for node in ast.walk(tree) if isinstance(node, (ast.ClassDef, ast.FunctionDef))}
    aliases = {
        alias.asname: alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
            called = aliases.get(called) or called
            assert called in ALLOWED_CALLS or called in own | imported, f"{path}:{node.lineno}: {called}"
        elif isinstance(node, ast.ImportFrom):
            plain = {"__future__", "builtins", "collections.abc", "datetime", "functools", "typing"}
            assert node.level or node.module in plain, f"{path}:{node.lineno}"
        else:
            assert not isinstance(node, (ast.Import, ast.Global, ast.Delete, ast.Raise, ast.Await, ast.With)) or (
                isinstance(node, ast.Await) and ast.unparse(node.value.func) == "self._client.request"  # type: ignore[attr-defined]
            ), path


# --- import ----------------------------------------------------------------------------------------------------------

IMPORT_ALL = """
import sys
import importlib, pkgutil
watched = ("os.system", "subprocess.Popen", "os.exec", "os.posix_spawn", "socket.connect", "os.remove", "os.mkdir")

def watch(event, arguments):
    if event in watched or event == "open" and set(str(arguments[1])) & set("wax+"):
        raise SystemExit(f"{event} {arguments}")

import typing
sys.dont_write_bytecode = True
sys.addaudithook(watch)
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    for found in pkgutil.walk_packages(package.__path__, f"{name}."):
        module = importlib.import_module(found.name)
        for public in getattr(module, "__all__", ()):
            value = getattr(module, public)
            if isinstance(value, type) and ".types." in found.name:
                typing.get_type_hints(value)
"""


KNOWN_WORDS = """
class None import match async self cls omit types Model Optional List Literal str type id list dict datetime timeout
extra_headers extra_body body path query content_type field dataclass to_dict from_dict is_set unknown_fields __init__
__slots__ __class__ __dict__ __fields__ __annotations__ mro _client with_raw_response request copy with_options close
base_url api_key Package AsyncPackage PackageError APIError Omit resources README _core __init__.py con TYPE_CHECKING
annotations cached_property Operation JSON property super raw streaming stream paginate version __version__ error
"""
ODD_WORDS = (
    "",
    " ",
    "-",
    "_",
    "__",
    "1",
    "1a",
    "2FA",
    "a-b",
    "a.b",
    "A",
    "ÄÖ",
    "\u65e5\u672c",
    "\ufb01",
    "\xaa",
    "\xb2",
    "9" * 5000,
)
AWKWARD = (*ODD_WORDS, *KNOWN_WORDS.split())


@pytest.mark.parametrize("word", AWKWARD)
def test_awkward_names_are_names(word: str) -> None:
    files = with_name(word)
    assert files is not None
    for path, code in modules(files):
        check_names(path, ast.parse(code))


def test_packages_import_without_effect(tmp_path: Path) -> None:
    words = (*HOSTILE, *AWKWARD)
    made = [with_prose(prose) for prose in HOSTILE[:5]] + [files for word in words if (files := with_name(word))]
    assert len(made) >= len(words)
    for number, files in enumerate(made):
        write(tmp_path / f"package_{number}", files)
    compileall.compile_dir(tmp_path / "_core", quiet=1)
    command = [sys.executable, "-W", "error", "-c", IMPORT_ALL, *(f"package_{n}" for n in range(len(made)))]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write a package, its runtime as a link to one: it is the same for all."""
    runtime = folder.parent / "_core"
    for path, content in files.items():
        target = folder.parent / path if path.startswith("_core/") else folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            target.write_text(content, "utf-8")
    (folder / "_core").symlink_to(runtime, target_is_directory=True)


@pytest.mark.parametrize("place", ["title", "enum", "property"])
def test_a_lone_surrogate_is_no_traceback(place: str) -> None:
    """JSON can spell what UTF-8 cannot hold."""
    specification = document("text")
    schema = specification["components"]["schemas"]["It"]
    if place == "title":
        schema["description"] = "\ud800"
    elif place == "enum":
        schema["properties"]["b"]["enum"] = ["\ud800"]
    else:
        schema["properties"]["\ud800"] = {"type": "string"}
    try:
        files = rendered(specification)
    except Rejected as rejected:
        assert_reported(rejected)
    else:
        for content in files.values():
            content.encode("utf-8")
