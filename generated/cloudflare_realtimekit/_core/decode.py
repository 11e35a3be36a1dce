"""Decode JSON values into what the annotations say: a decoder is compiled for each model on first use.

Tolerant: a wrong scalar, a bad date and null are kept as sent, what is missing is absent (and reads
as None), unknown fields are kept; another container than is due, or a scalar where an object is
due, raises. A container where a scalar is due is kept as sent, too. Why decoders are compiled:
docs/decisions/0003-decoders.md in the generator's repository.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from .kinds import (
    JUDGED,
    Decoder,
    Field,
    Kind,
    Mismatch,
    kind_of,
    mapping_or_none,
)
from .models import ModelType
from .timestamps import read_datetime


class DecodeError(ValueError):
    """A value is not what its annotation says: ``expected object @ $.data[3].meeting``."""

    def __init__(self, message: str, path: str = "$") -> None:
        super().__init__(message, path)
        self.message = message
        self.path = path

    def __str__(self) -> str:
        return f"{self.message} @ {self.path}"


def decode(value: object, annotation: Any, *, strict: bool = False) -> Any:
    """Return the value as the annotation says: models, datetimes, lists and mappings of them.

    Args:
        strict: Refuse what tolerant decoding would keep or leave absent.

    Raises:
        DecodeError: the value has another shape, or is nested too deeply.
    """
    try:
        is_model = isinstance(annotation, ModelType)
        arguments = None if is_model else getattr(annotation, "__args__", None)
        kind, decoder = _known(annotation, arguments)
        if strict or value is None:
            _raise_problem(kind, value, strict=True)
        try:
            return value if decoder is None else decoder(value)
        except Mismatch:
            _raise_problem(kind, value, strict=False)
            raise DecodeError("expected another shape") from None
    except RecursionError:
        raise DecodeError("nested too deeply") from None
    finally:
        if JUDGED.memo is not None:
            JUDGED.memo = None


@lru_cache(maxsize=4096)
def _known(annotation: Any, arguments: object) -> tuple[Kind, Decoder | None]:
    """Look an annotation up; unions of the same members in another order are equal."""
    kind = kind_of(annotation)
    return kind, kind.decoder()


def _raise_problem(kind: Kind, value: object, *, strict: bool) -> None:
    if (problem := kind.problem(value, strict, {})) is not None:
        keys, message = problem
        steps = (
            f".{key}" if isinstance(key, str) and key.isidentifier() else f"[{key!r}]"
            for key in keys
        )
        raise DecodeError(message, "$" + "".join(steps)) from None


_WHOLE = """\
def decode_model(data):
    if type(data) is not dict or len(data) != {count}:
        return decode_any(data)
    model = new(cls)
    try:
        {targets} = fetch(data)
    except KeyError:
        return decode_any(data)
    else:
{stores}        return model
"""
_ANY = """\
def decode_model(data):
    if type(data) is not dict:
        data = mapping_or_none(data)
        if data is None:
            return None
    model = new(cls)
    absent = 0
{stores}    if {rest_is_due}:
        rest = {{key: value for key, value in data.items() if key not in known}}
        model.{rest} = {decode_rest}(rest)
    return model
"""
_FIELD = """\
    if {wire_name!r} not in data:
        absent += 1
    else:
        {target} = data[{wire_name!r}]
"""
_DECODE = """\
        model.{name} = {decode}({target})
"""
_DATETIME = """\
        try:
            model.{name} = fromisoformat({target}) if {target} and len({target}) > 10 else {target}
        except (TypeError, ValueError):
            model.{name} = {decode}({target})
"""


def compile_decoder(cls: type, fields: Sequence[Field]) -> Decoder:
    """Compile what makes a model of a mapping: a function for any, and one for those with all keys.

    Most objects have all: there, nothing need be looked for, and one call fetches the values. Names
    enter the source as identifiers, which slots are, and as literals.
    """
    names: dict[str, Any] = {"cls": cls, "new": object.__new__, "decode_rest": dict}
    names |= {
        "mapping_or_none": mapping_or_none,
        "fromisoformat": datetime.fromisoformat,
    }
    known = names["known"] = [f.wire_name for f in fields if not f.additional]
    rest = {"rest": "__unknown__", "decode_rest": "decode_rest"}
    rest["rest_is_due"] = f"len(data) + absent != {len(known)}"
    targets, stores, any_stores = [], "", ""
    for index, (name, wire_name, kind, _, additional) in enumerate(fields):
        decode = f"decode_{index}"
        decoder = names[decode] = kind.decoder()
        if additional:
            rest = {"rest": name, "decode_rest": decode, "rest_is_due": "True"}
            continue
        target = f"value_{index}" if decoder else f"model.{name}"
        store = _DATETIME if decoder is read_datetime else _DECODE if decoder else ""
        store = store.format(name=name, target=target, decode=decode)
        any_stores += _FIELD.format(wire_name=wire_name, target=target) + store
        targets.append(target)
        stores += store

    def decode_any(data: Any) -> Any:
        """Compile what is to stand here, once it is needed."""
        program = _function(cls, _ANY.format(stores=any_stores, **rest), names)
        whole.__globals__["decode_any"] = program
        return program(data)

    if len(known) < 2 or rest["rest_is_due"] == "True":
        return _function(cls, _ANY.format(stores=any_stores, **rest), names)
    whole_names = names | {"decode_any": decode_any, "fetch": itemgetter(*known)}
    source = _WHOLE.format(count=len(known), targets=", ".join(targets), stores=stores)
    whole: Any = _function(cls, source, whole_names)
    return whole  # type: ignore[no-any-return]


def _function(cls: type, source: str, names: dict[str, Any]) -> Decoder:
    program = compile(source, f"<decoder of {cls.__qualname__}>", "exec")
    exec(program, names := {**names})  # noqa: S102  made of declarations, not of data
    decode_model: Decoder = names["decode_model"]
    return decode_model
