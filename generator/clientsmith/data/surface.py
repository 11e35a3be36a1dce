"""The surface of a client: what it offers, in no language. `design` makes it from the `Api` and the settings.

All names are chosen here: resources, methods, arguments, members, types, modules. Types are values. A target spells
them; none of them compares or looks up names that it has spelled.

Equality leaves out where things stand in the document: two surfaces are equal if they offer the same. Places count only
as the identity of a type (`TypeId`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from .api import Media, MediaKind, Operation
from .base_classes import Bases
from .client import Client
from .event_types import EventType
from .media import are_bytes, named_types, takes_content_type
from .report import Report
from .schemas import Documentation
from .settings import PagingSettings
from .types import Ref, Side, TypeExpr, TypeId

# --- declared types --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Flags:
    """What holds for a member or an argument beside its type."""

    read_only: bool = False
    write_only: bool = False
    deprecated: bool = False
    secret: bool = False
    """Never displayed in a repr."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of a model."""

    name: str
    wire_name: str
    type: TypeExpr
    required: bool
    documentation: Documentation = field(default_factory=Documentation)
    flags: Flags = field(default_factory=Flags)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """An object with known members."""

    id: TypeId
    name: str
    module: str
    """Dotted path in the client: `types.pet`."""
    members: tuple[Member, ...]
    """Required ones first, then in the order of the document. Each side has only those that it sends or reads."""
    additional: TypeExpr | None = None
    """The type of further members, where the document gives one."""
    additional_name: str = "additional_properties"
    """The name of the member that holds those, distinct from the others."""
    documentation: Documentation = field(default_factory=Documentation)
    path: tuple[str, ...] = ()
    """Wire names from the main type of the module to this one; empty for the main type itself."""
    variant: int | None = None
    """The number of this variant in the union at that path, where several are models; counts from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A name for a type that is no model."""

    id: TypeId
    name: str
    module: str
    type: TypeExpr
    """Without null: each use has it."""
    documentation: Documentation = field(default_factory=Documentation)


Declared = Model | Alias

ArgumentLocation = Literal["path", "query", "header", "cookie", "body", "value"]
"""`body`: a member of the object that is the body; `value`: the whole body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """What a caller passes to a method."""

    name: str
    wire_name: str
    location: ArgumentLocation
    required: bool
    type: TypeExpr
    """A body that several media types take accepts what each of them takes."""
    description: str | None = None
    """The description of the body, which comes before that of its schema."""
    documentation: Documentation = field(default_factory=Documentation)
    flags: Flags = field(default_factory=Flags)
    notes: tuple[str, ...] = ()
    """Sentences that follow the documentation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The arguments of a call that are passed by name, and those with keys of their own, as one type."""

    name: str
    module: str
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageType:
    """The types of a page, in a sync and an async client: the response, and the items behind it."""

    name: str
    async_name: str
    module: str
    response: Ref
    """The model of the response."""
    items: TypeExpr
    """The type of one item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeModule:
    """Types that stand in one file: a main type with those inside it, or components that refer to each other."""

    name: str
    """Dotted path in the client: `types.pets.pet_create_response`."""
    side: Side
    title: str
    """A sentence that describes the module."""
    models: tuple[Model, ...] = ()
    aliases: tuple[Alias, ...] = ()
    """Each after those that it refers to, except where they go in a circle."""
    exports: tuple[str, ...]
    """Names that the package of the module has, too; the main type is the first one."""
    params: Params | None = None
    page: PageType | None = None


# --- calls -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A media type that a method sends."""

    media: Media
    type: TypeExpr | None
    """None where the method takes undecoded content only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What a call gives for one status."""

    status: str
    kind: MediaKind | None
    """None: no content."""
    content_type: str | None = None
    type: TypeExpr | None = None
    """For streams: the type of one item. None where there is no content."""
    description: str | None = None
    """What the document says of it, where that is more than that the call succeeded."""
    is_typed: bool = False
    """True where the document has a schema for it."""
    unwraps: str | None = None
    """The member of the response that the type is about."""


