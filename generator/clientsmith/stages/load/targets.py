"""References as they are written go in; the places that they name come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from urllib.parse import unquote

from ...data.document import Pointer, Reference, Trouble
from .gather import SCHEME, Gathered, RawReference, absolute, file_key


def link(
    gathered: Mapping[str, Gathered],
    root_name: str,
    read: frozenset[str],
    is_inside: Callable[[str], bool],
    exists: Callable[[Pointer], bool],
) -> tuple[Reference, ...]:
    """Give each reference of all files its target.

    `read` holds the keys of the files that could be read; `is_inside` tells whether a file may be read at all, `exists`
    whether a file that was read has a place.
    """
    linker = Linker(gathered, root_name, read, is_inside, exists)
    return tuple(linker.reference(raw, file) for file, found in gathered.items() for raw in found.references)


class Linker:
    """The anchors and identifiers of all files."""

    def __init__(
        self,
        gathered: Mapping[str, Gathered],
        root_name: str,
        read: frozenset[str],
        is_inside: Callable[[str], bool],
        exists: Callable[[Pointer], bool],
    ) -> None:
        self._root_name = root_name
        self._read = read
        self._is_inside = is_inside
        self._exists = exists
        self._identified: dict[str, Pointer] = {}
        self._anchors: dict[tuple[str, str, str], Pointer] = {}
        self._dynamic_anchors: Counter[str] = Counter()
        for file, found in gathered.items():
            self._dynamic_anchors.update(found.dynamic_anchors)
            self._identified = {**found.identified, **self._identified}
            for (base, name), place in found.anchors.items():
                self._anchors[file, base, name] = place

    def reference(self, raw: RawReference, file: str) -> Reference:
        """Link one reference."""
        target: Pointer | None = None
        trouble: Trouble | None = "not-text"
        if isinstance(raw.text, str) and self._is_ambiguous(raw.keyword, raw.text):
            trouble = "scope"
        elif isinstance(raw.text, str):
            found = self._target(raw.text, raw.base, file)
            target, trouble = (found, None) if isinstance(found, Pointer) else (None, found)
        return Reference(
            place=raw.place,
            keyword=raw.keyword,
            text=raw.text if isinstance(raw.text, str) else "",
            target=target,
            trouble=trouble,
        )

    def _is_ambiguous(self, keyword: str, text: str) -> bool:
        """Tell whether it depends on the way to a reference what it names (JSON Schema 2020-12, section 8.2.3.2)."""
        return keyword == "$dynamicRef" and self._dynamic_anchors[decoded(text.partition("#")[2])] > 1

    def _target(self, text: str, base: str, file: str) -> Pointer | Trouble:
        """Find the place: in a schema with an identifier, or in a file."""
        location, _, fragment = text.partition("#")
        uri = absolute(base, location) if location else base
        if location and uri in self._identified:
            return self._inside(self._identified[uri], uri, fragment)
        if not location and base in self._identified:
            inner = self._inside(self._identified[base], base, fragment)
            # People mean the file when they write `#/components/...` in a schema that has an `$id`.
            if not isinstance(inner, Pointer) or self._exists(inner):
                return inner
        if SCHEME.match(location):
            return "remote"
        key = file_key(location, file, self._root_name)
        if key is None or key not in self._read:
            return "outside" if key is not None and not self._is_inside(key) else "unread"
        return self._inside(Pointer(file=key), "", fragment)

    def _inside(self, root: Pointer, base: str, fragment: str) -> Pointer | Trouble:
        """Follow a fragment, which is a JSON Pointer or an anchor."""
        if not fragment:
            return root
        if not fragment.startswith("/"):
            return self._anchors.get((root.file, base, decoded(fragment)), "anchor")
        place = Pointer(root.path + decoded(fragment), root.file)
        raw = Pointer(root.path + fragment, root.file)
        return raw if raw != place and self._exists(raw) else place


def decoded(fragment: str) -> str:
    """Undo percent encoding; what is no UTF-8 stays as it is."""
    if "%" not in fragment:
        return fragment
    try:
        return unquote(fragment, errors="strict")
    except UnicodeDecodeError:
        return fragment
