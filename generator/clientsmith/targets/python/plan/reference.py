"""`api.md` and the README: every method with its signature and path, every model with its fields and facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ....data.api import Api, LiteralShape, ObjectShape, Schema, UnionShape
from ....data.settings import Settings
from ....data.text import Markdown, literal, markdown, markdown_code, markdown_lines
from ..package import (
    Alias,
    ClassReference,
    ClientModule,
    CredentialRow,
    FieldReference,
    MethodReference,
    ModelClass,
    ModuleReference,
    Readme,
    ResourceModule,
    ResourceReference,
    TypedDictClass,
)
from .classes import ClassPlan
from .client import example_url, server_text
from .documentation import limits, shown
from .examples import Examples
from .models import Content, TypesPlan
from .operations import OperationPlan
from .placement import Resource
from .prose import introduction
from .schemas import Definitions, Side


def resource_reference(
    resource: Resource,
    module: ResourceModule,
    plans: Mapping[str, OperationPlan],
    modules: Iterable[ModuleReference],
) -> ResourceReference:
    """Write the section of one resource."""
    returns = {str(method.name): method.shown_returns for method in module.methods}
    path = f"client.{'.'.join(resource.path)}"
    methods = []
    for placed in resource.methods:
        plan = plans[placed.name]
        summary = markdown(plan.operation.summary or plan.operation.description or placed.name)
        methods.append(_method_reference(f"{path}.{placed.name}", summary, plan, returns[placed.name]))
        if plan.stream and plan.answers:
            said = markdown_lines(summary, ", one by one")
            methods.append(_method_reference(f"{path}.{plan.stream_name}", said, plan, returns[plan.stream_name]))
    for iterator in resource.iterators:
        said = markdown_lines("Every item of ", markdown_code(iterator.method.name), ", page by page")
        plan = plans[iterator.method.name]
        methods.append(_method_reference(f"{path}.{iterator.name}", said, plan, returns[iterator.name]))
    return ResourceReference(title=markdown_code(path), methods=tuple(methods), modules=tuple(modules))


def _method_reference(name: str, summary: Markdown, plan: OperationPlan, returns: str) -> MethodReference:
    return MethodReference(
        summary=summary,
        signature=markdown_code(f"{name}({_signature(plan)}) -> {returns}"),
        request=markdown_code(f"{plan.operation.verb} {plan.operation.path}"),
    )


def _signature(plan: OperationPlan) -> str:
    parts = [plan.positional] if plan.positional else []
    if plan.params:
        parts.append(f"**params: {plan.params.name}")
    return ", ".join(parts)


def module_reference(plan: TypesPlan, content: Content, definitions: Definitions, package: str) -> ModuleReference:
    """Write what one types module exports, its main type first, its fields nested as the JSON is."""
    folder = plan.module.rpartition(".")[0]
    written, aliases = content
    by_name = {c.symbol.name: c for c in plan.classes}
    classes = {str(c.name): _class_reference(c, by_name.get(str(c.name)), plan, definitions) for c in written}
    schemas = {alias.symbol.name: definitions.resolved(alias.schema) for alias in plan.aliases}
    classes |= {str(a.name): _alias_reference(a, schemas[str(a.name)], plan.side) for a in aliases}
    return ModuleReference(
        import_line=markdown_code(f"from {package}.{folder} import {', '.join(plan.exports)}"),
        classes=tuple(classes[name] for name in sorted(classes, key=lambda name: name != plan.exports[0])),
    )


def _alias_reference(alias: Alias, schema: Schema, side: Side) -> ClassReference:
    name = str(alias.name)
    return ClassReference(
        title=markdown_lines("type ", markdown_code(name)),
        value=markdown_lines(markdown_code(f"{name} = {alias.value}"), _facts(name, schema, name, side)),
    )


def _class_reference(
    written: ModelClass | TypedDictClass, plan: ClassPlan | None, module: TypesPlan, definitions: Definitions
) -> ClassReference:
    members = list(_members(plan, module, definitions))
    rest: list[tuple[str, Schema] | None] = [None] * (len(written.fields) - len(members))
    return ClassReference(
        title=markdown_lines("class ", markdown_code(str(written.name))),
        fields=tuple(
            FieldReference(
                name=markdown_code(str(field.name)),
                type=markdown_code(str(field.type)),
                facts=_facts(*member, str(field.name), module.side) if member else markdown_lines(""),
            )
            for field, member in zip(written.fields, [*members, *rest], strict=True)
        ),
    )


def _members(plan: ClassPlan | None, module: TypesPlan, definitions: Definitions) -> Iterator[tuple[str, Schema]]:
    """Give wire name and schema of the members of a class; the class without a plan has a method's arguments."""
    if plan is None:
        for argument in module.arguments:
            yield argument.wire_name, definitions.resolved(argument.schemas[0][0])
    elif isinstance(plan.schema.shape, ObjectShape):
        for member in definitions.properties(plan.schema.shape, module.side):
            yield member.wire_name, definitions.resolved(member.schema)


def _facts(wire_name: str, schema: Schema, name: str, side: Side) -> Markdown:
    """Write the description of a field, the name it has in requests or answers, and its limits in one line."""
    documentation = schema.documentation
    text = " ".join((documentation.description or documentation.title or "").split())
    parts = [markdown(text)] if text else []
    if wire_name != name:
        parts.append(_labelled("Sent as" if side == "request" else "Received as", [wire_name]))
    parts += [_labelled(label, [value] if value else []) for label, value in limits(documentation)]
    if isinstance(schema.shape, LiteralShape) and len(schema.shape.values) > 1:
        parts.append(_labelled("One of", [shown(value) for value in schema.shape.values]))
    if isinstance(schema.shape, UnionShape) and schema.shape.discriminator:
        parts.append(_labelled("Told apart by", [schema.shape.discriminator.wire_name]))
    if documentation.examples:
        parts.append(_labelled("Example", [shown(documentation.examples[0])]))
    return markdown_lines(" — " if parts else "", " · ".join(parts))


def _labelled(label: str, values: Sequence[str]) -> Markdown:
    codes = ", ".join(markdown_code(value) if value else markdown("an empty name") for value in values)
    return markdown_lines(markdown(label), f": {codes}" if codes else "")


def readme(api: Api, settings: Settings, client: ClientModule, error: str, examples: Examples) -> Readme:
    """Write what the README says of this client and no other."""
    package = settings.output.name
    return Readme(
        title=markdown(" ".join(api.title.split()) or package),
        introduction=tuple(markdown(text) for text in (introduction(api), api.more) if text),
        project=markdown_lines(settings.project or package.replace("_", "-")),
        package=markdown_lines(package),
        client=markdown_lines(client.name),
        async_client=markdown_lines(client.async_name),
        options=markdown_lines("" if client.has_base_url else f"base_url={literal(example_url(api))}"),
        error=markdown_lines(error),
        credentials=tuple(
            CredentialRow(argument=markdown_code(str(c.name)), env=c.env or markdown_lines(""))
            for c in client.credentials
        ),
        server=server_text(api, settings),
        example=_python(examples.call),
        has_answer=examples.has_answer,
        raw_example=_python(examples.raw),
        streaming_example=_python(examples.streaming),
        iteration=_python(examples.iteration),
        stream=_python(examples.stream),
    )


def _python(call: str | None) -> Markdown | None:
    """Take a call into a block of code; `literal` has written its values."""
    return markdown_lines(call) if call is not None else None
