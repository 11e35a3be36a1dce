"""The plan of a generated package: every file, with each name, import and type text chosen. Templates only print it.

All text is of the types of `text`, so nothing of a document gets here but through an encoder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...data.text import Code, Comment, Docstring, Identifier, ModulePath
from .package_bases import ClassBases
from .package_files import DistributionFile
from .package_readme import Readme
from .package_receiver import Receiver
from .package_wrappers import WrapperLinks


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """`from module import name, name as other`."""

    module: ModulePath
    names: tuple[Code, ...]
    starts_group: bool = False
    """True for the first import of the package's own after those of the standard library."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a model, or a key of a TypedDict."""

    name: Identifier
    type: Code
    """With `Required[...]` and the like."""
    default: Code | None = None
    """The text after `=`: `None`, or a call of `field`."""
    docstring: Docstring | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelClass:
    """A dataclass."""

    name: Identifier
    docstring: Docstring
    fields: tuple[Field, ...]
    core: ModelNames


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelNames:
    """What a module calls the runtime's `Model` and `dataclass`."""

    model: Code
    dataclass: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedDictClass:
    """A request type. `functional` classes have keys that no class body can hold."""

    name: Identifier
    docstring: Docstring
    fields: tuple[Field, ...]
    base: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A named type that is no class."""

    name: Identifier
    value: Code
    annotation: Code
    docstring: Docstring


@dataclass(frozen=True, slots=True, kw_only=True)
class PageClass:
    """A response with what fetches the page behind it."""

    name: Identifier
    docstring: Docstring
    bases: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypesModule:
    """A file below `types/`: models and aliases, or request types."""

    path: str
    lint: Comment | None
    """Rules of linters that do not hold for the module."""
    docstring: Docstring
    imports: tuple[Import, ...]
    exports: tuple[Code, ...]
    """String literals for `__all__`."""
    models: tuple[ModelClass, ...] = ()
    typed_dicts: tuple[TypedDictClass, ...] = ()
    aliases: tuple[Alias, ...] = ()
    pages: tuple[PageClass, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A name that a package imports on first use."""

    name: Identifier
    module: ModulePath
    """Relative: `.meeting_create_response`."""
    literal: Code
    module_literal: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class LazyPackage:
    """An `__init__.py` below `types/` or `resources/`: what it has is imported on first use."""

    path: str
    docstring: Docstring
    core: ModulePath
    imports: tuple[Import, ...]
    """The same names for type checkers."""
    exports: tuple[Export, ...]
    packages: tuple[Export, ...]
    names: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """A parameter of a method."""

    name: Identifier
    type: Code
    default: Code | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A member of a mapping in a call: the wire name and the argument that gives its value."""

    key: Code
    value: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A keyword argument of a call that is a mapping of wire names: `path={...}`."""

    name: Identifier
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """A keyword argument of a call."""

    name: Identifier
    value: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationConstant:
    """The declaration that the sync and the async method share."""

    name: Identifier
    type: Code
    verb: Code
    path: Code
    keywords: tuple[Keyword, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overload:
    """A signature of a method for one value of its flag."""

    positional: tuple[Argument, ...]
    keyword: tuple[Argument, ...]
    returns: Code
    async_returns: Code


@dataclass(frozen=True, slots=True)
class RuntimeCall:
    """What a method needs that a function of the runtime calls its operation for."""

    function: Code
    async_function: Code
    more: tuple[Code, ...] = ()
    """What the function takes behind the client and the operation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method, in its sync and its async form."""

    name: Identifier
    operation: Identifier
    positional: tuple[Argument, ...]
    keyword: tuple[Argument, ...]
    returns: Code
    async_returns: Code
    docstring: Docstring
    async_docstring: Docstring
    groups: tuple[Group, ...]
    values: tuple[Keyword, ...]
    """Keyword arguments of the call that are no mapping: `body=body`."""
    call: Identifier
    """The client's method: `request` or `stream`; that of the paging constant: `iterate` or `first`."""
    paging: Identifier | None = None
    """The constant that says how pages are found, for an iterator and for what gives a page."""
    overloads: tuple[Overload, ...] = ()
    runtime: RuntimeCall | None = None
    """For a method with a flag that asks for a stream, or that gives a response of bytes in the place of an SDK."""
    has_wrappers: bool = True
    """False for iterators: they have no raw and no streaming form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagingConstant:
    """How an iterator walks, or a page finds the next one."""

    name: Identifier
    type: Code
    value: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceLink:
    """A property that gives a child resource."""

    name: Identifier
    cls: Identifier
    async_cls: Identifier
    """What type checkers know the classes by where the property is."""
    module: Code
    """The module of both: `resources.pets`, imported on first use."""
    imported: Identifier
    async_imported: Identifier
    """What the classes are called there."""
    docstring: Docstring


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceModule:
    """A file below `resources/`."""

    path: str
    lint: Comment | None
    docstring: Docstring
    name: Identifier
    async_name: Identifier
    raw_name: Identifier
    async_raw_name: Identifier
    streaming_name: Identifier
    async_streaming_name: Identifier
    bases: ClassBases
    class_docstring: Docstring
    imports: tuple[Import, ...]
    typing_imports: tuple[Import, ...]
    exports: tuple[Code, ...]
    local: Mapping[str, Code]
    """What this module calls the names of the runtime: `Operation`, `omit`, ..."""
    children: tuple[ResourceLink, ...]
    wrapped: WrapperLinks
    """What is below in wrappers, too: users of SDKs reach it that way."""
    operations: tuple[OperationConstant, ...]
    pagings: tuple[PagingConstant, ...]
    methods: tuple[Method, ...]
    receiver: Receiver | None
    has_wrappers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialArgument:
    """A credential of the constructor."""

    name: Identifier
    key: Code
    type: Code
    """What it may be, in the one client or in the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableArgument:
    """An argument for servers: a variable, the URL of a server of operations, or the name of an environment."""

    name: Identifier
    key: Code
    type: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientArgument:
    """An argument of the constructor that goes out with every request."""

    name: Identifier
    key: Code
    declared: Code
    """The arguments of its declaration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientOption:
    """An option of the constructor, of a copy with other options, or of both."""

    name: Identifier
    type: Code | None
    default: Code | None
    """Both None where the constructor does not have it."""
    copy_type: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientModule:
    """`_client.py`."""

    name: Identifier
    async_name: Identifier
    docstring: Docstring
    async_docstring: Docstring
    init_docstring: Docstring
    bases: ClassBases
    options: tuple[ClientOption, ...]
    async_options: tuple[ClientOption, ...]
    """They differ in the type of `http_client`."""
    exports: tuple[Code, ...]
    config: tuple[Keyword, ...]
    credentials: tuple[CredentialArgument, ...]
    async_credentials: tuple[CredentialArgument, ...]
    """They differ in their types."""
    webhook_secret: Identifier | None
    """The argument for the secret of webhooks."""
    variables: tuple[VariableArgument, ...]
    arguments: tuple[ClientArgument, ...] = ()
    environment: VariableArgument | None
    resources: tuple[ResourceLink, ...]
    imports: tuple[Import, ...]
    typing_imports: tuple[Import, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasModule:
    """A module that has what others define, under names of its own."""

    path: str
    docstring: Docstring
    imports: tuple[Import, ...]
    exports: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A whole client."""

    name: Identifier
    version: Code
    aliases: tuple[AliasModule, ...] = ()
    """Modules for code that was written for another SDK."""
    file_header: tuple[Comment, ...] = ()
    """Comments in each module, behind its first line."""
    error_name: Identifier
    exports: tuple[Code, ...]
    public: tuple[Export, ...]
    """Names of the runtime that the package exports."""
    public_imports: tuple[Import, ...]
    docstring: Docstring
    client: ClientModule
    client_imports: tuple[Import, ...]
    resources: tuple[ResourceModule, ...]
    types: tuple[TypesModule, ...]
    types_packages: tuple[LazyPackage, ...]
    resources_packages: tuple[LazyPackage, ...]
    readme: Readme
    core: ModulePath
    """Where the runtime is: `._core`, or a package that several clients share."""
    is_sharing: bool = False
    distribution: DistributionFile | None
