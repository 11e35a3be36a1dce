"""What a model is declared with: base class, decorator, fields and marks in annotations.

A model has one slot a field. A slot that is empty is a field that was absent; reading it gives the
default (None), so that absent and null are told apart without a second copy of the data, and
decoding stores only what was sent.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping
from reprlib import recursive_repr
from types import MappingProxyType, MethodType
from typing import (
    TYPE_CHECKING,
    Any,
    Final,
    NamedTuple,
    Self,
    TypeVar,
    cast,
    dataclass_transform,
)

from .omit import omit

if TYPE_CHECKING:
    from dataclasses import Field
    from types import FrameType
    from typing import ClassVar

_M = TypeVar("_M")


class WireName(NamedTuple):
    """Give the name on the wire of a TypedDict key: ``Annotated[str, WireName("user_Id")]``."""

    name: str


class Discriminator(NamedTuple):
    """Say which property names the class: ``Discriminator("petType", {"cat": Cat})``."""

    property_name: str
    mapping: Mapping[str, object]

    def __hash__(self) -> int:
        return hash((self.property_name, *self.mapping))


class Declaration(NamedTuple):
    """What a class body says about one field, beside its type."""

    default: Any = omit
    default_factory: Callable[[], Any] | None = None
    wire_name: str | None = None
    secret: bool = False
    additional: bool = False
    required: bool = False

    def on_the_wire(self, name: str) -> str:
        """Give the name in JSON of the field of this name; it may be empty."""
        return name if self.wire_name is None else self.wire_name


def field(
    *,
    default: Any = omit,
    default_factory: Callable[[], Any] | None = None,
    wire_name: str | None = None,
    secret: bool = False,
    additional: bool = False,
    required: bool = False,
) -> Any:
    """Declare a field whose default is not all there is to say.

    Args:
        required: It is always sent, be it as null, although the constructor has a default.
        wire_name: Its name in JSON, where that is another one.
        secret: Leave the value out of `repr`.
        additional: Collect in this mapping every key that no other field has.
    """
    factory = dict if additional else default_factory
    required = required or (default is omit and factory is None)
    return Declaration(default, factory, wire_name, secret, additional, required)


_REQUIRED: Final = Declaration(required=True)
_OPTIONAL: Final = Declaration(None)


def _declaration(default: object) -> Declaration:
    if default is None:
        return _OPTIONAL
    if isinstance(default, Declaration):
        return default
    return _REQUIRED if default is omit else Declaration(default)


@dataclass_transform(kw_only_default=True, field_specifiers=(field,))
def dataclass(cls: type[_M]) -> type[_M]:
    """Mark a `Model` as a dataclass.

    The class has its slots already. What the standard decorator adds is made when it is first
    looked up, which most models never see: it takes longer than all else in importing them.
    """
    return cls


class _Deferred:
    """An attribute that the standard dataclass machinery makes, once somebody looks it up."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: object, owner: type[Model]) -> Any:
        for cls in owner.__mro__:
            if cls.__dict__.get(self.name) is self:  # another thread may be quicker
                _complete(cast("type[Model]", cls))
        found = getattr(owner if instance is None else instance, self.name)
        # inspect.signature looks the constructor up in the metaclass, and binds it to the class.
        is_bound = isinstance(instance, ModelType) and callable(found)
        return MethodType(found, instance) if is_bound else found


_DEFERRED: Final = {
    name: _Deferred(name)
    for name in (
        "__dataclass_fields__",
        "__dataclass_params__",
        "__match_args__",
        "__init__",
    )
}
_COMPLETING: Final = threading.RLock()


class ModelType(type):
    """The type of models: makes a slot of each annotated name, and keeps what is declared."""

    __fields__: dict[str, Declaration]

    def __new__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]
    ) -> ModelType:
        if "__annotate__" in namespace or "__annotate_func__" in namespace:
            raise TypeError(
                f"the module of {name} needs `from __future__ import annotations`"
            )
        annotated = namespace.get("__annotations__", ())
        own = {n: _declaration(namespace.pop(n, omit)) for n in annotated}
        namespace.setdefault("__slots__", tuple(own))
        fields: dict[str, Declaration] = {}
        for base in reversed(bases):
            fields |= getattr(base, "__fields__", {})
        namespace["__fields__"] = fields | own
        namespace |= _DEFERRED if bases else {}
        return super().__new__(cls, name, bases, namespace)


