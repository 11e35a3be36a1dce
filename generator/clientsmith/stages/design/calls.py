"""Calls: what each operation takes and gives, with the types that are made for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ...data.api import Media, Operation
from ...data.api import Response as ApiResponse
from ...data.issues import Issue
from ...data.media import MEDIA_USES, is_stream
from ...data.schemas import Schema
from ...data.settings import Settings
from ...data.surface import Call, Pages, PageType, Params, Response, TypeModule
from ...data.types import ANY, TypeExpr
from .arguments import BodyChoice, Draft, drafts, is_void, positional, typed, typed_bodies, with_key
from .choices import Choices
from .components import TypeName
from .definitions import Definitions
from .descriptions import description_of
from .folders import Folders, needs_module, own_module
from .media import chosen_bodies, chosen_responses, is_success
from .names import identity
from .naming import Names, types_of, words
from .paging.lookup import FoundPaging
from .paging.types import item_type, model_of
from .placement import PlacedMethod, PlacedResource
from .types import ModuleTypes, Types, Use

_TITLES = {"response": "Response", "error": "Error", "event": "Event"}


class CallDesigner:
    """Designs calls one after the other; the names of files and exported types are shared by all."""

    def __init__(self, types: Types, folders: Folders, paged: Mapping[str, FoundPaging], settings: Settings) -> None:
        self._types = types
        self._folders = folders
        self._paged = paged
        self._settings = settings
        self.issues: list[Issue] = []
        """What is wrong with the settings of methods."""

    def design(self, resource: PlacedResource, method: PlacedMethod) -> Call:
        """Choose arguments, responses and types of one method."""
        operation = method.operation
        is_paged = identity(operation) in self._paged
        choices = Choices(self._settings, method.settings, self._types.definitions, is_paged=is_paged)
        place = _Place(
            folder=types_of(resource.types_path),
            stem=(*resource.singular, *words(method.name)),
            name=".".join((*resource.path, method.name)),
        )
        chosen = chosen_bodies(operation.request_body, self._types.definitions)
        bodies = tuple(media for media in chosen if not is_void(media, self._types.definitions))
        params = self._folders.claim(place.folder, (*place.stem, "params"))
        choice = BodyChoice(name=choices.body, is_flat=self._settings.flat_bodies)
        key = self._settings.requests.idempotency_header if self._settings.compatibility else None
        found = with_key(drafts(operation, bodies, self._types, choice), operation, key)
        responses, modules = self._responses(operation, place, choices)
        call = self._with_arguments(
            _without_arguments(operation, method, resource, responses), found, bodies, place, params
        )
        call = _with_flag(call, choices.flag(found, operation), method)
        choices.check_body(operation)
        choices.check_unwrapped(operation, any(response.unwraps for response in call.responses))
        self.issues += choices.issues
        pages = self._pages(operation, call, place)
        modules += [_page_module(pages.type, place)] if pages is not None and pages.type is not None else []
        deprecated = choices.deprecated or resource.deprecated
        return replace(call, deprecated=deprecated, types=(*call.types, *modules), pages=pages)

    def _pages(self, operation: Operation, call: Call, place: _Place) -> Pages | None:
        """Describe the pages of a call, and name their types where the response is no list."""
        paging = self._paged.get(identity(operation))
        if paging is None:
            return None
        (response,) = call.responses
        model = model_of(response.type, self._types.declared)
        items = item_type(paging.settings.items, [response.type], self._types.declared)
        made = None
        if model is not None:
            module, name = self._folders.claim(place.folder, (*place.stem, "page"))
            async_name = self._folders.exports(place.folder).claim(f"Async{name}", separator="")
            made = PageType(name=name, async_name=async_name, module=module, response=model, items=items)
        return Pages(paging=paging.settings, sent_in=paging.sent_in, items=items, type=made)

    # --- arguments ---------------------------------------------------------------------------------------------------

    def _with_arguments(
        self, call: Call, found: tuple[Draft, ...], media: tuple[Media, ...], place: _Place, params: TypeName
    ) -> Call:
        """Add arguments, bodies and the module of their types."""
        whole = any(draft.location == "value" for draft in found)
        # Types of whole bodies are exported, because declarations of operations refer to them.
        of_bodies = ModuleTypes(self._types, params.module, "request", self._folders.exports(place.folder))
        bodies = typed_bodies(media, whole, place.stem, of_bodies)
        own = tuple(model.name for model in of_bodies.models)
        made = ModuleTypes(self._types, params.module, "request", Names((params.name, *own)))
        arguments = tuple(typed(draft, bodies, made, self._types.definitions) for draft in found)
        by_position = positional(found, call.operation)
        # One that is passed by position stands there, too, if keys inside it are looked up.
        by_name = tuple(a for a in arguments if a.name != by_position or self._types.has_models(a.type))
        models = (*of_bodies.models, *made.models)
        described = Params(name=params.name, module=params.module, arguments=by_name) if by_name else None
        module = TypeModule(
            name=params.module,
            side="request",
            title=f"Parameters of `{place.name}`.",
            models=models,
            exports=(params.name, *own),
            params=described,
        )
        return replace(
            call,
            arguments=arguments,
            positional=by_position,
            bodies=bodies,
            params=described,
            types=(module,) if described else (),
        )

    # --- responses ---------------------------------------------------------------------------------------------------

    def _responses(
        self, operation: Operation, place: _Place, choices: Choices
    ) -> tuple[list[Response], list[TypeModule]]:
        responses: list[Response] = []
        modules: list[TypeModule] = []
        has_success = False
        known: list[tuple[Schema, TypeExpr]] = []
        chosen = self._choices_of(operation)
        for response, media, success in chosen:
            unwraps, media = choices.unwrapped(media) if success else (None, media)
            twin = _twin(media, known)
            if media is not None and twin is not None:
                responses.append(replace(_undecided(response, media), type=twin, unwraps=unwraps))
                continue
            is_alone = not has_success if success else _is_repeated(media, chosen)
            ending, status = _name_parts(response, media, success, is_alone)
            made, module = self._response(response, media, place, ending, status)
            has_success = has_success or (success and module is not None)
            responses.append(replace(made, unwraps=unwraps))
            modules += [module] if module else []
            if module and media and media.schema and made.type:
                known.append((media.schema, made.type))
        return responses, modules

    def _choices_of(self, operation: Operation) -> tuple[_Choice, ...]:
        """Give the responses with the media that are read; a page is made of what is preferred."""
        chosen = tuple(_chosen(operation, self._types.definitions))
        if identity(operation) not in self._paged:
            return chosen
        preferred = {response.status: (response, media, success) for response, media, success in reversed(chosen)}
        return tuple(reversed(preferred.values()))

    def _response(
        self, response: ApiResponse, media: Media | None, place: _Place, ending: str, status: str
    ) -> tuple[Response, TypeModule | None]:
        if media is None:
            return Response(status=response.status, kind=None), None
        made = _undecided(response, media)
        if (undecoded := MEDIA_USES[media.kind].undecoded) is not None:
            return replace(made, type=undecoded), None
        if media.schema is None:
            return replace(made, type=ANY), None
        if not needs_module(media.schema, self._types):
            nothing = ModuleTypes(self._types, "", "response", Names())
            use = Use(root=media.schema.pointer, files=media.kind == "parts")
            return replace(made, type=nothing.expression(media.schema, use)), None
        name = self._folders.claim(place.folder, (*place.stem, ending), status)
        title = f"{_TITLES[ending]} of `{place.name}`."
        expression, module = own_module(media.schema, name, title, self._types, files=media.kind == "parts")
        return replace(made, type=expression), module


def _with_flag(call: Call, flag: Draft | None, method: PlacedMethod) -> Call:
    """Take the argument that asks for a stream from a call with two methods; the settings may join them."""
    if flag is None or call.stream is None or not call.responses:
        return call
    argument = next(each for each in call.arguments if each.name == flag.name)
    if method.settings is not None and method.settings.stream is not None:
        return replace(call, flag=argument, is_one_method=True)
    others = tuple(each for each in call.arguments if each is not argument)
    params = call.params
    if params is not None:
        params = replace(params, arguments=tuple(each for each in params.arguments if each.name != flag.name))
    modules = tuple(replace(module, params=params) if module.params else module for module in call.types)
    return replace(call, flag=argument, arguments=others, params=params, types=modules)


def _page_module(page: PageType, place: _Place) -> TypeModule:
    """Make the module of the types of a page."""
    return TypeModule(
        name=page.module,
        side="response",
        title=f"Pages of `{place.name}`.",
        exports=(page.name, page.async_name),
        page=page,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the types of a call go, and what their names begin with."""

    folder: str
    stem: tuple[str, ...]
    name: str
    """The call, as a caller writes it."""


