"""What each operation takes and gives: arguments, bodies and answers, and the names of the types made for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ....data.api import (
    AnyShape,
    ArrayShape,
    Media,
    MediaKind,
    ObjectShape,
    Operation,
    Parameter,
    ReferenceShape,
    RequestBody,
    Response,
    Schema,
    StringShape,
    UnionShape,
)
from ....data.settings import Settings
from ....stages.design.names import identity
from .arguments import ArgumentPlan
from .classes import ClassPlan, ClassTable, Key
from .components import Components
from .media import chosen_answers, chosen_bodies, is_success
from .models import AliasPlan, TypesPlan
from .naming import Names, module_name, pascal, snake, words
from .placement import PlacedMethod, Resource
from .schemas import Side
from .scope import Symbol

OPTION_NAMES = ("extra_headers", "extra_query", "extra_body", "timeout")
"""What every method takes besides the operation's own parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPlan:
    """What one status answers."""

    status: str
    kind: MediaKind | None
    """None: no body."""
    content_type: str | None = None
    schema: Schema | None = None
    key: Key = ()
    symbol: Symbol | None = None
    """The type made for it, where it is no use of a component alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationPlan:
    """One method's operation with all names chosen."""

    name: str
    operation: Operation
    resource: Resource
    arguments: tuple[ArgumentPlan, ...]
    """In the order of the signature: required ones first; the first one may be positional."""
    positional: str | None
    bodies: tuple[Media, ...]
    answers: tuple[AnswerPlan, ...]
    stream: AnswerPlan | None
    stream_name: str
    """The method that gives the stream: another one than that of a plain answer, where there is one."""
    errors: tuple[AnswerPlan, ...]
    params: Symbol | None
    types: tuple[TypesPlan, ...]


