"""Types for people: spelled as in the code, but under the names that everybody knows and without marks.

Where a type of the package has that name, the other one has its module in front: `typing.Optional[Optional]`.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from ....data.surface import Alias, Argument, Call, Member, Model, PageIterator, Surface, TypeModule
from .declarations import returned
from .expressions import Expression, Name, Subscript, Symbol, core, written
from .models import additional_type, alias_type, field_type, key_type, later_types
from .spell import Speller, TypeNames


class PythonDisplay:
    """The displayed types of one surface: what a reference needs of a language."""

    def __init__(self, surface: Surface) -> None:
        self._names = TypeNames(surface)
        self._own_names: dict[str, AbstractSet[str]] = {}
        self._shared = frozenset(name for module in surface.components for name in module.exports)
        self._response = self._names.speller("response", marks=False)
        self._request = self._names.speller("request", marks=False)
        self._item = self._names.speller("response", "qualified", marks=False)

    # --- declared types ----------------------------------------------------------------------------------------------

    def member(self, member: Member, module: TypeModule) -> str:
        """Spell the type of a member."""
        response = module.side == "response"
        spelled = field_type(member, self._response) if response else key_type(member, self._request)
        return self._text(spelled, self._own(module))

    def argument(self, argument: Argument, module: TypeModule) -> str:
        """Spell the type of an argument that is passed by name."""
        return self._text(key_type(argument, self._request), self._own(module))

    def additional(self, model: Model, module: TypeModule) -> str | None:
        """Spell the type of the member that holds further ones; None where there is no such member."""
        if model.additional is None or module.side == "request":
            return None
        return self._text(additional_type(model, self._response), self._own(module))

    def alias(self, alias: Alias, module: TypeModule) -> str:
        """Spell what an alias stands for."""
        later = next(later for other, later in later_types(module) if other is alias)
        speller = Speller(self._names, module.side, later=later, marks=False)
        return self._text(alias_type(alias, speller), self._own(module))

    # --- methods -----------------------------------------------------------------------------------------------------

    def returned(self, call: Call) -> str:
        """Spell what the method of a call returns."""
        return self._text(returned(call.responses, self._response))

    def streamed(self, call: Call) -> str:
        """Spell what the streaming method of a call returns."""
        assert call.stream is not None
        assert call.stream.type is not None
        stream = Name(core("streaming", "Stream"))
        return self._text(Subscript(stream, (self._response.spell(call.stream.type),)))

    def paged(self, iterator: PageIterator) -> str:
        """Spell what an iterator returns."""
        paginator = Name(core("paging", "Paginator"))
        return self._text(Subscript(paginator, (self._item.spell(iterator.items),)))

    def _own(self, module: TypeModule) -> AbstractSet[str]:
        if module.name not in self._own_names:
            self._own_names[module.name] = {model.name for model in module.models}
        return self._own_names[module.name]

    def _text(self, expression: Expression, own: AbstractSet[str] = frozenset()) -> str:
        def local(symbol: Symbol) -> str:
            is_ours = symbol.name in self._shared or symbol.name in own
            if not is_ours or symbol.module.startswith(".types."):
                return symbol.name
            return f"{symbol.module.lstrip('.')}.{symbol.name}"

        return str(written(expression, local))
