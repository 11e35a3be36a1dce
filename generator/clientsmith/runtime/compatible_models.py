"""The base of models that have the methods of pydantic's, for code that was written for such models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from .annotations import Codecs
from .codecs import Codec, Scalar
from .models import Model


def _read_float(value: object) -> object:
    """Make 1.0 of 1, as pydantic does for a float; anything else is kept."""
    try:
        return float(value) if type(value) is int else value
    except OverflowError:
        return value


class _Codecs(Codecs):
    def of_class(self, cls: Any) -> Codec:
        return _FLOAT if cls is float else super().of_class(cls)


_FLOAT = Scalar("number", lambda value: type(value) in (int, float), _read_float)


class BaseModel(Model):
    """A model that can be used as one of pydantic; fields that the document does not have are attributes, too."""

    __slots__ = ()

    if not TYPE_CHECKING:
        __codecs__ = _Codecs()

        def __getattr__(self, name: str) -> object:
            unknown = self.__unknown__ if name != "__unknown__" else None
            if unknown and name in unknown and name not in type(self).__fields__:
                return unknown[name]
            return super().__getattr__(name)

    @classmethod
    def construct(cls, **values: object) -> Self:
        """Make a model without looking at its values."""
        return cls.from_dict(values)

    @classmethod
    def model_construct(cls, **values: object) -> Self:
        return cls.from_dict(values)

    @classmethod
    def model_validate(cls, data: Mapping[str, object]) -> Self:
        """Make a model of a mapping.

        Raises:
            DecodeError: the data has another shape.
        """
        return cls.from_dict(data, strict=True)

    @property
    def model_fields_set(self) -> set[str]:
        """The names of the fields that were received, passed or assigned."""
        names = {name for name in type(self).__fields__ if self.is_set(name)}
        return names | set(self.unknown_fields)

    @property
    def model_extra(self) -> dict[str, object]:
        """What was received beside the declared fields."""
        return dict(self.unknown_fields)

    def model_copy(self, *, update: Mapping[str, object] | None = None) -> Self:
        return self.copy(**(update or {}))

    def model_dump(
        self,
        *,
        mode: str = "python",
        by_alias: bool = False,
        exclude_unset: bool = False,
        exclude_none: bool = False,
    ) -> dict[str, object]:
        """Return this as a dict of dicts; with ``mode="json"`` of JSON data.

        Args:
            by_alias: Keys are the names on the wire, not those of fields.
            exclude_unset: Leave out what is absent, instead of giving None.
        """
        options: dict[str, Any] = {
            "mode": mode,
            "by_alias": by_alias,
            "exclude_unset": exclude_unset,
            "exclude_none": exclude_none,
        }
        found: dict[str, object] = {}
        for name, declaration in type(self).__fields__.items():
            if exclude_unset and not self.is_set(name):
                continue
            value = getattr(self, name)
            if not (exclude_none and value is None):
                key = declaration.on_the_wire(name) if by_alias else name
                found[key] = dumped(value, options)
        return found | dict(self.unknown_fields)

    def model_dump_json(
        self, *, indent: int | None = None, by_alias: bool = False, **options: bool
    ) -> str:
        """Return this as JSON text."""
        from json import dumps

        data = self.model_dump(mode="json", by_alias=by_alias, **options)
        return dumps(data, indent=indent, ensure_ascii=False)


def dumped(value: object, options: Mapping[str, Any]) -> object:
    """Return the value of a field without models in it."""
    if isinstance(value, BaseModel):
        return value.model_dump(**options)
    if isinstance(value, Mapping):
        return {key: dumped(item, options) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [dumped(item, options) for item in value]
    if options["mode"] == "json":
        from .encode import encode

        return encode(value)
    return value
