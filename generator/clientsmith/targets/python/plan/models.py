"""The files below `types/`: dataclasses and aliases of answers, TypedDicts and aliases of requests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ....data.api import ObjectShape, Property, Schema
from ....data.text import Code, Docstring, code, docstring, identifier, literal
from ..package import Alias, Field, Import, ModelClass, ModelNames, TypedDictClass, TypesModule
from .arguments import ArgumentPlan
from .classes import MODEL_MEMBERS, ClassPlan, ClassTable, Key, member_names
from .documentation import description, limits, paragraphs
from .schemas import Side, references
from .scope import ModuleScope, ShownScope, Symbol, core, lint_exemptions, sorted_exports, typing
from .types import TypeWriter
from .wire import WireNames

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AliasPlan:
    """A type without fields to write under a name."""

    symbol: Symbol
    key: Key
    schema: Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class TypesPlan:
    """The content of one types module, with the names of its classes chosen."""

    module: str
    """Dotted path in the package."""
    side: Side
    title: str
    classes: tuple[ClassPlan, ...] = ()
    aliases: tuple[AliasPlan, ...] = ()
    exports: tuple[str, ...]
    """The names that the package exports."""
    files: bool = False
    """Binary members are files, as in multipart bodies."""
    params: Symbol | None = None
    """The TypedDict of a method's keyword arguments, where the module has one."""
    arguments: tuple[ArgumentPlan, ...] = ()


def settled(module: str, build: Callable[[ModuleScope], T]) -> tuple[T, ModuleScope]:
    """Plan a module until none of its imports meets one of its own names."""
    aliases: dict[Symbol, str] = {}
    while True:
        scope = ModuleScope(module, aliases)
        content = build(scope)
        aliases = scope.clashes()
        if not aliases:
            return content, scope


def types_module(plan: TypesPlan, table: ClassTable, wire_names: WireNames) -> TypesModule:
    """Write the plan of a file of types."""
    (classes, aliases), scope = settled(
        plan.module, lambda scope: _content(plan, _Types(table, wire_names, scope, plan))
    )
    own = [*(c.name for c in classes), *(a.name for a in aliases)]
    return TypesModule(
        path=plan.module.replace(".", "/") + ".py",
        docstring=docstring([plan.title], 0),
        imports=scope.imports(),
        lint=lint_exemptions(scope.imports()),
        exports=sorted_exports(own),
        models=tuple(c for c in classes if isinstance(c, ModelClass)),
        typed_dicts=tuple(c for c in classes if isinstance(c, TypedDictClass)),
        aliases=aliases,
    )


Content = tuple[Sequence[ModelClass | TypedDictClass], tuple[Alias, ...]]


def shown_types(plan: TypesPlan, written: TypesModule, table: ClassTable, wire_names: WireNames) -> Content:
    """Write the same types for people: under the names that everybody knows, without marks for the runtime.

    Most modules are so already; only the others are planned again.
    """
    own = {*(c.symbol.name for c in plan.classes), *wire_names.components.type_names}
    foreign = [str(name) for line in written.imports for name in line.names if not _is_own_type(line)]
    if not any(" as " in name or name == "Annotated" or name in own for name in foreign):
        return (*written.models, *written.typed_dicts), written.aliases
    return _content(plan, _Types(table, wire_names, ShownScope(plan.module, own), plan, marks=False))


def _is_own_type(line: Import) -> bool:
    return line.module.startswith(".") and "._core." not in line.module


def _content(plan: TypesPlan, types: _Types) -> Content:
    return (_model_content if plan.side == "response" else _params_content)(plan, types)


class _Types:
    """What the builders of one module share."""

    def __init__(
        self, table: ClassTable, wire_names: WireNames, scope: ModuleScope, plan: TypesPlan, *, marks: bool = True
    ) -> None:
        self.table = table
        self.wire_names = wire_names
        self.scope = scope
        self.marks = marks
        self.writer = TypeWriter(table, wire_names.components, scope, plan.side, files=plan.files, marks=marks)

    def members(self, plan: ClassPlan, side: Side) -> tuple[tuple[Property, str], ...]:
        """Give the members of a class with their Python names."""
        assert isinstance(plan.schema.shape, ObjectShape)
        members = self.table.definitions.properties(plan.schema.shape, side)
        names = member_names(members, MODEL_MEMBERS if side == "response" else ())
        self.scope.define(names.values())
        return tuple((member, names[member.wire_name]) for member in members)


