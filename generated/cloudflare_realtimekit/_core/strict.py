"""What is wrong with a value, and where: a walk over the type hints.

It runs after decoding has failed, or before it starts. Decoders know no paths, so that they cost
nothing; this finds them. In strict mode it is the judge of everything; else it names only what
makes a decoder fail: another container than is due, or a scalar where an object is due.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Final, get_args, get_origin

from .hints import discriminator, field_hints, literal_values, variants
from .models import ModelType
from .timestamps import is_date, is_datetime

Problem = tuple[tuple[str | int, ...], str]
"""The keys and indexes that lead to a value, and what is wrong with it."""


class Walk:
    """One walk over a value, that of `decode`: it stops at the first problem it is asked for."""

    def __init__(self, *, strict: bool) -> None:
        self._strict = strict
        self._judge = self if isinstance(self, Judge) else Judge()

    def problems(
        self, value: object, annotation: object, module: str
    ) -> Iterator[Problem]:
        """Yield what is wrong, in the order of the declarations.

        Args:
            module: where the annotation was written.
        """
        members = variants(annotation, module)
        if value is None:
            if self._strict and not any(map(_allows_null, members)):
                yield (), _expected(value, members)
            return
        members = [member for member in members if member not in (None, type(None))]
        if len(members) > 1:
            yield from self._union(value, members, module)
        elif members:
            yield from self._one(value, members[0], module)
        elif self._strict:
            yield (), "expected null"

    def _union(
        self, value: object, members: list[Any], module: str
    ) -> Iterator[Problem]:
        if self._strict and self._judge.fits_one(value, members, module):
            return
        chosen = choose(value, members, module, self._judge)
        if chosen is not None:
            yield from self._one(value, chosen, module)
        elif self._strict or not any(map(is_scalar, members)):
            yield (), _expected(value, members)

    def _one(self, value: object, annotation: Any, module: str) -> Iterator[Problem]:
        mark = discriminator(annotation)
        origin = get_origin(annotation)
        if mark is not None:
            yield from self._discriminated(value, mark, module)
        elif isinstance(annotation, ModelType):
            yield from self._model(value, annotation)
        elif origin is dict:
            yield from self._mapping(value, get_args(annotation)[1], module)
        elif origin is list:
            yield from self._array(value, annotation, module)
        elif origin is tuple:
            yield from self._tuple(value, annotation, module)
        elif self._strict and not _fits_scalar(value, annotation):
            yield (), f"expected {_name(annotation)}"

    def _discriminated(
        self, value: object, mark: Any, module: str
    ) -> Iterator[Problem]:
        if not isinstance(value, Mapping):
            yield (), "expected object"
        elif (chosen := mark.choose(value)) is not None:
            yield from self.problems(value, chosen, module)
        elif self._strict:
            known = ", ".join(map(repr, mark.mapping))
            yield (mark.property_name,), f"expected one of {known}"

    def _model(self, value: object, cls: ModelType) -> Iterator[Problem]:
        if not isinstance(value, Mapping):
            yield (), "expected object"
            return
        fields = _fields(cls)
        for name, required, annotation, accepts in fields:
            if name not in value:
                if required and self._strict:
                    yield (name,), "missing required value"
            elif accepts is None:
                yield from _below(
                    name, self.problems(value[name], annotation, cls.__module__)
                )
            elif self._strict and not accepts(value[name]):
                members = variants(annotation, cls.__module__)
                yield (name,), _expected(value[name], members)
        for name, declaration in cls.__fields__.items():
            if declaration.additional:
                known = {field[0] for field in fields}
                rest = {key: item for key, item in value.items() if key not in known}
                yield from self.problems(rest, field_hints(cls)[name], cls.__module__)

    def _mapping(
        self, value: object, annotation: object, module: str
    ) -> Iterator[Problem]:
        if not isinstance(value, Mapping):
            yield (), "expected object"
            return
        for key, item in value.items():
            yield from _below(key, self.problems(item, annotation, module))

    def _array(self, value: object, annotation: Any, module: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield (), "expected array"
            return
        (item_annotation,) = get_args(annotation)
        for index, item in enumerate(value):
            yield from _below(index, self.problems(item, item_annotation, module))

    def _tuple(self, value: object, annotation: Any, module: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield (), "expected array"
            return
        annotations = item_annotations(annotation, len(value))
        if self._strict and len(annotations) != len(value):
            yield (), f"expected {len(annotations)} items"
        for index, (item, item_annotation) in enumerate(
            zip(value, annotations, strict=False)
        ):
            yield from _below(index, self.problems(item, item_annotation, module))


class Judge(Walk):
    """A strict walk that only says whether a value fits.

    It remembers what it has seen, and asks no union for more than one member that fits: unions in
    unions would take exponential time.
    """

    def __init__(self) -> None:
        super().__init__(strict=True)
        self._fits: dict[tuple[int, Any], bool] = {}

    def fits_one(self, value: object, members: list[Any], module: str) -> bool:
        """Say whether the value fits one of these, at least."""
        return any(self.fits(value, member, module) for member in members)

    def fits(self, value: object, annotation: Any, module: str) -> bool:
        """Say whether nothing is wrong with the value."""
        if not isinstance(value, (dict, list)):
            return next(self.problems(value, annotation, module), None) is None
        key = id(value), annotation
        if key not in self._fits:
            self._fits[key] = (
                next(self.problems(value, annotation, module), None) is None
            )
        return self._fits[key]

    def _union(
        self, value: object, members: list[Any], module: str
    ) -> Iterator[Problem]:
        if not self.fits_one(value, members, module):
            yield (), "fits no member"


def choose(
    value: object, members: list[Any], module: str, judge: Judge | None = None
) -> Any:
    """Return the member of a union that the value fits best; None if none is of its kind.

    First what it fits exactly, then what it has the most required and known keys of; what is
    declared first wins a tie.
    """
    members = [member for member in members if _takes(member, value)]
    likely = (
        [m for m in members if not _defects(value, m)] if len(members) > 1 else members
    )
    if len(likely) > 1:
        judge = judge or Judge()
        likely = [
            member for member in likely if judge.fits(value, member, module)
        ] or likely
    return max(likely or members, key=lambda member: _rank(value, member), default=None)


def item_annotations(annotation: Any, length: int) -> tuple[Any, ...]:
    """Return the annotations of a tuple's items; of ``Tuple[X, ...]``, as many as needed."""
    annotations = get_args(annotation)
    return annotations[:1] * length if annotations[-1:] == (Ellipsis,) else annotations


