"""What the user decides about a client: the settings file, checked and with its defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from .base_classes import Bases
from .document import Position
from .event_rules import EventRuleSettings
from .formats import FormatChoice
from .given import Given
from .limits import Limits
from .oauth2 import OAuth2Settings

Formatter = Literal["black", "ruff", "none"]
QueryObjects = Literal["form", "brackets", "dots"]
RetryPolicy = Literal["safe", "eager"]
QueryArrays = Literal["document", "repeat", "comma", "brackets", "indices"]
FormObjects = Literal["json", "brackets"]
Compatibility = Literal["stainless"]

PYPROJECT = "pyproject.toml"
"""The file that has the settings of tools in tables of theirs."""

MAX_DOCUMENT_SIZE = 256_000_000
"""Bytes that each file of a document may have, unless the settings want it otherwise."""

DEFAULT_INITIALISMS = (
    "AI", "API", "CPU", "CSS", "CSV", "DNS", "HTML", "HTTP", "HTTPS", "ID", "IP", "JSON", "JWT", "PDF", "SDK", "SIP",
    "SMS", "SQL", "SSH", "SSL", "SSO", "TCP", "TLS", "TTL", "UDP", "UI", "URI", "URL", "UTC", "UUID", "VM", "XML",
)  # fmt: skip

INITIALISMS_OF: dict[Compatibility | None, tuple[str, ...]] = {
    None: DEFAULT_INITIALISMS,
    "stainless": (
        "3DS", "ACH", "ACL", "AI", "API", "ATS", "CPU", "CRM", "DB", "DNS", "E2E", "EEOC", "GB", "GPU", "HD", "HRIS",
        "HTML", "HTTP", "HTTPS", "ID", "IP", "ISO", "JSONL", "KB", "KYB", "KYC", "LFS", "MB", "MP3", "MP4", "NFT",
        "SAML", "SDK", "SKU", "SMS", "SS", "SSH", "SSO", "URL",
    ),
}  # fmt: skip
"""The initialisms that names have without any setting, by the SDKs that a client is compatible with."""


def freeze(settings: object, *names: str) -> None:
    """Make mappings of frozen data read-only."""
    for name in names:
        object.__setattr__(settings, name, MappingProxyType(dict(getattr(settings, name))))


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialSettings:
    """`[security.SCHEME]`: the constructor argument and the environment variable of a credential."""

    argument: str | None = None
    env: str | None = None
    password_argument: str | None = None
    """Basic authentication has two: `argument` / `env` are the user name's."""
    password_env: str | None = None
    required: bool = False
    """The constructor asks for it, instead of the first call that needs it."""
    oauth2: OAuth2Settings = field(default_factory=OAuth2Settings)
    position: Position = field(compare=False)
    positions: Mapping[str, Position] = field(default_factory=dict, compare=False)
    """Where each key stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientArgumentSettings:
    """`[client.arguments.NAME]`: an argument of the constructor that goes out with every request, or an attribute."""

    name: str
    header: str | None = None
    query: str | None = None
    """It has one of the two, or is only an attribute of the client."""
    env: str | None = None
    default: str | None = None
    required: bool = False
    description: str | None = None
    position: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleSettings:
    """`[readme.examples.KIND]`: a call that the README shows."""

    kind: str
    operation: str
    arguments: Mapping[str, object] = field(default_factory=dict)
    position: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSettings:
    """The part of `[client]` that says how requests are sent. None: the runtime's own default."""

    idempotency_header: str | None = None
    retry: RetryPolicy = "safe"
    max_retries: int = 2
    timeout: float | None = None
    """Seconds that each attempt may take."""
    headers: Mapping[str, str] = field(default_factory=dict)
    max_response_size: int | None = None
    """Bytes that a body read as a whole may have; megabytes in the settings file."""

    def __post_init__(self) -> None:
        freeze(self, "headers")


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodSettings:
    """`[resources.X.methods]`: a method's name and the operation it calls."""

    name: str
    operation: str
    """An operationId, or verb and path: `GET /pets/{id}`."""
    body: str | None = None
    """The one argument that takes the whole body, instead of one for each member."""
    stream: str | None = None
    """The flag of the request that asks for a stream: the method has it, and gives either of two results."""
    unwrap: str | Literal[False] | None = None
    """The member of a response that the method returns; False where the client's `unwrap` does not hold."""
    deprecated: str | None = None
    """What callers should know who still use it."""
    paging: str | Literal[False] | None = None
    """The scheme of its pages; False: it gives none, whatever scheme it fits; None: the first that it fits."""
    position: Position = field(compare=False)
    positions: Mapping[str, Position] = field(default_factory=dict, compare=False)
    """Where each key stands, if there are several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """An entry of `[resources.X.models]` or `[shared.models]`: a class and the schema that it is made for."""

    name: str
    component: str
    """The name of a component schema."""
    folder: tuple[str, ...] = ()
    """The steps below `types/` to the module of the class."""
    position: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PagingSettings:
    """`[paging.NAME]`: how the next page is found."""

    name: str
    items: str = ""
    """Where the items are in a response: property names joined by dots; empty where the response is the list.

    A dot inside a name is written `\\.`; where the document has such a name, the `\\` may be left out.
    """
    page: str | None = None
    """The parameter that counts pages, from `first_page`. It is in the query, the body or a header; `query:`,
    `body:` or `header:` before the name chooses one of these."""
    first_page: int = 1
    first_offset: int = 0
    offset: str | None = None
    """The parameter that counts items."""
    cursor: str | None = None
    """The parameter that takes what is at `next_cursor` in the response, or at `last_item` in its last item."""
    next_cursor: str | None = None
    """This and the places below may be headers of the response: `header:X-Next`."""
    last_item: str | None = None
    """Where an item has what is the cursor of the page behind it: `id`."""
    next_link: str | None = None
    """Where the response holds the URL of the next page; `header:Link` is read as RFC 8288 says."""
    total: str | None = None
    """Where the response holds the number of all items: ends the walk without a last empty page."""
    pages: str | None = None
    """Where the response holds the number of pages."""
    has_more: str | None = None
    """Where the response has a flag that is false on the last page."""
    stop_status: int | None = None
    """The status that a server responds with behind the last page: 404."""
    requires: tuple[str, ...] = ()
    """Further parameters that an operation must have to fit the scheme by its shape."""
    position: Position = field(compare=False)
    positions: Mapping[str, Position] = field(default_factory=dict, compare=False)
    """Where each key stands."""

    def __post_init__(self) -> None:
        freeze(self, "positions")

    @property
    def parameter(self) -> str | None:
        """The parameter that differs from page to page; None where links lead on."""
        return self.page or self.offset or self.cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class IteratorSettings(PagingSettings):
    """`[resources.X.iterators.NAME]`: a method that walks over the pages of another one, by a scheme of its own."""

    method: str
    """The paged method of the same resource."""


PAGING_PARAMETERS = ("page", "offset", "cursor")
PAGING_PLACES = ("next_cursor", "last_item", "next_link", "total", "pages", "has_more")
PAGING_NAMES = (*PAGING_PARAMETERS, *PAGING_PLACES)
"""Keys of a scheme that name something in the document, beside `items`."""


RESOURCE_KEYS = (
    "singular", "description", "methods", "iterators", "models", "own_types", "deprecated", "base", "async_base",
)  # fmt: skip
"""Keys of a resource that are no names of resources below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceSettings:
    """`[resources.A.B]`: one resource, its methods, its children."""

    path: tuple[str, ...]
    """Empty for the client itself: `[client.methods]`."""
    singular: str | None = None
    """The class name of one of it, for `MeetingCreateResponse`; default: the English singular."""
    description: str | None = None
    """What its documentation says; default: what the document says of the tag of that name."""
    methods: tuple[MethodSettings, ...] = ()
    iterators: tuple[IteratorSettings, ...] = ()
    models: tuple[ModelSettings, ...] = ()
    has_own_types: bool = False
    """Its types are in a folder of their own, instead of one with those of the resources beside it."""
    deprecated: str | None = None
    """What callers of all its methods should know."""
    bases: Bases = field(default_factory=Bases)
    position: Position = field(compare=False)

    @property
    def types_folder(self) -> tuple[str, ...]:
        """The steps below `types/` to the types of its methods."""
        return self.path if self.has_own_types else self.path[:-1]


