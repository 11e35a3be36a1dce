"""Stage: the files of a document go in, as they were read or as `adapt` changed them; its references come out."""

from __future__ import annotations

from dataclasses import replace

from ...data.document import Documents, Pointer, Reason, Reference
from ...data.references import SCHEME, RawReference, absolute, decoded, file_key, is_around, owner_of

__all__ = ["link"]


def link(documents: Documents) -> Documents:
    """Give each reference of all files its target."""
    linker = Linker(documents)
    references = [
        linker.reference(raw, file)
        for file, document in documents.files.items()
        for raw in document.mentions.references
    ]
    return replace(documents, references=tuple(references))


class Linker:
    """The anchors and identifiers of all files."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._identified: dict[str, Pointer] = {}
        self._anchors: dict[tuple[str, str, str], Pointer] = {}
        self._dynamic_anchors: dict[str, list[Pointer]] = {}
        for file, document in documents.files.items():
            for name, place in document.mentions.dynamic_anchors:
                self._dynamic_anchors.setdefault(name, []).append(place)
            self._identified = {**document.mentions.identified, **self._identified}
            for (base, name), place in document.mentions.anchors.items():
                self._anchors[file, base, name] = place

    def reference(self, raw: RawReference, file: str) -> Reference:
        """Link one reference."""
        target: Pointer | None = None
        reason: Reason | None = "not-text"
        if isinstance(raw.text, str):
            found = self._near_anchor(raw) or self._target(raw.text, raw.base, file)
            target, reason = (found, None) if isinstance(found, Pointer) else (None, found)
        return Reference(
            place=raw.place,
            keyword=raw.keyword,
            text=raw.text if isinstance(raw.text, str) else "",
            target=target,
            reason=reason,
        )

    def _near_anchor(self, raw: RawReference) -> Pointer | Reason | None:
        """Choose one of several anchors of a dynamic reference: what it names where nothing else is in its scope.

        `resolve` finds what it names on each way to it (JSON Schema 2020-12, section 8.2.3.2).
        """
        location, _, fragment = str(raw.text).partition("#")
        anchors = self._dynamic_anchors.get(decoded(fragment), ())
        if raw.keyword != "$dynamicRef" or location or len(anchors) < 2:
            return None
        around = [place for place in anchors if is_around(owner_of(place), raw.place)]
        lengths = [len(place.path) for place in around]
        return around[lengths.index(max(lengths))] if around else "scope"

    def _target(self, text: str, base: str, file: str) -> Pointer | Reason:
        """Find the place: in a schema with an identifier, or in a file."""
        location, _, fragment = text.partition("#")
        uri = absolute(base, location) if location else base
        if location and uri in self._identified:
            return self._inside(self._identified[uri], uri, fragment)
        if not location and base in self._identified:
            inner = self._inside(self._identified[base], base, fragment)
            # People mean the file when they write `#/components/...` in a schema that has an `$id`.
            if not isinstance(inner, Pointer) or self._documents.has(inner):
                return inner
        if SCHEME.match(location):
            return "remote"
        key = file_key(location, file, self._documents.root_name)
        if key is None or key not in self._documents.files:
            return self._documents.missing.get(key or "", "unread")
        return self._inside(Pointer(file=key), "", fragment)

    def _inside(self, root: Pointer, base: str, fragment: str) -> Pointer | Reason:
        """Follow a fragment, which is a JSON Pointer or an anchor."""
        if not fragment:
            return root
        if not fragment.startswith("/"):
            return self._anchors.get((root.file, base, decoded(fragment)), "anchor")
        place = Pointer(root.path + decoded(fragment), root.file)
        raw = Pointer(root.path + fragment, root.file)
        return raw if raw != place and self._documents.has(raw) else place
