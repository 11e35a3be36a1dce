"""Modules that have what others define: users of an SDK import from there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ....data.compatible_names import COMPATIBLE_MODULES
from ....data.modules import module_file
from ....data.surface import Surface
from ....data.text import Code, code, docstring, identifier, module_path
from ..package import AliasModule, Import
from .scope import grouped_imports, sorted_exports

_TITLE = "Names that users of the SDK import from this module."


def alias_modules(surface: Surface) -> Iterator[AliasModule]:
    """Write the modules of a client that takes the place of an SDK."""
    if surface.client.compatibility is None:
        return
    for module, names in COMPATIBLE_MODULES[surface.client.compatibility].items():
        imports = grouped_imports("", [(f"._core.{place}", name) for name, place in names.items()])
        others = {surface.client.error_name: "ClientError"} if module == "_exceptions" else {}
        yield _alias(module, _TITLE, (*imports, *_renamed("errors", others)), (*names, *others))
    own = ("__title__", "__version__")
    yield _alias("_version", _TITLE, (Import(module=module_path("."), names=tuple(map(code, own))),), own)
    pages = {f"{prefix}{name}": f"{prefix}Page" for name in surface.page_names for prefix in ("Sync", "Async")}
    if pages:
        yield _alias(
            "pagination", "Pages, by the names that the SDK has for them.", _renamed("pages", pages), tuple(pages)
        )


def _renamed(module: str, names: Mapping[str, str]) -> tuple[Import, ...]:
    """Import names of the runtime under others."""
    texts = (code(identifier(name), " as ", identifier(own)) for own, name in names.items())
    return tuple(Import(module=module_path(f"._core.{module}"), names=(text,)) for text in texts)


def _alias(module: str, title: str, imports: tuple[Import, ...], names: tuple[str, ...]) -> AliasModule:
    exports: tuple[Code, ...] = sorted_exports(names)
    return AliasModule(path=module_file(module), docstring=docstring([title], 0), imports=imports, exports=exports)
