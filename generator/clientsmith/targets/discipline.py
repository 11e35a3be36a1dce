"""A template goes in; whatever it does beside printing comes out.

Templates decide nothing: they print values of the plan, repeat and leave out. So what they print has come through the
encoder of its place, whoever wrote the template.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jinja2 import nodes

FILTERS = frozenset({"indent", "join"})


@dataclass(frozen=True, slots=True)
class Offence:
    """Something that no template may do, and its line."""

    line: int
    what: str
    """The name of the construct, as Jinja calls it."""


def offences(template: nodes.Template) -> list[Offence]:
    """List what a template does beside printing."""
    return _Discipline(template).offences


class _Discipline:
    """Walks one template and notes whatever is more than printing."""

    def __init__(self, template: nodes.Template) -> None:
        self._macros = {macro.name for macro in template.find_all(nodes.Macro)}
        self._imported = {node.target for node in template.find_all(nodes.Import)}
        self.offences: list[Offence] = []
        self._statements(template.body)

    def _offend(self, node: nodes.Node) -> None:
        self.offences.append(Offence(node.lineno, type(node).__name__))

    def _statements(self, body: Iterable[nodes.Node]) -> None:
        for node in body:
            self._statement(node)

    def _statement(self, node: nodes.Node) -> None:
        match node:
            case nodes.Output():
                for printed in node.nodes:
                    if not isinstance(printed, nodes.TemplateData):
                        self._printed(printed)
            case nodes.For(target=nodes.Name(), test=None, recursive=False, else_=[]):
                self._value(node.iter)
                self._statements(node.body)
            case nodes.If():
                self._flag(node.test)
                self._statements([*node.body, *node.elif_, *node.else_])
            case nodes.Macro(defaults=[]):
                self._statements(node.body)
            case nodes.Import(template=nodes.Const(), with_context=False):
                pass
            case _:
                self._offend(node)

    def _printed(self, node: nodes.Node) -> None:
        """Check a value, the output of a macro, or one of them through filters."""
        match node:
            case nodes.Filter(dyn_args=None, dyn_kwargs=None, kwargs=[]) if node.name in FILTERS:
                for argument in node.args:
                    if not isinstance(argument, nodes.Const):
                        self._offend(argument)
                if node.node is not None:
                    self._printed(node.node)
            case nodes.Call(dyn_args=None, dyn_kwargs=None, kwargs=[]) if self._calls_a_macro(node.node):
                for argument in node.args:
                    self._value(argument)
            case _:
                self._value(node)

    def _calls_a_macro(self, node: nodes.Node) -> bool:
        match node:
            case nodes.Name(name=name):
                return name in self._macros
            case nodes.Getattr(node=nodes.Name(name=name)):
                return name in self._imported
            case _:
                return False

    def _flag(self, node: nodes.Node) -> None:
        match node:
            case nodes.Not(node=nodes.Node() as inner):
                self._flag(inner)
            case nodes.Getattr(node=nodes.Name(name="loop"), attr="first" | "last"):
                pass
            case _:
                self._value(node)

    def _value(self, node: nodes.Node) -> None:
        match node:
            case nodes.Name(name=name) if name != "loop":
                pass
            case nodes.Getattr(node=nodes.Node() as inner, attr=attr) if not attr.startswith("_"):
                self._value(inner)
            case _:
                self._offend(node)
