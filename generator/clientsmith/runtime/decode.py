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
from typing import Any

from .kinds import Decoder, Field, Kind, Mismatch, kind_of, mapping_or_none
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
    kind, decoder = _known(annotation)
    try:
        if strict or value is None:
            _raise_problem(kind, value, strict=True)
        return value if decoder is None else decoder(value)
    except Mismatch:
        _raise_problem(kind, value, strict=False)
        raise
    except RecursionError:
        raise DecodeError("nested too deeply") from None


@lru_cache(maxsize=4096)
def _known(annotation: Any) -> tuple[Kind, Decoder | None]:
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


_START = """\
def decode_model(data):
    if type(data) is not dict:
        data = mapping_or_none(data)
        if data is None:
            return None
    model = new(cls)
    absent = 0
"""
_FIELD = """\
    if {wire_name!r} not in data:
        absent += 1
    else:
        value = data[{wire_name!r}]
"""
_AS_SENT = """\
        model.{name} = value
"""
_DECODED = """\
        model.{name} = {decode}(value)
"""
_DATETIME = """\
        try:
            model.{name} = fromisoformat(value) if value and len(value) > 10 else value
        except (TypeError, ValueError):
            model.{name} = {decode}(value)
"""
_REST = """\
    if {condition}:
        rest = {{key: value for key, value in data.items() if key not in known}}
        model.{name} = {decode}(rest)
"""


def compile_decoder(cls: type, fields: Sequence[Field]) -> Decoder:
    """Compile a function that makes a model of a mapping: a subscript and a store a field.

    Names enter the source as identifiers, which slots are, and as literals.
    """
    known = frozenset(f.wire_name for f in fields if not f.additional)
    names: dict[str, Any] = {
        "cls": cls,
        "new": object.__new__,
        "mapping_or_none": mapping_or_none,
        "fromisoformat": datetime.fromisoformat,
        "known": known,
    }
    source = _START
    rest = {"name": "__unknown__", "decode": "dict"}
    rest["condition"] = f"len(data) + absent != {len(known)}"
    for index, (name, wire_name, due, _, additional) in enumerate(fields):
        decode = f"decode_{index}"
        decoder = names[decode] = due.decoder()
        if additional:
            rest = {"name": name, "decode": decode, "condition": "True"}
            continue
        store = _DATETIME if decoder is read_datetime else _DECODED
        store = _FIELD + (store if decoder else _AS_SENT)
        source += store.format(name=name, wire_name=wire_name, decode=decode)
    source += _REST.format(**rest) + "    return model\n"
    program = compile(source, f"<decoder of {cls.__qualname__}>", "exec")
    exec(program, names)  # noqa: S102  made of declarations, not of data
    decode_model: Decoder = names["decode_model"]
    return decode_model
