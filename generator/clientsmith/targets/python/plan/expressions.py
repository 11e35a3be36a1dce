"""Python expressions as values: they are compared and put in order before any module chooses local names for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from ....data.text import Code, code, identifier, literal


class Symbol(NamedTuple):
    """Something that can be imported.

    `module` is a module of the standard library, or the dotted path of one of the package's own modules after a dot:
    `.types.pet`; the package itself is a lone dot.
    """

    module: str
    name: str


def builtin(name: str) -> Symbol:
    """Name a built-in; it is imported only where a field or method of that name hides it."""
    return Symbol("builtins", name)


def typing(name: str) -> Symbol:
    """Name something of `typing`."""
    return Symbol("typing", name)


def core(module: str, name: str) -> Symbol:
    """Name something of the runtime."""
    return Symbol(f"._core.{module}", name)


@dataclass(frozen=True, slots=True)
class Name:
    """A symbol, or something inside it: `datetime`, `meeting_create_response.Data`."""

    symbol: Symbol
    below: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The name of a type of the same module that does not exist yet where the expression is evaluated."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    """Text that is complete: a literal, `None`."""

    text: Code


@dataclass(frozen=True, slots=True)
class Subscript:
    """`List[str]`."""

    head: Name
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """`int | str`."""

    members: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A call with positional arguments, then named ones."""

    function: Name
    arguments: tuple[Expression, ...] = ()
    keywords: tuple[tuple[str, Expression], ...] = ()


@dataclass(frozen=True, slots=True)
class Lambda:
    """An expression that is evaluated when it is needed."""

    body: Expression


@dataclass(frozen=True, slots=True)
class Items:
    """A tuple."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """A dict with literal keys."""

    entries: tuple[tuple[object, Expression], ...]


Expression = Name | Quoted | Literal | Subscript | Either | Call | Lambda | Items | Entries

NONE = Literal(literal(None))
OMIT = Name(core("omit", "omit"))

_FORMS = {typing(name) for name in ("Annotated", "Optional", "Required", "Union")}


def value(python: object) -> Literal:
    """Write a value."""
    return Literal(literal(python))


def symbols(expression: Expression) -> Iterator[Symbol]:
    """Give the symbols of an expression. Those that come first keep their names where two have the same one.

    The arguments of `Optional` and the like come before it, so that types of the package keep theirs.
    """
    match expression:
        case Name(symbol):
            yield symbol
        case Subscript(head, arguments) if head.symbol in _FORMS:
            yield from _all_symbols(arguments)
            yield head.symbol
        case Subscript(head, arguments):
            yield head.symbol
            yield from _all_symbols(arguments)
        case Call(function, arguments, keywords):
            yield function.symbol
            yield from _all_symbols((*arguments, *(argument for _, argument in keywords)))
        case Either(members) | Items(members):
            yield from _all_symbols(members)
        case Entries(entries):
            yield from _all_symbols(entry for _, entry in entries)
        case Lambda(body):
            yield from symbols(body)


def _all_symbols(expressions: Iterable[Expression]) -> Iterator[Symbol]:
    for expression in expressions:
        yield from symbols(expression)


Local = Callable[[Symbol], str]
"""What a module, or a page, calls a symbol."""


def written(expression: Expression, local: Local) -> Code:
    """Write an expression with the names that a module, or a page, has for symbols."""
    return code(_WRITERS[type(expression)](expression, local))


def _name(name: Name, local: Local) -> str:
    return f"{local(name.symbol)}.{name.below}" if name.below else local(name.symbol)


def _quoted(quoted: Quoted, local: Local) -> str:
    return f'"{identifier(quoted.name)}"'


def _subscript(subscript: Subscript, local: Local) -> str:
    return f"{_name(subscript.head, local)}[{_joined(subscript.arguments, local)}]"


def _call(call: Call, local: Local) -> str:
    named = (f"{identifier(name)}={_text(argument, local)}" for name, argument in call.keywords)
    passed = (_text(argument, local) for argument in call.arguments)
    return f"{_name(call.function, local)}({', '.join((*passed, *named))})"


def _items(items: Items, local: Local) -> str:
    return f"({_joined(items.items, local)}{',' if len(items.items) == 1 else ''})"


def _entries(entries: Entries, local: Local) -> str:
    return f"{{{', '.join(f'{literal(key)}: {_text(entry, local)}' for key, entry in entries.entries)}}}"


_WRITERS: dict[type[Expression], Callable[[Any, Local], str]] = {
    Name: _name,
    Quoted: _quoted,
    Literal: lambda complete, local: str(complete.text),
    Subscript: _subscript,
    Either: lambda either, local: _joined(either.members, local, " | "),
    Call: _call,
    Lambda: lambda made, local: f"lambda: {_text(made.body, local)}",
    Items: _items,
    Entries: _entries,
}


def _text(expression: Expression, local: Local) -> str:
    return _WRITERS[type(expression)](expression, local)


def _joined(expressions: Iterable[Expression], local: Local, separator: str = ", ") -> str:
    return separator.join([_text(expression, local) for expression in expressions])
