"""Python expressions as values: they are compared and put in order before any module chooses local names for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

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


def written(expression: Expression, local: Callable[[Symbol], str]) -> Code:
    """Write an expression with the names that a module, or a page, has for symbols."""
    match expression:
        case Name(symbol, below):
            return code(local(symbol), ".", below) if below else code(local(symbol))
        case Quoted(name):
            return code('"', identifier(name), '"')
        case Literal(text):
            return text
        case Subscript(head, arguments):
            return code(written(head, local), "[", _joined(arguments, local), "]")
        case Either(members):
            return code(_joined(members, local, " | "))
        case Call(function, arguments, keywords):
            named = (f"{identifier(name)}={written(argument, local)}" for name, argument in keywords)
            passed = (str(written(argument, local)) for argument in arguments)
            return code(written(function, local), "(", ", ".join((*passed, *named)), ")")
        case Lambda(body):
            return code("lambda: ", written(body, local))
        case Items(items):
            return code("(", _joined(items, local), ",)" if len(items) == 1 else ")")
        case Entries(entries):
            inner = (f"{literal(key)}: {written(entry, local)}" for key, entry in entries)
            return code("{", ", ".join(inner), "}")


def _joined(expressions: Iterable[Expression], local: Callable[[Symbol], str], separator: str = ", ") -> str:
    return separator.join(str(written(expression, local)) for expression in expressions)