@dataclass(frozen=True, slots=True)
class PatternSettings:
    """An entry of `include` or `exclude`."""

    text: str
    position: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectSettings:
    """`[select]`: which operations the client has; see `data.selection`."""

    include: tuple[PatternSettings, ...] = ()
    """Empty: all."""
    exclude: tuple[PatternSettings, ...] = ()
    only_named: bool = False
    """Only operations that are methods of a resource in the settings."""
    position: Position | None = field(default=None, compare=False)

    @property
    def is_active(self) -> bool:
        """Whether an operation may be left out."""
        return bool(self.include or self.exclude or self.only_named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a user can choose. Without a settings file: the defaults."""

    file: str | None = None
    """Name of the settings file as the user gave it; None without a settings file."""
    spec: Path
    given: Given | None = None
    """The document, where it is in no file; `spec` is what it would be called."""
    output: Path
    """The package's own folder; its last part is the package's name."""
    overlays: tuple[Path, ...] = ()
    """OpenAPI Overlay documents that change the spec, in this order."""
    reference_output: Path | None = None
    """The folder of the reference's pages."""
    reference_pages: bool = True
    """The package has pages of its reference, which `api.md` links to."""
    formatter: Formatter = "black"
    strict: bool = False
    """Warnings count as errors."""
    allow_skips: bool | tuple[str, ...] = False
    """True, or the codes and pointers (`#/paths/...`) whose gaps are accepted."""
    allow_external: bool = False
    """References to files outside the document's folder are read. Never over the network."""
    max_document_size: int = MAX_DOCUMENT_SIZE
    """Bytes that each file of the document may have; megabytes in the settings file."""

    package_version: str = "0.1.0"
    package_metadata: bool = False
    """The folder has a `pyproject.toml` with which it is a distribution."""
    package_license: str | None = None
    """An SPDX expression; default: that of the document."""
    core: str | None = None
    """The dotted name of the runtime that this client shares with others; None: it has its own."""
    project: str | None = None
    """The distribution's name, for the README; default: the package with dashes."""
    file_header: str | None = None
    """Lines of a comment in each module, behind the one that says what generated it."""
    examples: tuple[ExampleSettings, ...] = ()
    compatibility: Compatibility | None = None

    client_name: str | None = None
    client_bases: Bases = field(default_factory=Bases)
    error_name: str | None = None
    base_url: str | None = None
    base_url_env: str | None = None
    environments: Mapping[str, str] = field(default_factory=dict)
    """URLs of servers by the names that callers choose them by; the first one is the default."""
    query_objects: QueryObjects = "form"
    query_arrays: QueryArrays = "document"
    form_objects: FormObjects = "json"
    """How a multipart body has objects and lists of objects: one JSON text, or a part for each value in them."""
    unwrap: tuple[str, ...] = ()
    """Members of responses that methods return, instead of the objects around them."""
    flat_bodies: bool = False
    """Members are arguments also where a body may be null, or one of several objects."""
    arguments: tuple[ClientArgumentSettings, ...] = ()
    requests: RequestSettings = field(default_factory=RequestSettings)

    event_rules: tuple[EventRuleSettings, ...] = ()
    """The first that an event fits counts; one that fits none is left out. No rules: all events are given."""
    security: Mapping[str, CredentialSettings] = field(default_factory=dict)
    webhook_secret_argument: str | None = None
    """The constructor's argument for the secret that webhooks are signed with; default: `webhook_secret`."""
    webhook_secret_env: str | None = None
    webhook_resource: tuple[str, ...] | None = None
    """The resource with the methods that read webhooks; default: `webhooks`."""
    webhook_unwrap: str | None = None
    """The name of the method that gives the event of a webhook."""
    webhook_verify: bool = True
    """Signatures are verified: otherwise there is no secret, and that method alone."""
    initialisms: tuple[str, ...] = DEFAULT_INITIALISMS
    casings: Mapping[str, str] = field(default_factory=dict)
    """How class names write a term: `lumaai` as `LumaAI`."""
    inline_components: tuple[str, ...] = ()
    """Names of components that have no class of their own; `*` for all, then `!Name` for one that has."""
    keep_components: bool | tuple[str, ...] = False
    """True, or the names of components that are generated though no operation reaches them."""
    sort_members: bool = False
    """Members and arguments are in the order of their names, instead of that of the document."""
    alias_responses: bool = False
    """Responses that are lists, maps or single values have a name of their own, as objects and unions have."""
    select: SelectSettings = field(default_factory=SelectSettings)
    paging: tuple[PagingSettings, ...] = ()
    """Schemes, the first that an operation fits counts."""
    resources: tuple[ResourceSettings, ...] = ()
    shared_models: tuple[ModelSettings, ...] = ()
    """Classes of `types/shared`."""
    limits: Limits = field(default_factory=Limits)
    formats: Mapping[str, FormatChoice] = field(default_factory=dict)
    """Formats of strings that are native values on both sides, or text on both; the others are as in their table."""

    templates: Path | None = None
    """The folder of the user's own templates."""
    templates_position: Position | None = field(default=None, compare=False)
    edits_limit: int | None = None
    """Lines that the patches of the client may add and remove together."""

    edits_limit_position: Position | None = field(default=None, compare=False)
    allow_skips_position: Position | None = field(default=None, compare=False)
    inline_components_position: Position | None = field(default=None, compare=False)
    keep_components_position: Position | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        freeze(self, "security", "formats")

    @property
    def models(self) -> tuple[ModelSettings, ...]:
        """Every class that the settings name, those of resources first."""
        return (*(model for resource in self.resources for model in resource.models), *self.shared_models)

    @property
    def edits(self) -> Path:
        """The folder of the patches: beside the settings file, or beside the document if there is no such file.

        Several clients may have their settings in one `pyproject.toml`, so there it has the name of the package.
        """
        source = self.spec if self.file is None else Path(self.file)
        stem = self.output.name if source.name == PYPROJECT else source.stem
        return source.parent / f"{stem}.edits"
