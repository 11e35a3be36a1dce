"""What a module calls the names that it imports: symbols go in, local names and import lines come out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from ....data.modules import folder_of
from ....data.text import Code, Comment, code, comment, identifier, literal, module_path
from ..package import Import
from .expressions import Expression, Name, Symbol, symbols, written

Deferred = Callable[[], Code]
"""Text that can be made once the names of its module are chosen."""


def grouped_imports(package: str, names: Iterable[tuple[str, str]]) -> tuple[Import, ...]:
    """Write the imports of (module, name) pairs, as a package that exports them needs."""
    scope = ModuleScope(package, is_package=True)
    for module, name in names:
        scope.use_symbol(Symbol(module, name))
    return scope.imports()


class ModuleScope:
    """Local names of the imports of one module.

    First every expression of the module is registered, then its names are chosen, then text is made. An import whose
    name the module defines itself gets an alias. Fields and methods count as defined, because annotations in a class
    body see them.
    """

    def __init__(self, module: str, *, is_package: bool = False) -> None:
        self.module = module
        self._package = module if is_package else folder_of(module)
        self._runtime: dict[Symbol, None] = {}
        self._typing: dict[Symbol, None] = {}
        self._defined: set[str] = set()
        self._order: dict[Symbol, None] = {}
        self._aliases: dict[Symbol, str] | None = None
        self._used: dict[tuple[int, bool], tuple[Expression, Deferred]] = {}
        """By the identity of an expression, which lives as long as its entry."""

    def define(self, names: Iterable[str]) -> None:
        """Register names that the module, its classes and their members have."""
        self._defined.update(names)

    def use(self, expression: Expression, *, for_typing: bool = False) -> Deferred:
        """Register what an expression needs, for type checkers only or at run time, too; its text comes later."""
        assert self._aliases is None, "names are chosen already"
        key = (id(expression), for_typing)
        if key not in self._used:
            self._used[key] = (expression, self._register(expression, for_typing))
        return self._used[key][1]

    def _register(self, expression: Expression, for_typing: bool) -> Deferred:
        own = f".{self.module}" if self._package != self.module else None
        for symbol in symbols(expression):
            if symbol.module != own:
                (self._typing if for_typing else self._runtime)[symbol] = None
                self._order[symbol] = None
        made: list[Code] = []

        def text() -> Code:
            if not made:
                made.append(written(expression, self.local))
            return made[0]

        return text

    def use_symbol(self, symbol: Symbol, *, for_typing: bool = False) -> Deferred:
        """Register one symbol."""
        return self.use(Name(symbol), for_typing=for_typing)

    def local(self, symbol: Symbol) -> str:
        """Give what a symbol is called here."""
        return self.aliases.get(symbol, symbol.name)

    def _chosen(self) -> dict[Symbol, str]:
        """Choose an alias for each import whose name is occupied, by the module or by another import."""
        owners: dict[str, Symbol] = {}
        for symbol in self._order:
            owners.setdefault(symbol.name, symbol)
        occupied = self._defined | owners.keys()
        aliases: dict[Symbol, str] = {}
        for symbol in sorted(self._order):
            if symbol.name in self._defined or owners[symbol.name] != symbol:
                alias = f"{symbol.name}_"
                while alias in occupied:
                    alias += "_"
                occupied.add(alias)
                aliases[symbol] = alias
        return aliases

    @property
    def aliases(self) -> Mapping[Symbol, str]:
        """The symbols that have another name here. They are chosen once; nothing can be registered afterwards."""
        if self._aliases is None:
            self._aliases = self._chosen()
        return self._aliases

    def imports(self) -> tuple[Import, ...]:
        """Give the import lines that the module needs at run time."""
        return self._lines(self._runtime)

    def typing_imports(self) -> tuple[Import, ...]:
        """Give the import lines that only type checkers need."""
        return self._lines(self._typing.keys() - self._runtime.keys())

    def _lines(self, symbols: Iterable[Symbol]) -> tuple[Import, ...]:
        by_module: dict[str, list[Symbol]] = {}
        for symbol in sorted(symbols):
            if symbol.module != "builtins" or symbol in self.aliases:
                by_module.setdefault(symbol.module, []).append(symbol)
        return sorted_imports(
            Import(module=module_path(self.relative(module)), names=names)
            for module, imported in by_module.items()
            for names in self._import_names(imported)
        )

    def _import_names(self, symbols: list[Symbol]) -> Iterable[tuple[Code, ...]]:
        """Write the names of one module: those with an alias on lines of their own."""
        plain = sorted((symbol for symbol in symbols if symbol not in self.aliases), key=lambda s: _name_order(s.name))
        lines = [*([plain] if plain else []), *([symbol] for symbol in symbols if symbol in self.aliases)]
        for line in lines:
            yield tuple(self.import_name(symbol) for symbol in line)

    def import_name(self, symbol: Symbol) -> Code:
        """Write a symbol as an import line names it."""
        alias = self.aliases.get(symbol)
        name = identifier(symbol.name)
        return code(name, " as ", identifier(alias)) if alias else code(name)

    def relative(self, module: str) -> str:
        """Give the path by which this module imports another one."""
        return relative_module(self._package, module)


def sorted_imports(lines: Iterable[Import]) -> tuple[Import, ...]:
    """Sort the import lines of a module as isort does, and mark the first of the package's own behind others."""
    found = sorted(lines, key=lambda line: (_import_order(line.module), _name_order(line.names[0])))
    first_own = next((number for number, line in enumerate(found) if line.module.startswith(".")), 0)
    return tuple(replace(line, starts_group=0 < number == first_own) for number, line in enumerate(found))


