"""Templates of the user's: the folder that the settings name goes in, texts by name come out, or what is wrong.

They stand in the place of ours and are held to the same: they print typed text and decide nothing
(`targets/discipline`), and the modules that come out are held against the plan.
"""

from __future__ import annotations

import hashlib
import os
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError
from jinja2.exceptions import TemplateError

from ....data.document import Position
from ....data.issues import Found, Issue, Rejected, rejected
from ....data.output import GENERATED
from ....data.suggestions import did_you_mean
from ....disk.regular import read_noted
from ...discipline import offences
from ...templates import make_environment, templates_folder
from .conformance import NonconformingOutput

MOST = 1_000_000
"""Bytes of the largest template."""
NOT_OF_A_CLIENT = "reference/", "core/"
"""Folders of templates that print other things than the plan of a client: pages, and a runtime that clients share."""


@dataclass(frozen=True, slots=True, eq=False)
class OwnTemplates:
    """Templates of the user's by the names of those that they replace."""

    folder: Path | None = None
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Hash them; an empty text without templates."""
        return hashlib.sha256(repr(sorted(self.texts.items())).encode()).hexdigest() if self.texts else ""

    def environment(self) -> Environment:
        """Make an environment that prefers these templates to ours."""
        return make_environment(templates_folder(), self._source)

    def file(self, name: str) -> str:
        """Give the name of a template for messages."""
        return str((self.folder or Path()) / name)

    def check_header(self, name: str, text: str) -> None:
        """Hold what a template has printed against what every generated file begins with.

        Raises:
            Rejected: the line is missing.
        """
        if name in self.texts and GENERATED not in "".join(text.split("\n", 2)[:2]):
            raise Rejected([fault(self, name, 1, f"the first line must say '{GENERATED}', behind a comment sign")])

    def _source(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (self.texts[name], self.file(name), lambda: True) if name in self.texts else None


NO_TEMPLATES = OwnTemplates()


def names() -> frozenset[str]:
    """List the templates that can be replaced."""
    folder = templates_folder()
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*.jinja"))
    return frozenset(name for name in found if not name.startswith(NOT_OF_A_CLIENT))


def read_templates(folder: Path | None, file: str | None, position: Position | None) -> Found[OwnTemplates]:
    """Read all templates of the user's. `file` and `position` say where the folder is named."""
    if folder is None:
        return Found(NO_TEMPLATES)
    if not os.path.isdir(folder):  # noqa: PTH112 - the other way raises for a name that is too long
        message, hint = f"'{folder}' is no folder", "'templates' names the folder of your own templates"
        issue = Issue(code="bad-templates", severity="error", message=message, hint=hint, file=file, position=position)
        return Found(NO_TEMPLATES, (issue,))
    texts: dict[str, str] = {}
    issues: list[Issue] = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or any(part.startswith(".") for part in name.split("/")):
            continue
        try:
            texts[name] = read_template(path, name)
        except Rejected as stopped:
            issues += stopped.issues
    own = OwnTemplates(folder, texts)
    issues += (issue for name in texts for issue in faults(own, name))
    return Found(own, tuple(issues))


def read_template(path: Path, name: str) -> str:
    """Read one template.

    Raises:
        Rejected: no template has that name, or it cannot be read.
    """
    if name not in names():
        listed = f"possible here: {', '.join(sorted(names()))}"
        message = f"no template of a client is called '{name}'"
        raise rejected("unknown-template", message, file=str(path), hint=did_you_mean(name, names()) or listed)
    try:
        return read_noted(path, MOST).decode("utf-8").replace("\r\n", "\n")
    except (OSError, ValueError) as error:
        raise rejected("bad-template", f"the template cannot be read: {error}", file=str(path)) from None


def faults(own: OwnTemplates, name: str) -> Iterator[Issue]:
    """Report what a template may not do, and what is no template."""
    try:
        tree = make_environment(templates_folder()).parse(own.texts[name])
    except TemplateSyntaxError as error:
        yield fault(own, name, error.lineno, f"this is no template: {error.message}")
        return
    for offence in offences(tree):
        message = f"a template prints, repeats and leaves out, and nothing else: this is '{offence.what}'"
        yield fault(own, name, offence.line, message)


def fault(own: OwnTemplates, name: str, line: int, message: str) -> Issue:
    """Make an error at a line of a template."""
    return Issue(
        code="bad-template",
        severity="error",
        message=message,
        file=own.file(name),
        position=Position(line, 1),
        hint="docs/templates.md has what templates may do, and all values that they get",
    )


@contextmanager
def located(own: OwnTemplates, name: str) -> Iterator[None]:
    """Report what goes wrong in a template of the user's at its line; `name` is the one that is rendered.

    Raises:
        Rejected: a value is not there, is no text that an encoder made, or a template that is imported is not there.
    """
    try:
        yield
    except (TemplateError, TypeError, RecursionError) as error:
        frames = traceback.extract_tb(error.__traceback__)
        places = {own.file(known): known for known in own.texts}
        inside = [(places[frame.filename], frame.lineno or 1) for frame in frames if frame.filename in places]
        if not inside:
            raise
        where, line = inside[-1]
        raise Rejected([fault(own, where, line, f"'{name}' cannot be rendered: {error}"[:500])]) from None


@contextmanager
def conforming(own: OwnTemplates) -> Iterator[None]:
    """Report a module that is not what the plan says, where the user has templates: one of them has made it.

    Raises:
        Rejected: a module is not what the plan says.
    """
    try:
        yield
    except NonconformingOutput as error:
        if not own.texts:
            raise
        message = f"what the templates print is not what the plan of the client says: {error}"
        hint = "every class, member and import of the plan must be there, and nothing else (docs/templates.md)"
        raise rejected("bad-template", message[:500], file=str(own.folder), hint=hint) from None