_Field = tuple[str, bool, Any, Callable[[object], bool] | None]
"""Wire name, whether it is required, annotation, and for scalars what accepts them."""


@cache
def _fields(cls: ModelType) -> tuple[_Field, ...]:
    hints = field_hints(cls)
    return tuple(
        (
            declared.on_the_wire(name),
            declared.required,
            hints[name],
            _acceptor(hints[name], cls),
        )
        for name, declared in cls.__fields__.items()
        if not declared.additional
    )


def _acceptor(annotation: Any, cls: ModelType) -> Callable[[object], bool] | None:
    members = variants(annotation, cls.__module__)
    nullable = any(map(_allows_null, members))
    members = [member for member in members if member not in (None, type(None))]
    if not all(map(is_scalar, members)):
        return None

    def accepts(value: object) -> bool:
        if value is None:
            return nullable
        return any(_fits_scalar(value, member) for member in members)

    return accepts


def _below(key: str | int, problems: Iterable[Problem]) -> Iterator[Problem]:
    for path, message in problems:
        yield (key, *path), message


def _takes(annotation: Any, value: object) -> bool:
    if annotation in (object, Any):
        return True
    if isinstance(value, Mapping):
        has_keys = isinstance(annotation, ModelType) or get_origin(annotation) is dict
        return has_keys or discriminator(annotation) is not None
    if isinstance(value, list):
        return get_origin(annotation) in (list, tuple)
    return is_scalar(annotation)


def _defects(value: object, annotation: Any) -> int:
    """Count what keeps an object from being of this model: tags of another, missing keys."""
    if isinstance(value, list) and value and get_origin(annotation) is list:
        return _defects(value[0], get_args(annotation)[0])
    if not isinstance(annotation, ModelType) or not isinstance(value, Mapping):
        mark = discriminator(annotation)
        return int(
            mark is not None
            and isinstance(value, Mapping)
            and mark.choose(value) is None
        )
    defects = 0
    for name, required, hint, _ in _fields(annotation):
        if name not in value:
            defects += required
        else:
            defects += _is_other_tag(value[name], hint, annotation.__module__)
    return defects


def _is_other_tag(value: object, annotation: object, module: str) -> bool:
    members = variants(annotation, module)
    allowed = tuple(one for member in members for one in literal_values(member))
    return bool(allowed) and value is not None and not _is_one_of(value, allowed)


def _rank(value: object, annotation: Any) -> tuple[int, int]:
    """Tell how well a value fits; of a list the first item tells."""
    if isinstance(value, list) and value and get_origin(annotation) is list:
        return _rank(value[0], get_args(annotation)[0])
    if not isinstance(annotation, ModelType) or not isinstance(value, Mapping):
        return -_defects(value, annotation), -(annotation in (object, Any))
    return -_defects(value, annotation), sum(
        field[0] in value for field in _fields(annotation)
    )


def _is_integer(value: object) -> bool:
    return type(value) is int or (type(value) is float and value.is_integer())


_SCALARS: Final[dict[object, tuple[str, Callable[[object], bool]]]] = {
    str: ("string", lambda value: isinstance(value, str)),
    bool: ("boolean", lambda value: isinstance(value, bool)),
    int: ("integer", _is_integer),
    float: ("number", lambda value: type(value) in (int, float)),
    datetime: ("date-time", is_datetime),
    date: ("date", is_date),
}


def is_scalar(annotation: Any) -> bool:
    return annotation in _SCALARS or bool(literal_values(annotation))


def _fits_scalar(value: object, annotation: Any) -> bool:
    if allowed := literal_values(annotation):
        return _is_one_of(value, allowed)
    return annotation not in _SCALARS or _SCALARS[annotation][1](value)


def _is_one_of(value: object, allowed: tuple[object, ...]) -> bool:
    """Compare as JSON does: true is not 1, but 1.0 is."""
    is_boolean = isinstance(value, bool)
    return any(value == one and is_boolean == isinstance(one, bool) for one in allowed)


def _allows_null(annotation: Any) -> bool:
    return annotation in (None, type(None), object, Any) or None in literal_values(
        annotation
    )


def _name(annotation: Any) -> str:
    if allowed := literal_values(annotation):
        return "one of " + ", ".join(map(repr, allowed))
    if annotation in _SCALARS:
        return _SCALARS[annotation][0]
    return "array" if get_origin(annotation) in (list, tuple) else "object"


def _expected(value: object, members: Iterable[Any]) -> str:
    shown = (_name(member) for member in members if member not in (None, type(None)))
    return f"expected {' or '.join(dict.fromkeys(shown))}" + ", not null" * (
        value is None
    )
