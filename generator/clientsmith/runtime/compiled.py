"""Compile what decodes and encodes a model: a loop over its fields takes twice the time and more.

Names enter the source as identifiers, which slots are, and as literals. Measured in
docs/decisions/0003-decoders.md in the generator's repository.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from .codecs import Decoder, Field, mapping_or_none, read_integer
from .scalars import read_datetime

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
        model.__unknown__ = None
{stores}        return model
"""
_ANY = """\
def decode_model(data):
    if type(data) is not dict:
        data = mapping_or_none(data)
        if data is None:
            return None
    model = new(cls)
    model.__unknown__ = None
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
_INTEGER = """\
        model.{name} = {target} if type({target}) is int else {decode}({target})
"""
# The usual forms of a timestamp, in which `fromisoformat` reads no other format than RFC 3339.
_DATETIME = """\
        try:
            model.{name} = {target} if {target} is None else (
                fromisoformat({target})
                if {target}[4::3] == "--T::Z"
                or {target}[4:20:3] == "--T::." and {target}[-1] == "Z"
                else {decode}({target})
            )
        except (TypeError, ValueError, KeyError, IndexError):
            model.{name} = {decode}({target})
"""
_DIRECT = {read_datetime: _DATETIME, read_integer: _INTEGER}


def compile_decoder(cls: type, fields: Sequence[Field]) -> Decoder:
    """Compile what makes a model of a mapping: a function for any, and one for those with all keys.

    Most objects have all: there, nothing need be looked for, and one call fetches the values.
    """
    names: dict[str, Any] = {
        "cls": cls,
        "new": object.__new__,
        "decode_rest": dict,
        "mapping_or_none": mapping_or_none,
        "fromisoformat": datetime.fromisoformat,
    }
    known = names["known"] = [f.wire_name for f in fields if not f.additional]
    rest = {"rest": "__unknown__", "decode_rest": "decode_rest"}
    rest["rest_is_due"] = f"len(data) + absent != {len(known)}"
    targets, stores, any_stores = [], "", ""
    for index, (name, wire_name, codec, _, additional) in enumerate(fields):
        decode = f"decode_{index}"
        decoder = names[decode] = codec.decoder()
        if additional:
            rest = {"rest": name, "decode_rest": decode, "rest_is_due": "True"}
            continue
        target = f"value_{index}" if decoder else f"model.{name}"
        store = _store(decoder).format(name=name, target=target, decode=decode)
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


def _store(decoder: Decoder | None) -> str:
    if decoder is None:
        return ""
    return _DIRECT.get(decoder, _DECODE)


class Sending(threading.local):
    """Whether what this thread encodes is for a request."""

    now = False


class Omitted(Exception):
    """A field holds `omit`."""


_ENCODE = """\
def encode_model(model):
    data = {{}}
    try:
{fields}    except Omitted:
        return encode_slowly(model)
{read_only}    try:
        rest = get_unknown(model)
    except AttributeError:
        rest = None
    if rest:
        data.update(convert[dict](rest))
    return data
"""
_ENCODE_FIELD = """\
        try:
            value = get_{index}(model)
        except AttributeError:
            {absent}
        else:
            data[{wire_name!r}] = value if type(value) in plain else convert[type(value)](value)
"""
_LEAVE_OUT = """\
    if sending.now:
        for key in read_only:
            data.pop(key, None)
"""
_ENCODE_ADDITIONAL = """\
        try:
            value = get_{index}(model)
        except AttributeError:
            pass
        else:
            data.update(convert[dict](value or {{}}))
"""


def compile_encoder(
    cls: Any,
    plain: frozenset[type],
    convert: Mapping[type, Callable[[Any], Any]],
    encode_slowly: Callable[[Any], Any],
    sending: Sending,
) -> Callable[[Any], Any]:
    """Compile what makes JSON data of a model.

    Args:
        plain: The classes whose instances are JSON data already.
        convert: Gives what converts the instances of any other class.
        encode_slowly: Encodes a model that holds `omit`.
        sending: Reports whether read-only fields are left out.
    """
    declarations = cls.__fields__.items()
    read_only = [d.on_the_wire(name) for name, d in declarations if d.read_only]
    names: dict[str, Any] = {
        "plain": plain,
        "convert": convert,
        "encode_slowly": encode_slowly,
        "Omitted": Omitted,
        "get_unknown": cls.__unknown__.__get__,
        "sending": sending,
        "read_only": read_only,
    }
    fields = ""
    for index, (name, declared) in enumerate(declarations):
        names[f"get_{index}"] = getattr(cls, name).__get__
        if declared.additional:
            fields += _ENCODE_ADDITIONAL.format(index=index)
            continue
        wire_name = declared.on_the_wire(name)
        is_due = declared.required and declared.default is None
        absent = f"data[{wire_name!r}] = None" if is_due else "pass"
        fields += _ENCODE_FIELD.format(index=index, absent=absent, wire_name=wire_name)
    source = _ENCODE.format(
        fields=fields or "        pass\n", read_only=_LEAVE_OUT if read_only else ""
    )
    return _function(cls, source, names)


def _function(cls: type, source: str, names: dict[str, Any]) -> Callable[[Any], Any]:
    program = compile(source, f"<codec of {cls.__qualname__}>", "exec")
    exec(program, names := {**names})  # noqa: S102  made of declarations, not of data
    made: Callable[[Any], Any] = names.get("decode_model") or names["encode_model"]
    return made