class OperationPlanner:
    """Plans operations one after the other; the names of files and exported types are shared by all."""

    def __init__(
        self, settings: Settings, table: ClassTable, components: Components, modules: dict[str, Names]
    ) -> None:
        self._initialisms = frozenset(settings.initialisms)
        self._table = table
        self._components = components
        self._modules = modules
        self._exported: dict[str, Names] = {}

    def plan(self, resource: Resource, method: PlacedMethod) -> OperationPlan:
        """Choose arguments, answers and types of one method."""
        operation = method.operation
        folder = ".".join(("types", *resource.path[:-1]))
        stem = (*resource.singular, *words(method.name))
        bodies = tuple(media for media in chosen_bodies(operation.request_body) if not self._is_void(media))
        params = self._claim(folder, stem, "params")
        arguments = tuple(self._arguments(operation, bodies, params))
        positional = _positional(arguments, operation)
        keyword = [argument for argument in arguments if argument.name != positional]
        answers, types = self._answers(method, resource, folder, stem)
        if keyword:
            types = [self._params_plan(params, arguments, positional, bodies, method, resource), *types]
        success = tuple(a for a in answers if is_success(a.status, operation))
        streams = [a for a in success if a.kind in ("event-stream", "json-lines")]
        plain = tuple(a for a in success if a not in streams)
        return OperationPlan(
            name=method.name,
            operation=operation,
            resource=resource,
            arguments=arguments,
            positional=positional,
            bodies=bodies,
            answers=plain,
            stream=streams[0] if streams else None,
            stream_name=_stream_name(method, resource) if plain else method.name,
            errors=tuple(a for a in answers if a not in success and a.kind == "json"),
            params=params if keyword else None,
            types=tuple(types),
        )

    def _claim(self, folder: str, stem: tuple[str, ...], ending: str, status: str = "") -> Symbol:
        """Claim a module and the exported class of the same name."""
        exported = self._exported.setdefault(folder, Names(self._component_names(folder), ignore_case=True))
        name = exported.claim(
            pascal((*stem, ending), self._initialisms) + status[:1].upper() + status[1:], separator=""
        )
        wanted = snake("_".join((*stem, ending)) + (f"_{status.lower()}" if status else ""))
        modules = self._modules.setdefault(folder, Names())
        symbol = Symbol(f".{folder}.{modules.claim(module_name(wanted))}", name)
        self._table.exported.add(symbol)
        return symbol

    def _component_names(self, folder: str) -> Iterator[str]:
        for symbol in (*self._components.response.values(), *self._components.request.values()):
            if symbol.module.rpartition(".")[0] == f".{folder}":
                yield symbol.name

    def _arguments(self, operation: Operation, bodies: tuple[Media, ...], params: Symbol) -> Iterator[ArgumentPlan]:
        root: Key = ("params", identity(operation))
        names = Names(("self", *OPTION_NAMES, *(("content_type",) if len(bodies) > 1 else ())))
        found = [
            ArgumentPlan(
                name=parameter.wire_name,
                wire_name=parameter.wire_name,
                location=parameter.location,
                required=parameter.required,
                schemas=((_described(parameter), (*root, f"{parameter.location}:{parameter.wire_name}")),),
            )
            for parameter in operation.parameters
        ]
        found += self._body_arguments(operation.request_body, bodies, root)
        named = [replace(a, name=name) for a, name in zip(found, _argument_names(found, names), strict=True)]
        yield from sorted(named, key=lambda argument: (argument.location != "path", not argument.required))

    def _body_arguments(self, body: RequestBody | None, bodies: tuple[Media, ...], root: Key) -> Iterator[ArgumentPlan]:
        if body is None or not bodies:
            return
        media = bodies[0]
        shape = self._body_object(media) if len(bodies) == 1 else None
        if shape is None:
            yield self._whole_body(body, bodies, root)
            return
        assert media.schema is not None
        base = self._object_key(media.schema, (*root, "body"))
        for member in self._table.definitions.properties(shape, "request"):
            yield ArgumentPlan(
                name=member.wire_name,
                wire_name=member.wire_name,
                location="body",
                required=member.required and body.required,
                schemas=((member.schema, (*base, f".{member.wire_name}")),),
                notes=_part_notes(media, member.wire_name),
            )

    def _whole_body(self, body: RequestBody, bodies: tuple[Media, ...], root: Key) -> ArgumentPlan:
        schemas = [(media, (_body_schema(media), (*root, f"body{n or ''}"))) for n, media in enumerate(bodies)]
        typed = [schema for media, schema in schemas if media.kind != "binary"]
        return ArgumentPlan(
            name="body",
            wire_name="body",
            location="value",
            required=body.required,
            schemas=tuple(typed or (schema for _, schema in schemas)),
            binary=any(media.kind in ("binary", "text") for media in bodies),
            untyped=not typed,
            about=body.description,
        )

    def _body_object(self, media: Media) -> ObjectShape | None:
        """Find the members of a body that become arguments: those of an object, not of a union or a map."""
        if media.schema is None or media.kind not in ("json", "form", "multipart"):
            return None
        target = self._table.definitions.target(media.schema)
        if isinstance(target.shape, ObjectShape) and not target.nullable and target.shape.properties:
            return target.shape
        return None

    def _is_void(self, media: Media) -> bool:
        """Tell whether a body is an object that may have no members: there is nothing to send."""
        if media.schema is None:
            return False
        shape = self._table.definitions.target(media.schema).shape
        return isinstance(shape, ObjectShape) and shape.closed and not shape.properties

    def _object_key(self, schema: Schema, key: Key) -> Key:
        """Give the place below which the classes of an object's members are known."""
        schema = self._table.definitions.resolved(schema)
        while isinstance(schema.shape, ReferenceShape):
            key = (str(schema.shape.target), "request")
            schema = self._table.definitions.resolved(self._table.definitions.by_pointer[schema.shape.target].schema)
        return key

    def _params_plan(
        self,
        params: Symbol,
        arguments: tuple[ArgumentPlan, ...],
        positional: str | None,
        bodies: tuple[Media, ...],
        method: PlacedMethod,
        resource: Resource,
    ) -> TypesPlan:
        module = params.module[1:]
        names = Names([params.name])
        classes: list[ClassPlan] = []
        bodies_own: list[ClassPlan] = []
        for argument in arguments:
            for schema, key in argument.schemas:
                if key[0] == "params" and argument.location == "value":
                    bodies_own += self._body_classes(
                        schema, key, params, names, (*resource.singular, *words(method.name))
                    )
                elif key[0] == "params":
                    found = self._table.allocate(schema, key, words(argument.wire_name), names, module, "request")
                    classes += [replace(c, path=(argument.wire_name, *c.path)) for c in found]
        return TypesPlan(
            module=module,
            side="request",
            title=f"Parameters of `{'.'.join((*resource.path, method.name))}`.",
            classes=(*bodies_own, *classes),
            exports=(params.name, *(c.symbol.name for c in bodies_own)),
            files=any(media.kind == "multipart" for media in bodies),
            params=params,
            arguments=tuple(a for a in arguments if a.name != positional),
        )

    def _body_classes(
        self, schema: Schema, key: Key, params: Symbol, names: Names, stem: tuple[str, ...]
    ) -> list[ClassPlan]:
        """Name the classes of a body that is one argument: they are exported, because declarations refer to them."""
        folder = params.module[1:].rpartition(".")[0]
        exported = self._exported[folder]
        found = list(self._table.allocate(schema, key, (*stem, "body"), exported, params.module[1:], "request"))
        for plan in found:
            names.claim(plan.symbol.name)
            self._table.exported.add(plan.symbol)
        return [replace(plan, path=("body", *plan.path)) for plan in found]

    def _answers(
        self, method: PlacedMethod, resource: Resource, folder: str, stem: tuple[str, ...]
    ) -> tuple[list[AnswerPlan], list[TypesPlan]]:
        answers: list[AnswerPlan] = []
        types: list[TypesPlan] = []
        named_success = False
        for response in method.operation.responses:
            success = is_success(response.status, method.operation)
            for media in chosen_answers(response, success=success):
                if media is None:
                    answers.append(AnswerPlan(status=response.status, kind=None))
                    continue
                ending = "response" if success else "error"
                status = "" if success and not named_success else response.status
                if media.kind in ("event-stream", "json-lines"):
                    ending, status = "event", ""
                answer, plan = self._answer(response, media, method, resource, (folder, stem, ending, status))
                named_success = named_success or (success and plan is not None)
                answers.append(answer)
                types += [plan] if plan else []
        return answers, types

    def _answer(
        self,
        response: Response,
        media: Media,
        method: PlacedMethod,
        resource: Resource,
        place: tuple[str, tuple[str, ...], str, str],
    ) -> tuple[AnswerPlan, TypesPlan | None]:
        operation = method.operation
        answer = AnswerPlan(
            status=response.status,
            kind=media.kind,
            content_type=media.content_type,
            schema=media.schema,
            key=("answer", identity(operation), response.status, media.kind),
        )
        if media.schema is None or media.kind in ("text", "binary") or not self._needs_module(media.schema):
            return answer, None
        folder, stem, ending, status = place
        symbol = self._claim(folder, stem, ending, status)
        what = {"response": "Answer", "error": "Error", "event": "Event"}[ending]
        title = f"{what} of `{'.'.join((*resource.path, method.name))}`."
        plan = self.types_plan(media.schema, answer.key, symbol, title, "response")
        return replace(answer, symbol=symbol), plan

    def _needs_module(self, schema: Schema) -> bool:
        resolved = self._table.definitions.resolved(schema)
        if isinstance(resolved.shape, (ObjectShape, UnionShape)):
            return True
        probe = ClassTable(self._table.definitions, self._initialisms)
        return any(True for _ in probe.allocate(resolved, ("probe",), (), Names(), "probe", "response"))

    def types_plan(self, schema: Schema, key: Key, symbol: Symbol, title: str, side: Side) -> TypesPlan:
        """Plan the module of one main type and the classes inside it."""
        resolved = self._table.definitions.resolved(schema)
        names = Names([symbol.name])
        module = symbol.module[1:]
        if isinstance(resolved.shape, ObjectShape):
            self._table.symbols[key] = symbol
            main = ClassPlan(symbol, key, resolved, ())
            below = self._table.allocate(resolved, key, (), names, module, side)
            return TypesPlan(module=module, side=side, title=title, classes=(main, *below), exports=(symbol.name,))
        prefix = (*words(symbol.name), "item")
        below = tuple(self._table.allocate(resolved, key, prefix, names, module, side))
        return TypesPlan(
            module=module,
            side=side,
            title=title,
            classes=below,
            aliases=(AliasPlan(symbol, key, resolved),),
            exports=(symbol.name,),
        )