_Choice = tuple[ApiResponse, Media | None, bool]
"""A response, what is read of it, and whether the call succeeds with it."""


def _chosen(operation: Operation, definitions: Definitions) -> Iterator[_Choice]:
    """Give the media that are decoded of each response, and whether the call succeeds with it."""
    for response in operation.responses:
        success = is_success(response.status, operation)
        for media in chosen_responses(response, operation, definitions, success=success):
            yield response, media, success


def _name_parts(response: ApiResponse, media: Media | None, success: bool, is_alone: bool) -> tuple[str, str]:
    """Choose the ending and the status in the name of a type; one that stands alone has no status."""
    if media is not None and is_stream(media.kind):
        return "event", ""
    return "response" if success else "error", "" if is_alone else response.status


def _undecided(response: ApiResponse, media: Media) -> Response:
    """Describe a response whose type is to be chosen."""
    return Response(
        status=response.status,
        kind=media.kind,
        content_type=media.content_type,
        description=description_of(response),
        is_typed=media.schema is not None,
    )


def _twin(media: Media | None, known: Iterable[tuple[Schema, TypeExpr]]) -> TypeExpr | None:
    """Find the type of another status with an equal schema."""
    if media is None or media.schema is None or MEDIA_USES[media.kind].undecoded is not None:
        return None
    return next((made for schema, made in known if _are_equal(schema, media.schema)), None)