class Model(metaclass=ModelType):
    """The base of all models: a dataclass with keyword-only fields, made from JSON and back.

    A field that was absent reads as its default (None). `is_set` tells it from one that was null:
    received as null, passed as None to the constructor, or assigned None.
    """

    __slots__ = ("__unknown__",)

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
        __fields__: ClassVar[dict[str, Declaration]]
        __unknown__: dict[str, object] | None
    else:

        def __getattr__(self, name: str) -> object:
            """Return the default of a field whose slot is empty."""
            declaration = type(self).__fields__.get(name)
            if declaration is None:
                if name == "__unknown__":
                    return None
                raise AttributeError(
                    f"{type(self).__name__!r} object has no attribute {name!r}"
                )
            if declaration.default_factory is not None:
                setattr(self, name, declaration.default_factory())
                return getattr(self, name)
            if _is_replacing(sys._getframe(1)):
                return omit  # so that the copy tells it from a None that is passed
            return None if declaration.default is omit else declaration.default

    @classmethod
    def from_dict(cls, data: Mapping[str, object], *, strict: bool = False) -> Self:
        """Make a model of decoded JSON; raise `DecodeError` where that has another shape."""
        from .decode import decode

        return cast("Self", decode(data, cls, strict=strict))

    @classmethod
    def from_json(cls, text: str | bytes, *, strict: bool = False) -> Self:
        """Make a model of JSON text; raise ValueError if it is none or has another shape."""
        from .encode import loads

        return cls.from_dict(cast("Mapping[str, object]", loads(text)), strict=strict)

    def to_dict(self) -> dict[str, object]:
        """Return what this is in JSON: wire names, unknown fields, no fields that are absent."""
        from .encode import encode

        return cast("dict[str, object]", encode(self))

    def to_json(self) -> str:
        """Return this as compact JSON text."""
        from .encode import dumps

        return dumps(self.to_dict()).decode()

    def is_set(self, name: str) -> bool:
        """Say whether the field was received, passed or assigned, be it as None."""
        if name not in type(self).__fields__:
            raise AttributeError(f"{type(self).__name__} has no field {name!r}")
        return name in self.__getstate__()

    @property
    def unknown_fields(self) -> Mapping[str, object]:
        """Return what was received beside the declared fields, by wire name."""
        return MappingProxyType(self.__unknown__ or {})

    def __getstate__(self) -> dict[str, object]:
        state: dict[str, object] = {}
        for name in ("__unknown__", *type(self).__fields__):
            try:
                state[name] = object.__getattribute__(self, name)
            except AttributeError:
                continue  # absent
        return state

    def __setstate__(self, state: dict[str, object]) -> None:
        for name, value in state.items():
            setattr(self, name, value)

    def __replace__(self, **changes: object) -> Self:
        from dataclasses import replace

        return replace(self, **changes)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        same_unknown = (self.__unknown__ or {}) == (other.__unknown__ or {})
        return same_unknown and all(
            getattr(self, n) == getattr(other, n) for n in self.__fields__
        )

    __hash__ = None  # type: ignore[assignment]

    @recursive_repr()
    def __repr__(self) -> str:
        fields = self.__fields__
        shown = (
            f"{name}={'...' if fields[name].secret and value is not None else repr(value)}"
            for name, value in self.__getstate__().items()
            if name in fields
        )
        return f"{type(self).__qualname__}({', '.join(shown)})"


def _complete(cls: type[Model]) -> None:
    """Publish what the standard decorator makes of a class of the same fields.

    It works on a class of its own, so no thread sees anything unfinished; `__init__` goes last, as
    it tells that all is there.
    """
    with _COMPLETING:
        if isinstance(cls.__dict__["__init__"], _Deferred):
            made = _standard_dataclass(cls)
            made.__init__ = _initializer(made.__init__)
            for name in _DEFERRED:
                setattr(cls, name, getattr(made, name))


def _standard_dataclass(cls: type[Model]) -> Any:
    import dataclasses

    annotations: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        annotations |= getattr(base, "__annotations__", {})
    namespace: dict[str, Any] = {
        "__module__": cls.__module__,
        "__qualname__": cls.__qualname__,
        "__annotations__": {name: annotations[name] for name in cls.__fields__},
    }
    for name, declared in cls.__fields__.items():
        options: dict[str, Any] = {}
        if declared.default_factory is not None:
            options["default_factory"] = declared.default_factory
        elif declared.default is not omit:
            options["default"] = declared.default
        metadata: dict[str, Any] = {
            "secret": declared.secret,
            "additional": declared.additional,
        }
        metadata["wire_name"] = declared.on_the_wire(name)
        namespace[name] = dataclasses.field(
            repr=not declared.secret, metadata=metadata, **options
        )
    decorate = dataclasses.dataclass(kw_only=True, eq=False, repr=False)
    return decorate(type(cls.__name__, (), namespace))


def _initializer(store: Callable[..., None]) -> Callable[..., None]:
    """Return a constructor like `store` that leaves absent what it was not given."""
    from functools import wraps

    @wraps(store)
    def __init__(self: Model, /, *args: object, **values: object) -> None:
        store(self, *args, **values)
        for name, declared in type(self).__fields__.items():
            is_absent = values.get(name, omit) is omit
            if is_absent and declared.default_factory is None:
                delattr(self, name)
        if _is_replacing(caller := sys._getframe(1)):
            copied: Any = caller.f_locals.get("obj", caller.f_locals.get("self"))
            self.__unknown__ = copied.__unknown__

    return __init__


def _is_replacing(caller: FrameType) -> bool:
    """Tell whether `dataclasses.replace` is what reads a field, or calls the constructor.

    It knows of no fields that are absent, nor of unknown ones.
    """
    is_standard = caller.f_globals.get("__name__") == "dataclasses"
    return is_standard and caller.f_code.co_name.endswith("replace")
