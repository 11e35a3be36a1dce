"""Templates decide nothing: this is held on their syntax trees, as is that only typed text is printed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.exceptions import UndefinedError
from markupsafe import Markup

import clientsmith
from clientsmith.data import text
from clientsmith.targets import discipline
from clientsmith.targets.templates import make_environment, templates_folder

TEMPLATES = templates_folder()
PATHS = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file())
SOURCE = Path(clientsmith.__file__).parent
ENVIRONMENT = make_environment(TEMPLATES)

TYPED_TEXT = {
    "Markup", "Identifier", "ModulePath", "Code", "Docstring", "Comment", "Markdown",
    "Html", "Attribute", "Url", "Script",
}  # fmt: skip


def offences(source: str, environment: Environment = ENVIRONMENT) -> list[discipline.Offence]:
    return discipline.offences(environment.parse(source))


def test_there_are_templates() -> None:
    assert {"__init__.py.jinja", "README.md.jinja", "resources/resource.py.jinja"} <= set(PATHS)


@pytest.mark.parametrize("path", PATHS)
def test_a_template_prints_and_decides_nothing(path: str) -> None:
    assert offences((TEMPLATES / path).read_text("utf-8")) == []


GOOD = (
    "{{ a }} {{ a.b.c }}",
    "{% for a in b.c %}{{ a.d }}{% if not loop.last %}, {% endif %}{% endfor %}",
    "{% if a.flag %}x{% elif not b %}y{% else %}z{% endif %}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(b.c) | indent(4) }}",
    "{% import 'macros.jinja' as macros %}{{ macros.fields(a) }}",
    "{{ a.names | join(', ') }}",
)
BAD = (
    "{% if a == 'b' %}{% endif %}",
    "{% if a and b %}{% endif %}",
    "{% if a is defined %}{% endif %}",
    "{% if a in b %}{% endif %}",
    "{% if a | length %}{% endif %}",
    "{% if loop.index %}{% endif %}",
    "{% if a.b() %}{% endif %}",
    "{% set a = 1 %}",
    "{% set a %}x{% endset %}",
    "{{ a + 1 }}",
    "{{ -a }}",
    "{{ a ~ 'b' }}",
    "{{ 'text' }}",
    "{{ 'a%s' % b }}",
    "{{ 1 }}",
    "{{ a if b else c }}",
    "{{ a.upper() }}",
    "{{ a() }}",
    "{{ range(3) }}",
    "{{ a['b'] }}",
    "{{ a[0] }}",
    "{{ a | upper }}",
    "{{ a | safe }}",
    "{{ a | replace('b', 'c') }}",
    "{{ a | join(b) }}",
    "{{ loop.index }}",
    "{% for a in b | sort %}{% endfor %}",
    "{% for a in b if a %}{% endfor %}",
    "{% for a, b in c.items() %}{% endfor %}",
    "{% for a in b %}{% else %}x{% endfor %}",
    "{% for a in [1, 2] %}{% endfor %}",
    "{% macro m(a=1) %}{% endmacro %}",
    "{% macro m(a) %}{% endmacro %}{{ m('text') }}",
    "{% macro m(a) %}{% endmacro %}{{ m(*a) }}",
    "{% macro m() %}{% endmacro %}{% call m() %}{% endcall %}",
    "{% filter upper %}{% endfilter %}",
    "{% autoescape false %}{{ a }}{% endautoescape %}",
    "{% import a as b %}",
    "{% include 'x' %}",
    "{% extends 'x' %}",
    "{% block a %}{% endblock %}",
    "{% with a = b %}{% endwith %}",
    "{{ a.__class__ }}",
    "{% for a in b._c %}{% endfor %}",
)


@pytest.mark.parametrize("source", GOOD)
def test_what_templates_may_do(source: str) -> None:
    assert offences(source) == []


@pytest.mark.parametrize("source", BAD)
def test_what_templates_may_not_do(source: str) -> None:
    assert offences(source) != []


# --- typed text ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["text", 1, None, True, ["text"], Path("x")], ids=repr)
def test_printing_what_no_encoder_made_is_an_error(value: object) -> None:
    with pytest.raises(TypeError, match="no encoder made"):
        ENVIRONMENT.from_string("{{ value }}").render(value=value)


def test_joining_plain_text_is_harmless() -> None:
    """Plain text between typed text is escaped, never printed as it is."""
    joined = ENVIRONMENT.from_string("{{ values | join(', ') }}").render(values=[text.literal("a"), "<b>"])
    assert joined == '"a", &lt;b&gt;'


def test_printing_typed_text() -> None:
    assert ENVIRONMENT.from_string("{{ value }}").render(value=text.literal('a"b')) == "'a\"b'"


@pytest.mark.parametrize("source", ["{{ nothing }}", "{{ value.nothing }}", "{% if nothing %}{% endif %}"])
def test_names_that_do_not_exist_are_errors(source: str) -> None:
    with pytest.raises(UndefinedError):
        ENVIRONMENT.from_string(source).render(value=Markup("x"))


def makers(path: Path) -> Iterator[str]:
    """List the calls of a module that make typed text by its class."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in TYPED_TEXT:
                yield f"{path.name}:{node.lineno}: {name}(...)"


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_only_encoders_make_typed_text(path: Path) -> None:
    made = list(makers(path))
    if path == SOURCE / "data" / "text.py":
        assert made
    else:
        assert made == []
    if path.parts[-2:] not in {("data", "text.py"), ("targets", "templates.py")}:
        assert "markupsafe" not in path.read_text("utf-8")