def _model_content(plan: TypesPlan, types: _Types) -> Content:
    types.scope.define(c.symbol.name for c in plan.classes)
    classes = [_model(c, plan, types) for c in plan.classes]
    return classes, _aliases(plan, types)


def _model(plan: ClassPlan, module: TypesPlan, types: _Types) -> ModelClass:
    members = types.members(plan, "response")
    fields = [_model_field(member, name, plan, types) for member, name in members]
    assert isinstance(plan.schema.shape, ObjectShape)
    if plan.schema.shape.additional is not None:
        taken = {name for _, name in members} | MODEL_MEMBERS
        fields.append(_additional_field(plan.schema.shape.additional, plan, types, taken))
    return ModelClass(
        name=identifier(plan.symbol.name),
        docstring=docstring(_class_text(plan, module), 4),
        fields=tuple(fields),
        core=ModelNames(
            model=code(types.writer.name(core("models", "Model"))),
            dataclass=code(types.writer.name(core("models", "dataclass"))),
        ),
    )


def _class_text(plan: ClassPlan, module: TypesPlan) -> tuple[str, ...]:
    """Give the description of a class, or say which part of the module's main type it is; then its limits."""
    facts = " ".join(f"{label}: {value}." for label, value in limits(plan.schema.documentation) if value)
    return (*_class_title(plan, module), *((facts,) if facts else ()))


def _class_title(plan: ClassPlan, module: TypesPlan) -> tuple[str, ...]:
    text = description(plan.schema)
    if text:
        return text
    place = f"`{'.'.join(plan.path)}` of `{module.exports[0]}`" if plan.path else f"`{module.exports[0]}`"
    if plan.variant is not None:
        return (f"Variant {plan.variant} of {place}.",)
    return (f"{place}.",) if plan.path else (_title(plan.symbol, module),)


def _title(symbol: Symbol, module: TypesPlan) -> str:
    """Say what a main type is; a module with one has that as its own title."""
    if len(module.exports) == 1:
        return module.title
    return f"{'Model' if module.side == 'response' else 'Request type'} `{symbol.name}`."


def _model_field(member: Property, name: str, plan: ClassPlan, types: _Types) -> Field:
    schema = types.table.definitions.resolved(member.schema)
    key = (*plan.key, f".{member.wire_name}")
    members = types.writer.members(member.schema, key)
    optional = not member.required or "None" in members
    text = types.writer.union([*members, *([] if member.required else ["None"])])
    return Field(
        name=identifier(name),
        type=code(text),
        default=_default(types, member, name, optional, types.table.definitions.target(schema).secret),
        docstring=_field_docstring(schema, request=False),
    )


def _field_docstring(schema: Schema, *, request: bool) -> Docstring | None:
    return _docstring(paragraphs(schema, request=request))


def _docstring(text: Iterable[str]) -> Docstring | None:
    text = [paragraph for paragraph in text if paragraph.strip()]
    return docstring(text, 4) if text else None


def _default(types: _Types, member: Property, name: str, optional: bool, secret: bool) -> Code | None:
    """Write what follows `=`: fields that may be None have it as default, also those that are always sent."""
    options = []
    if optional:
        options.append("default=None")
    if optional and member.required:
        options.append("required=True")
    if name != member.wire_name:
        options.append(f"wire_name={literal(member.wire_name)}")
    if secret:
        options.append("secret=True")
    if options == ["default=None"]:
        return code("None")
    if not options:
        return None
    return code(types.writer.name(core("models", "field")), "(", ", ".join(options), ")")


def _additional_field(schema: Schema, plan: ClassPlan, types: _Types, taken: set[str]) -> Field:
    name = "additional_properties"
    while name in taken:
        name += "_"
    types.scope.define([name])
    value = types.writer.text(schema, (*plan.key, "{}"))
    mapping = types.writer.name(typing("Dict"))
    return Field(
        name=identifier(name),
        type=code(mapping, "[", types.writer.name(Symbol("builtins", "str")), ", ", value, "]"),
        default=code(types.writer.name(core("models", "field")), "(default_factory=dict, additional=True)"),
        docstring=docstring(["Every further member, by its wire name."], 4),
    )


def _params_content(plan: TypesPlan, types: _Types) -> Content:
    types.scope.define(c.symbol.name for c in plan.classes)
    main = [_arguments_dict(plan.params, plan, types)] if plan.params else []
    classes = [_typed_dict(c, plan, types) for c in plan.classes]
    return [*main, *classes], _aliases(plan, types)


