"""Decode JSON values into what the annotations say: a decoder is compiled for each model on first use.

Tolerant: a wrong scalar, a bad date and null are kept as sent, what is missing is absent (and reads
as None), unknown fields are kept; another container than is due, or a scalar where an object is
due, raises. A container where a scalar is due is kept as sent, too.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from .annotations import CODECS
from .codecs import VERDICTS, Codec, Decoder, Mismatch
from .declarations import ModelType
from .errors import ClientError


class DecodeError(ClientError, ValueError):
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
        codec, decoder = _known(annotation, arguments)
        if strict or value is None:
            _raise_problem(codec, value, strict=True)
        try:
            return value if decoder is None else decoder(value)
        except Mismatch:
            _raise_problem(codec, value, strict=False)
            raise DecodeError("expected another shape") from None
    except RecursionError:
        raise DecodeError("nested too deeply") from None
    finally:
        if VERDICTS.memo is not None:
            VERDICTS.memo = None


@lru_cache(maxsize=4096)
def _known(annotation: Any, arguments: object) -> tuple[Codec, Decoder | None]:
    """Look an annotation up; unions of the same members in another order are equal."""
    codec = CODECS.of(annotation)
    return codec, codec.decoder()


def _raise_problem(codec: Codec, value: object, *, strict: bool) -> None:
    if (problem := codec.problem(value, strict, {})) is not None:
        keys, message = problem
        steps = (
            f".{key}" if isinstance(key, str) and key.isidentifier() else f"[{key!r}]"
            for key in keys
        )
        raise DecodeError(message, "$" + "".join(steps)) from None
