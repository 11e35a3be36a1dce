"""`api.md` and the README: every method with its signature and path, every model with its fields and facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...data.api import Api, LiteralShape, ObjectShape, Schema
from ...data.package import (
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
    TypesModule,
)
from ...data.settings import Settings
from ...data.text import Markdown, markdown, markdown_code, markdown_lines
from .classes import ClassPlan
from .documentation import limits, shown
from .models import TypesPlan
from .operations import OperationPlan
from .placement import Resource
from .schemas import Definitions


def resource_reference(
    resource: Resource,
    module: ResourceModule,
    plans: Mapping[str, OperationPlan],
    modules: Iterable[ModuleReference],
) -> ResourceReference:
    """Write the section of one resource."""
    by_name = {str(method.name): method for method in module.methods}
    path = ".".join(resource.path)
    methods = []
    for placed in resource.methods:
        plan = plans[placed.name]
        method = by_name.get(placed.name)
        if method is None:
            continue
        methods.append(
            MethodReference(
                summary=markdown(plan.operation.summary or plan.operation.description or placed.name),
                signature=markdown_code(f"client.{path}.{placed.name}({_signature(plan)}) -> {method.returns}"),
                request=markdown_code(f"{plan.operation.verb} {plan.operation.path}"),
            )
        )
    for iterator in resource.iterators:
        plan = plans[iterator.method.name]
        returns = by_name[iterator.name].returns
        methods.append(
            MethodReference(
                summary=markdown_lines("Every item of ", markdown_code(iterator.method.name), ", page by page"),
                signature=markdown_code(f"client.{path}.{iterator.name}({_signature(plan)}) -> {returns}"),
                request=markdown_code(f"{plan.operation.verb} {plan.operation.path}"),
            )
        )
    return ResourceReference(title=markdown_code(f"client.{path}"), methods=tuple(methods), modules=tuple(modules))


def _signature(plan: OperationPlan) -> str:
    parts = [plan.positional] if plan.positional else []
    if plan.params:
        parts.append(f"**params: {plan.params.name}")
    return ", ".join(parts)


def module_reference(plan: TypesPlan, module: TypesModule, definitions: Definitions, package: str) -> ModuleReference:
    """Write what one types module exports, its fields nested as the JSON is."""
    folder = module.path.rpartition("/")[0].replace("/", ".")
    types: list[ModelClass | TypedDictClass] = [*module.models, *module.typed_dicts]
    by_name = {str(written.name): written for written in types}
    schemas = {c.symbol.name: c for c in plan.classes}
    classes = []
    for name, written in by_name.items():
        classes.append(
            ClassReference(
                name=markdown_code(name), fields=tuple(_fields(written, schemas.get(name), plan, definitions))
            )
        )
    for alias in module.aliases:
        line = FieldReference(
            indent=markdown_lines(""),
            name=markdown_code(str(alias.name)),
            type=markdown_code(str(alias.value)),
            facts=markdown_lines(""),
        )
        classes.append(ClassReference(name=markdown_code(str(alias.name)), fields=(line,)))
    return ModuleReference(
        name=markdown_code(plan.exports[0]),
        import_line=markdown_code(f"from {package}.{folder} import {', '.join(plan.exports)}"),
        classes=tuple(classes),
    )


def _fields(
    written: ModelClass | TypedDictClass, plan: ClassPlan | None, module: TypesPlan, definitions: Definitions
) -> Iterator[FieldReference]:
    schemas = _member_schemas(plan, module, definitions)
    for field, schema in zip(written.fields, schemas, strict=False):
        yield FieldReference(
            indent=markdown_lines(""),
            name=markdown_code(str(field.name)),
            type=markdown_code(str(field.type)),
            facts=_facts(definitions.resolved(schema)) if schema else markdown_lines(""),
        )
    for field in written.fields[len(schemas) :]:
        yield FieldReference(
            indent=markdown_lines(""),
            name=markdown_code(str(field.name)),
            type=markdown_code(str(field.type)),
            facts=markdown_lines(""),
        )


def _member_schemas(plan: ClassPlan | None, module: TypesPlan, definitions: Definitions) -> Sequence[Schema]:
    if plan is None:
        return [argument.schemas[0][0] for argument in module.arguments]
    if not isinstance(plan.schema.shape, ObjectShape):
        return []
    return [member.schema for member in definitions.properties(plan.schema.shape, module.side)]


def _facts(schema: Schema) -> Markdown:
    """Write the description and the limits of a field in one line."""
    documentation = schema.documentation
    text = " ".join((documentation.description or documentation.title or "").split())
    parts = [markdown(text)] if text else []
    parts += [_labelled(label, [value] if value else []) for label, value in limits(documentation)]
    if isinstance(schema.shape, LiteralShape) and len(schema.shape.values) > 1:
        parts.append(_labelled("One of", [shown(value) for value in schema.shape.values]))
    if documentation.examples:
        parts.append(_labelled("Example", [shown(documentation.examples[0])]))
    return markdown_lines(" — " if parts else "", " · ".join(parts))


def _labelled(label: str, values: Sequence[str]) -> Markdown:
    codes = ", ".join(markdown_code(value) for value in values)
    return markdown_lines(markdown(label), f": {codes}" if codes else "")


def readme(api: Api, settings: Settings, client: ClientModule, error: str, example: tuple[str, str] | None) -> Readme:
    """Write what the README says: install, credentials, a sync and an async call, errors."""
    package = settings.output.name
    call = example[0] if example else "..."
    raw = example[1] if example else "..."
    return Readme(
        title=markdown(" ".join(api.title.split()) or package),
        project=markdown_lines(settings.project or package.replace("_", "-")),
        package=markdown_lines(package),
        client=markdown_lines(client.name),
        async_client=markdown_lines(client.async_name),
        options=markdown_lines("" if client.has_base_url else 'base_url="https://..."'),
        error=markdown_lines(error),
        credentials=tuple(
            CredentialRow(argument=markdown_code(str(c.name)), env=c.env or markdown_lines(""))
            for c in client.credentials
        ),
        example=markdown_lines(call),
        raw_example=markdown_lines(raw),
    )
