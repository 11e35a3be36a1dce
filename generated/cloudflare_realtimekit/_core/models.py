"""What a model is declared with: base class, decorator, fields and marks in annotations.

A model has one slot a field. A slot that is empty is a field that was absent; reading it gives the
default (None), so that absent and null are told apart without a second copy of the data, and
decoding stores only what was sent.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping
from functools import wraps
from reprlib import recursive_repr
from types import MappingProxyType, MethodType
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Final,
    Self,
    TypeVar,
    cast,
    dataclass_transform,
)

from .omit import omit

if TYPE_CHECKING:
    from dataclasses import Field

_M = TypeVar("_M")
_DEFERRED_NAMES = (
    "__dataclass_fields__",
    "__dataclass_params__",
    "__match_args__",
    "__init__",
)
_COMPLETING: Final = threading.RLock()


class WireName:
    """Give the name on the wire of a TypedDict key: ``Annotated[str, WireName("user_Id")]``."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"WireName({self.name!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WireName) and other.name == self.name

    def __hash__(self) -> int:
        return hash(self.name)


class Discriminator:
    """Say which property names the class: ``Discriminator("petType", {"cat": Cat})``."""

    __slots__ = ("mapping", "property_name")

    def __init__(self, property_name: str, mapping: Mapping[str, object]) -> None:
        self.property_name = property_name
        self.mapping = mapping

    def choose(self, value: Mapping[str, object]) -> object | None:
        """Return what the value is declared to be; None if it names nothing that is known."""
        tag = value.get(self.property_name)
        return self.mapping.get(tag) if isinstance(tag, str) else None

    def __repr__(self) -> str:
        return f"Discriminator({self.property_name!r}, {self.mapping!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Discriminator) and other._key() == self._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[str, tuple[tuple[str, object], ...]]:
        return self.property_name, tuple(self.mapping.items())


class Declaration:
    """What a class body says about one field, beside its type."""

    __slots__ = (
        "additional",
        "default",
        "default_factory",
        "required",
        "secret",
        "wire_name",
    )

    def __init__(
        self,
        default: object = omit,
        default_factory: Callable[[], object] | None = None,
        wire_name: str | None = None,
        secret: bool = False,
        additional: bool = False,
        required: bool = False,
    ) -> None:
        self.default = default
        self.default_factory = dict if additional else default_factory
        self.wire_name = wire_name
        self.secret = secret
        self.additional = additional
        self.required = required or (default is omit and self.default_factory is None)

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
    return Declaration(
        default, default_factory, wire_name, secret, additional, required
    )


@dataclass_transform(kw_only_default=True, field_specifiers=(field,))
def dataclass(cls: type[_M]) -> type[_M]:
    """Mark a `Model` as a dataclass.

    The class has its slots already. What the standard decorator adds is made when it is first
    looked up, which most models never see: it takes longer than all else in importing them.
    """
    return cls


class _Deferred:
    """An attribute that the standard dataclass machinery makes, once somebody looks it up."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: object, owner: type[Model]) -> Any:
        for cls in owner.__mro__:
            if cls.__dict__.get(self.name) is self:
                _complete(cast("type[Model]", cls))
                break
        found = getattr(owner if instance is None else instance, self.name)
        if isinstance(instance, ModelType) and callable(found):
            return MethodType(
                found, instance
            )  # inspect.signature binds the constructor to its class
        return found


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
        own = {
            field_name: _declaration(namespace.pop(field_name, omit))
            for field_name in namespace.get("__annotations__", ())
        }
        inherited = [getattr(base, "__fields__", {}) for base in reversed(bases)]
        namespace.setdefault("__slots__", tuple(own))
        namespace["__fields__"] = {
            k: v for fields in (*inherited, own) for k, v in fields.items()
        }
        if bases:
            namespace.update({name: _Deferred(name) for name in _DEFERRED_NAMES})
        return super().__new__(cls, name, bases, namespace)


_REQUIRED: Final = Declaration()
_OPTIONAL: Final = Declaration(None)


def _declaration(default: object) -> Declaration:
    if default is omit:
        return _REQUIRED
    if default is None:
        return _OPTIONAL
    return default if isinstance(default, Declaration) else Declaration(default)


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
        if not isinstance(cls.__dict__["__init__"], _Deferred):
            return
        shadow: Any = _standard_dataclass(cls)
        for name in _DEFERRED_NAMES[:-1]:
            setattr(cls, name, getattr(shadow, name))
        cls.__init__ = _initializer(cls, shadow.__init__)  # type: ignore[method-assign]


def _standard_dataclass(cls: type[Model]) -> type:
    import dataclasses

    namespace: dict[str, Any] = {
        "__module__": cls.__module__,
        "__qualname__": cls.__qualname__,
    }
    namespace["__annotations__"] = {
        name: annotation
        for base in reversed(cls.__mro__)
        for name, annotation in getattr(base, "__annotations__", {}).items()
        if name in cls.__fields__
    }
    for name, declaration in cls.__fields__.items():
        options: dict[str, Any] = {"repr": not declaration.secret}
        options["metadata"] = {
            "wire_name": declaration.on_the_wire(name),
            "secret": declaration.secret,
            "additional": declaration.additional,
        }
        if declaration.default_factory is not None:
            options["default_factory"] = declaration.default_factory
        elif declaration.default is not omit:
            options["default"] = declaration.default
        namespace[name] = dataclasses.field(**options)
    decorate = dataclasses.dataclass(kw_only=True, eq=False, repr=False)
    return decorate(type(cls.__name__, (), namespace))


def _initializer(cls: type[Model], store: Callable[..., None]) -> Callable[..., None]:
    """Return a constructor like `store` that leaves absent what it was not given."""
    optional = {
        name
        for name, declared in cls.__fields__.items()
        if declared.default is not omit
    }

    @wraps(store)
    def __init__(self: Model, /, *args: object, **values: object) -> None:
        store(self, *args, **values)
        given = {name for name, value in values.items() if value is not omit}
        if (original := _original_of_replace()) is not None:
            given = {n for n in given if values[n] is not None or original.is_set(n)}
            self.__unknown__ = original.__unknown__
        for name in optional - given:
            delattr(self, name)

    return __init__


def _original_of_replace() -> Model | None:
    """Return what `dataclasses.replace` copies, if it is what calls the constructor.

    It passes every field as it reads, None where the original has nothing; without a look at the
    original, the copy would send null for all that is absent, and lose the unknown fields.
    """
    caller = sys._getframe(2)
    if caller.f_globals[
        "__name__"
    ] != "dataclasses" or not caller.f_code.co_name.endswith("replace"):
        return None
    return cast("Model", caller.f_locals.get("obj", caller.f_locals.get("self")))