def _arguments_dict(symbol: Symbol, plan: TypesPlan, types: _Types) -> TypedDictClass:
    types.scope.define([symbol.name, *(argument.name for argument in plan.arguments)])
    return TypedDictClass(
        name=identifier(symbol.name),
        docstring=docstring([plan.title], 4),
        fields=tuple(
            typed_dict_field(
                types.writer,
                argument.name,
                _argument_type(argument, types),
                argument.required,
                _docstring(argument.paragraphs(types.table.definitions)),
            )
            for argument in plan.arguments
        ),
        base=code(types.writer.name(typing("TypedDict"))),
    )


def _argument_type(argument: ArgumentPlan, types: _Types) -> str:
    """Write the type of an argument, with its wire name where keys inside are looked up by it."""
    text = types.writer.union(argument.members(types.writer))
    if argument.name == argument.wire_name or not any(types.wire_names.inside(s) for s, _ in argument.schemas):
        return text
    return _with_wire_name(text, argument.wire_name, types)


def _with_wire_name(text: str, wire_name: str, types: _Types) -> str:
    if not types.marks:
        return text
    mark = f"{types.writer.name(core('renaming', 'WireName'))}({literal(wire_name)})"
    return f"{types.writer.name(typing('Annotated'))}[{text}, {mark}]"


def _typed_dict(plan: ClassPlan, module: TypesPlan, types: _Types) -> TypedDictClass:
    fields = []
    for member, name in types.members(plan, "request"):
        schema = types.table.definitions.resolved(member.schema)
        text = types.writer.text(member.schema, (*plan.key, f".{member.wire_name}"))
        if name != member.wire_name:
            text = _with_wire_name(text, member.wire_name, types)
        fields.append(
            typed_dict_field(types.writer, name, text, member.required, _field_docstring(schema, request=True))
        )
    about = _class_text(plan, module)
    if isinstance(plan.schema.shape, ObjectShape) and plan.schema.shape.additional is not None:
        extra = types.writer.text(plan.schema.shape.additional, (*plan.key, "{}"))
        about = (*about, f"Further members are sent as they are; they should be `{extra}`.")
    return TypedDictClass(
        name=identifier(plan.symbol.name),
        docstring=docstring(about, 4),
        fields=tuple(fields),
        base=code(types.writer.name(typing("TypedDict"))),
    )


def typed_dict_field(writer: TypeWriter, name: str, text: str, required: bool, doc: Docstring | None) -> Field:
    """Write a key of a TypedDict; all classes are `total=False`, so required keys say so."""
    if required:
        text = f"{writer.name(typing('Required'))}[{text}]"
    return Field(name=identifier(name), type=code(text), docstring=doc)


def _aliases(plan: TypesPlan, types: _Types) -> tuple[Alias, ...]:
    """Write the aliases, each after those that it uses; where they go in a circle, quoted."""
    types.scope.define(alias.symbol.name for alias in plan.aliases)
    waiting = {alias.symbol for alias in plan.aliases}
    written = []
    for alias in _ordered(plan.aliases, types):
        types.writer.later = frozenset(waiting)
        written.append(_alias(alias, plan, types))
        waiting.discard(alias.symbol)
    return tuple(written)


def _alias(alias: AliasPlan, plan: TypesPlan, types: _Types) -> Alias:
    members = [m for m in types.writer.members(alias.schema, alias.key) if m != "None"]
    return Alias(
        name=identifier(alias.symbol.name),
        value=code(types.writer.union(members)),
        annotation=code(types.writer.name(typing("TypeAlias"))),
        docstring=docstring(description(alias.schema) or [_title(alias.symbol, plan)], 0),
    )


def _ordered(aliases: Iterable[AliasPlan], types: _Types) -> list[AliasPlan]:
    by_pointer = {alias.schema.pointer: alias for alias in aliases}
    ordered: dict[Symbol, AliasPlan] = {}

    def visit(alias: AliasPlan, above: frozenset[Symbol]) -> None:
        if alias.symbol in ordered or alias.symbol in above:
            return
        for target in references(alias.schema):
            definition = types.table.definitions.by_pointer.get(target)
            if definition is not None and definition.schema.pointer in by_pointer:
                visit(by_pointer[definition.schema.pointer], above | {alias.symbol})
        ordered[alias.symbol] = alias

    for alias in aliases:
        visit(alias, frozenset())
    return list(ordered.values())