def _is_repeated(media: Media | None, chosen: Iterable[_Choice]) -> bool:
    """Report whether several statuses have the schema of a response: none of them gives its type a name."""
    schemas = [other.schema for _, other, _ in chosen if other is not None and other.schema is not None]
    if media is None or media.schema is None:
        return False
    return sum(_are_equal(media.schema, schema) for schema in schemas) > 1


def _are_equal(one: Schema, other: Schema) -> bool:
    """Report whether two schemas give the same type, whatever their words are."""
    return one.nullable == other.nullable and one.shape == other.shape


def _without_arguments(
    operation: Operation, method: PlacedMethod, resource: PlacedResource, responses: Sequence[Response]
) -> Call:
    """Sort responses into those that are returned, streamed and raised."""
    success = [response for response in responses if is_success(response.status, operation)]
    streams = [response for response in success if is_stream(response.kind)]
    plain = tuple(response for response in success if response not in streams)
    return Call(
        name=method.name,
        rule=method.rule,
        operation=operation,
        arguments=(),
        positional=None,
        bodies=(),
        responses=plain,
        stream=streams[0] if streams else None,
        stream_name=_stream_name(method, resource) if plain else method.name,
        errors=tuple(r for r in responses if not is_success(r.status, operation) and r.kind == "json"),
        params=None,
        types=(),
    )


def _stream_name(method: PlacedMethod, resource: PlacedResource) -> str:
    """Name the second method of an operation that responds whole or as a stream, where no other one has that name."""
    others = [*(m.name for m in resource.methods), *(i.name for i in resource.iterators)]
    names = Names((*others, *(child.path[-1] for child in resource.children)))
    return names.claim(f"{method.name}_stream", f"stream_{method.name.strip('_')}")