def _stream_name(method: PlacedMethod, resource: Resource) -> str:
    """Name the second method of an operation that answers whole or as a stream, where no other one has that name."""
    others = [*(m.name for m in resource.methods), *(i.name for i in resource.iterators)]
    names = Names((*others, *(child.path[-1] for child in resource.children)))
    return names.claim(f"{method.name}_stream", f"stream_{method.name.strip('_')}")


def _body_schema(media: Media) -> Schema:
    if media.kind == "binary" or media.schema is None:
        shape = StringShape() if media.kind in ("binary", "text") else AnyShape()
        return Schema(shape=shape, pointer=media.pointer)
    if media.kind == "text":
        return replace(media.schema, shape=StringShape())
    if media.kind == "json-lines":
        return Schema(shape=ArrayShape(media.schema), pointer=media.pointer)
    return media.schema


def _described(parameter: Parameter) -> Schema:
    """Give the schema of a parameter with what the parameter says about itself."""
    schema = parameter.schema
    documentation = schema.documentation
    if parameter.description:
        documentation = replace(documentation, description=parameter.description)
    if parameter.examples:
        documentation = replace(documentation, examples=parameter.examples)
    return replace(schema, documentation=documentation, deprecated=schema.deprecated or parameter.deprecated)


def _part_notes(media: Media, name: str) -> tuple[str, ...]:
    """Name the headers that a part of a multipart body should have: only a file can bring them."""
    headers = [header for part in media.encoding if part.wire_name == name for header in part.headers]
    if not headers or media.kind != "multipart":
        return ()
    return (f"Headers of the part, for a file `(name, content, type, headers)`: {', '.join(headers)}.",)


