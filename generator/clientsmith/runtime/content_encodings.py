"""Bytes that requests write in another encoding than base64. Sources: RFC 4648; RFC 2045, section 6.7."""

from __future__ import annotations

from base64 import b16encode, b32encode, b32hexencode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from quopri import encodestring
from typing import Any, Final, NamedTuple

from .codecs import Codec

_WRITERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "base64url": urlsafe_b64encode,
    "base32": b32encode,
    "base32hex": b32hexencode,
    "base16": b16encode,
    "quoted-printable": encodestring,
}


class ContentEncoding(NamedTuple):
    """Mark bytes with their encoding: ``Annotated[bytes, ContentEncoding("base64url")]``."""

    name: str

    def codec(self, annotation: object, make: Callable[[Any], Codec]) -> Codec:
        """Make the codec of the bytes that this marks."""
        return _Encoded(_WRITERS[self.name])


class _Encoded(Codec):
    json_type = (bytes, bytearray, memoryview)
    rewrites = True

    def __init__(self, write: Callable[[bytes], bytes]) -> None:
        self._write = write

    def rewritten(self, value: Any) -> Any:
        return self._write(bytes(value)).decode() if self.accepts(value) else value
