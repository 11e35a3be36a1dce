"""What a model is declared with: decorator, fields, and the metaclass that keeps them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import MethodType
from typing import Any, Final, NamedTuple, TypeVar, dataclass_transform

from .omit import omit

_M = TypeVar("_M")


class Declaration(NamedTuple):
    """What a class body states about one field, beside its type."""

    default: Any = omit
    default_factory: Callable[[], Any] | None = None
    wire_name: str | None = None
    secret: bool = False
    additional: bool = False
    required: bool = False
    read_only: bool = False

    def on_the_wire(self, name: str) -> str:
        """Return the name in JSON of the field of this name; it may be empty."""
        return name if self.wire_name is None else self.wire_name


def field(
    *,
    default: Any = omit,
    default_factory: Callable[[], Any] | None = None,
    wire_name: str | None = None,
    secret: bool = False,
    additional: bool = False,
    required: bool = False,
    read_only: bool = False,
) -> Any:
    """Declare a field that needs more than a type and a default.

    Args:
        required: It is always sent, be it as null, although the constructor has a default.
        wire_name: Its name in JSON, where that is another one.
        secret: Leave the value out of `repr`.
        read_only: Leave the field out of requests that the model is a part of.
        additional: Collect in this mapping every key that no other field has.
    """
    factory = dict if additional else default_factory
    required = required or (default is omit and factory is None)
    return Declaration(
        default, factory, wire_name, secret, additional, required, read_only
    )


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

    def __get__(self, instance: object, owner: type) -> Any:
        for cls in owner.__mro__:
            if cls.__dict__.get(self.name) is self:  # another thread may be quicker
                _complete(cls)
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


def _complete(cls: Any) -> None:
    """Publish what the standard decorator makes of a class of the same fields.

    It works on a class of its own, so no thread sees anything unfinished; `__init__` goes last, as
    it marks that all is there.
    """
    with _COMPLETING:
        if isinstance(cls.__dict__["__init__"], _Deferred):
            made = _standard_dataclass(cls)
            made.__init__ = _initializer(made.__init__)
            for name in _DEFERRED:
                setattr(cls, name, getattr(made, name))


def _standard_dataclass(cls: Any) -> Any:
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
    """Make a constructor like `store` that leaves absent what it was not given."""
    from functools import wraps

    @wraps(store)
    def __init__(self: Any, /, *args: object, **values: object) -> None:
        store(self, *args, **values)
        self.__unknown__ = None
        for name, declared in type(self).__fields__.items():
            is_absent = values.get(name, omit) is omit
            if is_absent and declared.default_factory is None:
                delattr(self, name)

    return __init__