def lint_exemptions(imports: Iterable[Import]) -> Comment | None:
    """Exempt a module from the rules against the older spelling of types, which the reference pages use."""
    names = {str(name).partition(" ")[0] for line in imports if line.module == "typing" for name in line.names}
    rules = {
        "UP006": names & {"List", "Dict", "Tuple"},
        "UP007": names & {"Union"},
        "UP035": names & {"List", "Dict", "Tuple"},
        "UP045": names & {"Optional"},
    }
    found = [rule for rule, used in rules.items() if used]
    return comment(f"ruff: noqa: {', '.join(found)}") if found else None


def sorted_exports(names: Iterable[str]) -> tuple[Code, ...]:
    """Write the names of `__all__` in the order in which linters want them: capitals before small letters."""
    return tuple(literal(str(name)) for name in sorted(names, key=lambda name: (_kind(name), _natural(name))))


_Runs = tuple[tuple[bool, int, str, str], ...]


def _import_order(relative: str) -> tuple[bool, int, _Runs]:
    """Sort as isort does: the standard library first, then relative imports from far to near."""
    path = relative.lstrip(".")
    return relative.startswith("."), len(path) - len(relative), _natural(path)


@lru_cache(maxsize=16384)  # Most modules import the same names.
def _name_order(name: str) -> tuple[int, _Runs, str]:
    """Sort imported names as isort does: by kind, then without regard to case. An alias may stand behind the name."""
    plain = name.partition(" ")[0]
    return _kind(plain), _natural(plain.lower()), name


def _kind(name: str) -> int:
    """Put constants first, then classes, then the rest."""
    return 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2


@lru_cache(maxsize=16384)
def _natural(name: str) -> _Runs:
    """Sort digits by their value: the longer number is the greater one. Python reads no number of any length."""
    runs = [(run, run.lstrip("0") if run.isdecimal() else "") for run in re.findall(r"\d+|\D+", name)]
    return tuple([(not run.isdecimal(), len(digits), digits, run) for run, digits in runs])


def relative_module(package: str, module: str) -> str:
    """Give the relative path from a package of ours to one of our modules; others stay.

    >>> relative_module("types.realtime_kit", "._core.models")
    '..._core.models'
    """
    if not module.startswith("."):
        return module
    here = package.split(".") if package else []
    there = module[1:].split(".") if module != "." else []
    common = 0
    while common < min(len(here), len(there)) and here[common] == there[common]:
        common += 1
    return "." * (len(here) - common + 1) + ".".join(there[common:])