_PRECEDENCE = ("path", "query", "value", "body", "header", "cookie")


def _argument_names(arguments: list[ArgumentPlan], names: Names) -> list[str]:
    """Name arguments; of two with one name the one further down in the request gets its place in front.

    In one place, a wire name that is good as it is stays as it is, as with the members of an object.
    """
    chosen: dict[int, str] = {}
    places: dict[str, str] = {}

    def precedence(index: int) -> tuple[int, bool]:
        argument = arguments[index]
        return _PRECEDENCE.index(argument.location), snake(argument.wire_name) != argument.wire_name

    for index in sorted(range(len(arguments)), key=precedence):
        argument = arguments[index]
        name = snake(argument.wire_name)
        place = "body" if argument.location == "value" else argument.location
        wishes = [name]
        if _is_option(name):
            wishes.append(f"{name}_")
        elif places.get(name, place) != place:
            wishes.append(f"{place}_{name.strip('_')}")
        chosen[index] = names.claim(*wishes)
        places[chosen[index]] = place
    return [chosen[index] for index in range(len(arguments))]


def _is_option(name: str) -> bool:
    return name == "self" or name in OPTION_NAMES


def _positional(arguments: tuple[ArgumentPlan, ...], operation: Operation) -> str | None:
    """Name the one argument that is positional: the last parameter in the path."""
    in_path = [argument for argument in arguments if argument.location == "path"]
    if not in_path:
        return None
    return max(in_path, key=lambda argument: operation.path.rfind("{" + argument.wire_name + "}")).name