PagingLocation = Literal["query", "body", "header"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What a call gives where its responses are pages."""

    paging: PagingSettings
    """With the names of parameters as they are sent."""
    sent_in: PagingLocation
    """Where the parameter goes that differs from page to page."""
    items: TypeExpr
    """The type of one item."""
    type: PageType | None
    """None where the response is the list itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One operation as a client offers it."""

    name: str
    rule: str = field(compare=False)
    """What chose the names of resource and method: `settings`, `path: item` ... (docs/names.md)."""
    operation: Operation
    """What goes over the wire, and what the document says of it."""
    arguments: tuple[Argument, ...]
    """In the order of a signature: those of the path, then required ones."""
    positional: str | None
    """The argument that may be passed by position."""
    bodies: tuple[Body, ...]
    """Several where the caller chooses the media type."""
    responses: tuple[Response, ...]
    """Those that the method returns; empty where it gives a stream only."""
    stream: Response | None
    stream_name: str
    """The method that gives the stream: another one than `name` where there are both. If one method gives both, this
    is a name that no method has."""
    flag: Argument | None = None
    """What asks for a stream, where the response comes whole or as one. Two methods send it by
    themselves; it is not among the `arguments` then."""
    is_one_method: bool = False
    """One method gives either, as the caller passes the flag."""
    deprecated: str | None = None
    """What callers should know who still use it."""
    errors: tuple[Response, ...]
    """Decoded responses of calls that fail."""
    params: Params | None
    types: tuple[TypeModule, ...]
    """The modules of the types that are made for this call."""
    pages: Pages | None = None
    """Where the method gives a page instead of the response."""

    @property
    def is_deprecated(self) -> bool:
        """Whether the document or the settings call it so."""
        return self.operation.deprecated or self.deprecated is not None

    @property
    def gives_bytes(self) -> bool:
        """Whether all content of its responses is bytes."""
        return are_bytes(response.kind for response in self.responses)

    @property
    def stream_method(self) -> str:
        """The method that gives the stream."""
        return self.name if self.is_one_method else self.stream_name

    @property
    def takes_content_type(self) -> bool:
        """Whether the caller chooses the media type of the body."""
        return takes_content_type([body.media for body in self.bodies])

    @property
    def named_types(self) -> tuple[str, ...]:
        """The media types of which the name of a file chooses one, where the caller does not."""
        return named_types([body.media for body in self.bodies])


@dataclass(frozen=True, slots=True, kw_only=True)
class PageIterator:
    """A method that gives the items of all pages of a call."""

    name: str
    call: str
    """The name of the method whose pages it goes through, in the same resource."""
    paging: PagingSettings
    """With the names of parameters as they are sent."""
    sent_in: PagingLocation
    """Where the parameter goes that differs from page to page."""
    items: TypeExpr
    """The type of one item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """What reads the events that the API sends. The fields with method names: its methods in the resource."""

    unwrap: str
    unsafe_unwrap: str
    verify: str
    folder: str
    """The package of its types: `types.webhooks`."""
    is_verifying: bool = True
    """Otherwise there is `unwrap` alone, and no secret."""
    body: str = "body"
    secret: str = "secret"
    """What the arguments are called."""
    type: TypeExpr
    """The type of any event."""
    events: tuple[EventType, ...]
    types: tuple[TypeModule, ...]

    @property
    def methods(self) -> tuple[str, ...]:
        """The names of its methods."""
        return (self.unwrap, *((self.unsafe_unwrap, self.verify) if self.is_verifying else ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A group of calls, and the groups below it."""

    path: tuple[str, ...]
    """Empty for the client itself."""
    name: str
    """The name of its class."""
    module: str
    """Dotted path in the client: `resources.pets`."""
    singular: tuple[str, ...]
    """Words for one of it, which begin the names of its types."""
    description: str = ""
    calls: tuple[Call, ...] = ()
    iterators: tuple[PageIterator, ...] = ()
    receiver: Receiver | None = None
    """One resource of a client has it, if the document has webhooks or callbacks."""
    children: tuple[Resource, ...] = ()
    bases: Bases = field(default_factory=Bases)

    @property
    def code(self) -> str:
        """What callers write: `client.pets`."""
        return ".".join(("client", *self.path))

    @property
    def title(self) -> str:
        """What it is called where no code stands: `pets`."""
        return ".".join(self.path) or "client"

    def call(self, name: str) -> Call:
        """Give the call of a name."""
        return next(call for call in self.calls if call.name == name)

    def tree(self) -> Iterator[Resource]:
        """Give this resource and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.tree()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleCall:
    """A call that the README shows because the settings say so."""

    kind: str
    """`request`, `pagination` or `stream`."""
    resource: tuple[str, ...]
    call: str
    arguments: Mapping[str, object]
    """JSON values by the names of arguments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """All that a client offers."""

    package: str
    version: str
    """That of the package."""
    project: str
    """The name of the distribution."""
    file_header: str | None = None
    """Lines of a comment in each module."""
    title: str
    """One line; empty where the document has only blanks."""
    summary: str | None = None
    description: str | None = None
    more: str | None = None
    """A sentence that names the page with more about the API."""
    client: Client
    page_names: tuple[str, ...] = ()
    """What users of another SDK call the pages of each scheme: `CursorPage`."""
    examples: tuple[ExampleCall, ...] = ()
    own: Resource | None = None
    """The methods of the client itself."""
    resources: tuple[Resource, ...]
    """Those at the top, in the order of the settings and then the document."""
    components: tuple[TypeModule, ...]
    """The types that calls share: those of responses, then those of requests only."""
    report: Report = field(repr=False, compare=False)

    def all_resources(self) -> Iterator[Resource]:
        """Give every resource, parents before children; the client itself comes first, if it has methods."""
        for resource in (*((self.own,) if self.own else ()), *self.resources):
            yield from resource.tree()

    def type_modules(self) -> Iterator[TypeModule]:
        """Give every module of types, shared ones first."""
        yield from self.components
        for resource in self.all_resources():
            for call in resource.calls:
                yield from call.types
            if resource.receiver is not None:
                yield from resource.receiver.types

    def declared(self) -> dict[TypeId, Declared]:
        """Give every declared type by its identity."""
        declared: dict[TypeId, Declared] = {}
        for module in self.type_modules():
            declared.update({model.id: model for model in module.models})
            declared.update({alias.id: alias for alias in module.aliases})
        return declared
