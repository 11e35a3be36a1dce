"""What the templates of the pages print: typed text only, every choice made."""

from __future__ import annotations

from dataclasses import dataclass

from ...data.text import Attribute, Html, Url


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link with its words."""

    url: Url
    text: Html
    note: Html | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeItem:
    """An entry of the tree of resources, with those below it."""

    url: Url
    text: Html
    verb: Html | None = None
    is_deprecated: bool = False
    items: tuple[TreeItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is around every page."""

    site: Html
    """The name of the API."""
    title: Html
    url: Url
    """The page itself."""
    description: Attribute
    tree: Html
    breadcrumbs: tuple[Link, ...] = ()
    markdown: Url
    previous: Link | None = None
    next: Link | None = None


@dataclass(frozen=True, slots=True)
class FactText:
    """A label with a value; the value is None where the label says it all."""

    label: Html
    value: Html | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """A field with all that is below it."""

    anchor: Attribute | None
    """None where the field has its anchor at another place."""
    link: Url
    """What the button copies."""
    name: Html
    type: Html
    location: Html | None
    marks: tuple[Html, ...]
    description: Html
    facts: tuple[FactText, ...]
    values: tuple[Html, ...]
    values_label: Html
    members: Html | None
    """The fields below, as they are printed already."""
    members_label: Html


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One of several types below a field, or a named list of values."""

    anchor: Attribute | None
    title: Html
    description: Html
    values: tuple[Html, ...]
    fields: Html


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSection:
    """A type with its members."""

    anchor: Attribute | None
    """None where another page describes it."""
    name: Html
    has_title: bool = True
    is_model: bool
    spelled: Html
    description: Html
    values: tuple[Html, ...]
    fields: Html
    uses: Uses | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """What uses a shared type."""

    label: Html
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherForm:
    """Another method of a call: over all pages, or as a stream."""

    anchor: Attribute
    name: Html
    signature: Html


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodEntry:
    """A method on the page of its resource."""

    anchor: Attribute
    url: Url
    summary: Html
    signature: Html
    verb: Html
    path: Html
    is_deprecated: bool
    also: tuple[OtherForm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingEntry:
    """A method that reads webhooks."""

    anchor: Attribute
    summary: Html
    signature: Html


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEntry:
    """A request that the API sends by itself."""

    anchor: Attribute
    url: Url
    """Where it is listed."""
    name: Html
    label: Attribute
    type: Html
    kind: Html
    route: Html | None
    """How a callback is sent."""
    description: Html
    is_deprecated: bool
    owners: tuple[Link, ...]
    """The methods that a callback belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage:
    """The first page."""

    frame: Frame
    heading: Html
    description: Html
    install: Html
    credentials: tuple[tuple[Html, Html], ...]
    server: Html | None
    resources: tuple[ResourceCard, ...]
    types: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceCard:
    """A resource on the first page."""

    url: Url
    name: Html
    description: Html
    methods: tuple[TreeItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourcePage:
    """A resource with its methods and models."""

    frame: Frame
    heading: Html
    path: Html
    description: Html
    methods: tuple[MethodEntry, ...]
    readings: tuple[ReadingEntry, ...]
    """Methods that read webhooks."""
    events: tuple[EventEntry, ...]
    children: tuple[Link, ...]
    models: tuple[ModelSection, ...]
    shared: tuple[Link, ...]
    """Types that its methods use and another page describes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock:
    """An example with its title."""

    title: Html
    name: Attribute
    code: Html


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseSection:
    """What a method gives for one status."""

    status: Html
    type: Html
    media_type: Html | None
    """That of a stream."""
    description: Html
    events: tuple[StreamEventRow, ...]
    models: tuple[ModelSection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamEventRow:
    """A name that what comes in a stream may have."""

    name: Html
    type: Html


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRow:
    """A declared error."""

    status: Html
    exception: Html
    type: Html | None
    description: Html


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodPage:
    """A method."""

    frame: Frame
    heading: Html
    signature: Html
    verb: Html
    path: Html
    warning: Html | None
    """What callers of a deprecated method should know."""
    description: Html
    also: tuple[OtherForm, ...]
    parameters: Html | None
    params_import: Html | None
    returns: Html | None
    responses: tuple[ResponseSection, ...]
    errors: tuple[ErrorRow, ...]
    callbacks: tuple[EventEntry, ...]
    access: tuple[Html, ...]
    """Alternatives to authenticate the call."""
    examples: tuple[CodeBlock, ...]
    response: CodeBlock | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypePage:
    """A type that several resources share."""

    frame: Frame
    model: ModelSection
    uses: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypesPage:
    """The list of shared types."""

    frame: Frame
    heading: Html
    types: tuple[Link, ...]
