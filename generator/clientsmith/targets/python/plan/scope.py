"""What a module calls the names that it imports: symbols go in, local names and import lines come out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from ....data.text import Code, Comment, code, comment, identifier, literal, module_path
from ..package import Import


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


def grouped_imports(package: str, names: Iterable[tuple[str, str]]) -> tuple[Import, ...]:
    """Write the imports of (module, name) pairs, as a package that exports them needs."""
    scope = ModuleScope(package, is_package=True)
    for module, name in names:
        scope.use(Symbol(module, name))
    return scope.imports()


class ModuleScope:
    """Local names of the imports of one module.

    A module is planned once with the plain names; where an import meets a name that the module defines itself, it is
    planned again with that import under an alias (see `clashes`). Fields and methods count as defined, because
    annotations in a class body see them.
    """

    def __init__(self, module: str, aliases: dict[Symbol, str] | None = None, *, is_package: bool = False) -> None:
        self.module = module
        self._package = module if is_package else module.rpartition(".")[0]
        self._aliases = aliases or {}
        self._runtime: set[Symbol] = set()
        self._typing: set[Symbol] = set()
        self._defined: set[str] = set()
        self._local: dict[str, Symbol] = {}
        self._second: set[Symbol] = set()

    def use(self, symbol: Symbol, *, for_typing: bool = False) -> str:
        """Give the local name, and remember to import it (for type checkers only, if so said)."""
        if symbol.module == f".{self.module}" and self._package != self.module:
            return symbol.name
        (self._typing if for_typing else self._runtime).add(symbol)
        name = self.local_name(symbol)
        if self._local.setdefault(name, symbol) != symbol:
            self._second.add(symbol)
        return name

    def define(self, names: Iterable[str]) -> None:
        """Say which names the module, its classes and their members have."""
        self._defined.update(names)

    def state(self) -> tuple[set[Symbol], set[Symbol], dict[str, Symbol], set[Symbol]]:
        """Remember which names are in use, to come back to by `restore`."""
        return set(self._runtime), set(self._typing), dict(self._local), set(self._second)

    def restore(self, state: tuple[set[Symbol], set[Symbol], dict[str, Symbol], set[Symbol]]) -> None:
        """Forget every use since."""
        self._runtime, self._typing, self._local, self._second = state

    def clashes(self) -> dict[Symbol, str]:
        """Give new aliases for the imports whose name is taken; empty when the module is good as it is."""
        used = sorted(self._runtime | self._typing)
        bad = [symbol for symbol in used if self.local_name(symbol) in self._defined or symbol in self._second]
        if not bad:
            return {}
        taken = self._defined | {self.local_name(symbol) for symbol in used}
        aliases = dict(self._aliases)
        for symbol in bad:
            alias = f"{symbol.name}_"
            while alias in taken:
                alias += "_"
            taken.add(alias)
            aliases[symbol] = alias
        return aliases

    @property
    def has_aliases(self) -> bool:
        """Tell whether anything is called otherwise than where it comes from."""
        return bool(self._aliases)

    def local_name(self, symbol: Symbol) -> str:
        """Give what a symbol is called here, without importing it."""
        return self._aliases.get(symbol, symbol.name)

    def imports(self) -> tuple[Import, ...]:
        """Give the import lines that the module needs at run time."""
        return self._lines(self._runtime)

    def typing_imports(self) -> tuple[Import, ...]:
        """Give the import lines that only type checkers need."""
        return self._lines(self._typing - self._runtime)

    def _lines(self, symbols: set[Symbol]) -> tuple[Import, ...]:
        by_module: dict[str, list[Symbol]] = {}
        for symbol in sorted(symbols):
            if symbol.module != "builtins" or symbol in self._aliases:
                by_module.setdefault(symbol.module, []).append(symbol)
        modules = sorted(by_module, key=self._import_order)
        first_own = next((module for module in modules if module.startswith(".")), None)
        return tuple(
            Import(
                module=module_path(self.relative(module)),
                names=names,
                starts_group=number == 0 and module == first_own != modules[0],
            )
            for module in modules
            for number, names in enumerate(self._import_names(by_module[module]))
        )

    def _import_names(self, symbols: list[Symbol]) -> Iterable[tuple[Code, ...]]:
        """Write the names of one module, sorted: those with an alias on lines of their own."""
        plain = sorted((symbol for symbol in symbols if symbol not in self._aliases), key=_name_order)
        lines = [*([plain] if plain else []), *([symbol] for symbol in symbols if symbol in self._aliases)]
        for line in sorted(lines, key=lambda line: _name_order(line[0])):
            yield tuple(self.import_name(symbol) for symbol in line)

    def _import_order(self, module: str) -> tuple[bool, int, list[tuple[bool, int, str]]]:
        """Sort as isort does: the standard library first, then relative imports from far to near."""
        relative = self.relative(module)
        path = relative.lstrip(".")
        return relative.startswith("."), len(path) - len(relative), _natural(path)

    def import_name(self, symbol: Symbol) -> Code:
        """Write what an import line says of a symbol."""
        alias = self._aliases.get(symbol)
        name = identifier(symbol.name)
        return code(name, " as ", identifier(alias)) if alias else code(name)

    def relative(self, module: str) -> str:
        """Give the path by which this module imports another one."""
        return relative_module(self._package, module)


class ShownScope(ModuleScope):
    """What people call the imports of a module: by their own names, whatever the module itself has to call them.

    Where a type of the package has that name, the other one says where it comes from: `typing.Optional[Optional]`.
    """

    def __init__(self, module: str, types: AbstractSet[str]) -> None:
        super().__init__(module)
        self._types = types

    def local_name(self, symbol: Symbol) -> str:
        """Give what a symbol is called."""
        if symbol.name not in self._types or symbol.module.startswith((".types.", ".resources.")):
            return symbol.name
        return f"{symbol.module.lstrip('.')}.{symbol.name}"


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


def _name_order(symbol: Symbol) -> tuple[int, list[tuple[bool, int, str]], str]:
    """Sort imported names as isort does: by kind, then without regard to case."""
    return _kind(symbol.name), _natural(symbol.name.lower()), symbol.name


def _kind(name: str) -> int:
    """Put constants first, then classes, then the rest."""
    return 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2


def _natural(name: str) -> list[tuple[bool, int, str]]:
    """Sort digits by their value."""
    runs = re.findall(r"\d+|\D+", name)
    return [(not run.isdecimal(), int(run) if run.isdecimal() else 0, run) for run in runs]


def relative_module(package: str, module: str) -> str:
    """Give the relative path from a package of ours to one of our modules; foreign modules stay.

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
