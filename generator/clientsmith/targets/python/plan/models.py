"""The files below `types/`: dataclasses and aliases of responses, TypedDicts and aliases of requests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ....data.modules import module_file
from ....data.surface import Alias as AliasType
from ....data.surface import Argument, Member, Model, PageType, Params, TypeModule
from ....data.text import Code, Docstring, code, docstring, identifier
from ....data.types import Scalar, TypeId, references
from ..package import Alias, Field, ModelClass, ModelNames, PageClass, TypedDictClass, TypesModule
from .documentation import argument_paragraphs, class_text, description, main_title, member_paragraphs
from .expressions import NONE, Call, Expression, Literal, Name, Subscript, core, typing, value, written
from .scope import ModuleScope, lint_exemptions, sorted_exports
from .spell import Speller, TypeNames
from .wire import WireNames

_FIELD = Name(core("models", "field"))
_ANNOTATED = Name(typing("Annotated"))
_REQUIRED = Name(typing("Required"))


def types_module(module: TypeModule, names: TypeNames, wire_names: WireNames) -> TypesModule:
    """Write the plan of a file of types."""
    scope = ModuleScope(module.name)
    builder = _ModuleBuilder(module, scope, names, wire_names)
    scope.define(builder.own_names())
    models = list(builder.models()) if module.side == "response" else []
    typed_dicts = list(builder.typed_dicts()) if module.side == "request" else []
    aliases = list(builder.aliases())
    pages = list(builder.pages(module.page)) if module.page else []
    imports = scope.imports()
    return TypesModule(
        path=module_file(module.name),
        docstring=docstring([module.title], 0),
        imports=imports,
        lint=lint_exemptions(imports),
        exports=sorted_exports(declared_names(module)),
        models=tuple(made() for made in models),
        typed_dicts=tuple(made() for made in typed_dicts),
        aliases=tuple(made() for made in aliases),
        pages=tuple(made() for made in pages),
    )


def declared_names(module: TypeModule) -> tuple[str, ...]:
    """Give the names of the types of a module, in the order in which they stand there."""
    params = [module.params.name] if module.params else []
    pages = [module.page.name, module.page.async_name] if module.page else []
    return (*params, *(model.name for model in module.models), *(alias.name for alias in module.aliases), *pages)


MOST_ALIASES = 8
"""Aliases of one module inside each other. Python's `typing` recurses over them, so a long chain quotes some names."""


def lazy_types(module: TypeModule) -> Iterator[tuple[AliasType, frozenset[TypeId]]]:
    """Give each alias with those of the module that it has to quote.

    They do not exist yet where it is evaluated, or too many are inside each other already.
    """
    waiting = {alias.id for alias in module.aliases}
    heights: dict[TypeId, int] = {}
    for alias in module.aliases:
        quoted = waiting.union(made for made, height in heights.items() if height >= MOST_ALIASES)
        inside = (heights[found] for found in references(alias.type) if found in heights and found not in quoted)
        heights[alias.id] = 1 + max(inside, default=0)
        yield alias, frozenset(quoted)
        waiting.discard(alias.id)


# --- the types of fields ---------------------------------------------------------------------------------------------


def field_type(member: Member, speller: Speller) -> Expression:
    """Spell the type of a field of a model: an optional one may be None."""
    return speller.spell(member.type) if member.required else speller.optional(member.type)


def key_type(item: Member | Argument, speller: Speller, *, marked: bool = False) -> Expression:
    """Spell the type of a key of a TypedDict, `marked` with its wire name.

    All TypedDicts are `total=False`, so required keys are `Required`.
    """
    spelled = speller.spell(item.type)
    if marked:
        mark = Call(Name(core("renaming", "WireName")), (value(item.wire_name),))
        spelled = Subscript(_ANNOTATED, (spelled, mark))
    return Subscript(_REQUIRED, (spelled,)) if item.required else spelled


def additional_type(model: Model, speller: Speller) -> Expression:
    """Spell the type of the field that holds further members."""
    assert model.additional is not None
    text = speller.spell(Scalar("string"))
    return Subscript(Name(typing("Dict")), (text, speller.spell(model.additional)))


