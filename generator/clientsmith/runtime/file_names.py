"""Media types by the names of files: of parts, and of bodies that may have one of several."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase

from .bodies import Body, Written


def file_name(content: object) -> str | None:
    """Return the name of a path or an open file, without its folder."""
    path: object = getattr(content, "name", None)
    if isinstance(content, os.PathLike):
        path = os.fspath(content)
    return os.path.basename(path) if isinstance(path, str) else None


def usual_type(name: str | None) -> str | None:
    """Return the media type that the name of a file stands for."""
    from mimetypes import guess_type

    return guess_type(name)[0] if name else None


def is_within(media_type: str | None, listed: str) -> bool:
    """Report whether a media type is one of several, such as ``image/png, image/*``."""
    names = [name.strip().lower() for name in listed.split(",")]
    return media_type is not None and any(fnmatchcase(media_type, n) for n in names)


class ByFileName(Body):
    """A body of one of several media types; without another choice its file's name chooses."""

    def __init__(self, body: Body, listed: str) -> None:
        super().__init__(body.media_type)
        self._body, self._listed = body, listed
        self.reads_files = body.reads_files

    def usual_type(self, value: object) -> str:
        found = usual_type(file_name(value))
        return found if found and is_within(found, self._listed) else self.media_type

    def write(self, value: object, extra: object, media_type: str) -> Written:
        return self._body.write(value, extra, media_type)