@dataclass(frozen=True, slots=True)
class _ModuleBuilder:
    """Registers what each class needs; the class itself is written when all names of the module are chosen."""

    module: TypeModule
    scope: ModuleScope
    names: TypeNames
    wire_names: WireNames

    def own_names(self) -> Iterator[str]:
        """Give the names that the module, its classes and their fields have."""
        yield from declared_names(self.module)
        for model in self.module.models:
            yield from (member.name for member in model.members)
            if model.additional is not None and self.module.side == "response":
                yield model.additional_name
        if self.module.params:
            yield from (argument.name for argument in self.module.params.arguments)

    # --- responses ---------------------------------------------------------------------------------------------------

    def models(self) -> Iterator[Callable[[], ModelClass]]:
        """Register dataclasses."""
        speller = self.names.speller("response")
        return (self._model(model, speller) for model in self.module.models)

    def _model(self, model: Model, speller: Speller) -> Callable[[], ModelClass]:
        fields = [self._model_field(member, speller) for member in model.members]
        if model.additional is not None:
            fields.append(self._additional(model, speller))
        base = self.scope.use(self.names.base)
        decorator = self.scope.use(Name(core("models", "dataclass")))
        return lambda: ModelClass(
            name=identifier(model.name),
            docstring=docstring(class_text(model, self.module), 4),
            fields=tuple(field() for field in fields),
            core=ModelNames(model=base(), dataclass=decorator()),
        )

    def _model_field(self, member: Member, speller: Speller) -> Callable[[], Field]:
        optional = not member.required or NONE in speller.variants(member.type)
        about = _docstring(member_paragraphs(member))
        return self._field(member.name, field_type(member, speller), _default(member, optional), about)

    def _additional(self, model: Model, speller: Speller) -> Callable[[], Field]:
        factory = Literal(code("dict"))
        default = Call(_FIELD, (), (("default_factory", factory), ("additional", value(True))))
        about = docstring(["Every further member, by its wire name."], 4)
        return self._field(model.additional_name, additional_type(model, speller), default, about)

    def _field(
        self, name: str, spelled: Expression, default: Expression | None, about: Docstring | None
    ) -> Callable[[], Field]:
        text = self.scope.use(spelled)
        after = self.scope.use(default) if default else None
        return lambda: Field(name=identifier(name), type=text(), default=after() if after else None, docstring=about)

    def pages(self, page: PageType) -> Iterator[Callable[[], PageClass]]:
        """Register the sync and the async class of a page."""
        speller = self.names.speller("response")
        about = f"{self.module.title.removeprefix('Pages')[1:-1]}: iterating goes through the items of all pages."
        for name, base, text in (
            (page.name, "SyncPage", f"A page {about}"),
            (page.async_name, "AsyncPage", "The same in an async client."),
        ):
            generic = Subscript(Name(core("pages", base)), (speller.spell(page.items),))
            bases = [self.scope.use(each) for each in (generic, speller.spell(page.response))]
            yield self._page(name, bases, text)

    def _page(self, name: str, bases: list[Callable[[], Code]], text: str) -> Callable[[], PageClass]:
        return lambda: PageClass(
            name=identifier(name), docstring=docstring([text], 4), bases=tuple(base() for base in bases)
        )

    # --- requests ----------------------------------------------------------------------------------------------------

    def typed_dicts(self) -> Iterator[Callable[[], TypedDictClass]]:
        """Register TypedDicts, that of a method's arguments first."""
        speller = self.names.speller("request")
        if self.module.params:
            yield self._params(self.module.params, speller)
        for model in self.module.models:
            yield self._typed_dict(model, speller)

    def _params(self, params: Params, speller: Speller) -> Callable[[], TypedDictClass]:
        fields = [
            self._field(
                argument.name,
                key_type(argument, speller, marked=self._is_looked_up(argument)),
                None,
                _docstring(argument_paragraphs(argument)),
            )
            for argument in params.arguments
        ]
        return self._class(params.name, fields, lambda: (self.module.title,))

    def _is_looked_up(self, argument: Argument) -> bool:
        """Report whether keys inside an argument are looked up by its wire name, which is not its own."""
        return argument.name != argument.wire_name and self.wire_names.inside(argument.type)

    def _typed_dict(self, model: Model, speller: Speller) -> Callable[[], TypedDictClass]:
        fields = [
            self._field(
                member.name,
                key_type(member, speller, marked=member.name != member.wire_name),
                None,
                _docstring(member_paragraphs(member, request=True)),
            )
            for member in model.members
        ]
        extra = speller.spell(model.additional) if model.additional is not None else None

        def about() -> tuple[str, ...]:
            text = class_text(model, self.module)
            if extra is None:
                return text
            # Only words: what a docstring names need not be imported.
            spelled = written(extra, self.scope.local)
            return (*text, f"Further members are sent as they are; they should be `{spelled}`.")

        return self._class(model.name, fields, about)

    def _class(
        self, name: str, fields: Iterable[Callable[[], Field]], about: Callable[[], tuple[str, ...]]
    ) -> Callable[[], TypedDictClass]:
        base = self.scope.use(Name(typing("TypedDict")))
        return lambda: TypedDictClass(
            name=identifier(name),
            docstring=docstring(about(), 4),
            fields=tuple(field() for field in fields),
            base=base(),
        )

    # --- aliases -----------------------------------------------------------------------------------------------------

    def aliases(self) -> Iterator[Callable[[], Alias]]:
        """Register aliases, each after those that it uses; where they go in a circle, quoted."""
        for alias, lazy in lazy_types(self.module):
            yield self._alias(alias, Speller(self.names, self.module.side, lazy=lazy))

    def _alias(self, alias: AliasType, speller: Speller) -> Callable[[], Alias]:
        text = self.scope.use(alias_type(alias, speller))
        annotation = self.scope.use(Name(typing("TypeAlias")))
        about = description(alias.documentation, alias.name) or (main_title(alias.name, self.module),)
        return lambda: Alias(
            name=identifier(alias.name), value=text(), annotation=annotation(), docstring=docstring(about, 0)
        )


def alias_type(alias: AliasType, speller: Speller) -> Expression:
    """Spell what an alias stands for, without None: each use has it."""
    return speller.union(member for member in speller.variants(alias.type) if member != NONE)


def _default(member: Member, optional: bool) -> Expression | None:
    """Write what follows `=`: fields that may be None have it as default, also those that are always sent."""
    options: list[tuple[str, Expression]] = []
    if optional:
        options.append(("default", NONE))
    if optional and member.required:
        options.append(("required", value(True)))
    if member.name != member.wire_name:
        options.append(("wire_name", value(member.wire_name)))
    if member.flags.secret:
        options.append(("secret", value(True)))
    if member.flags.read_only:
        options.append(("read_only", value(True)))
    if options == [("default", NONE)]:
        return NONE
    return Call(_FIELD, (), tuple(options)) if options else None


def _docstring(text: Iterable[str]) -> Docstring | None:
    text = [paragraph for paragraph in text if paragraph.strip()]
    return docstring(text, 4) if text else None
