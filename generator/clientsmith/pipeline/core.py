"""The runtime that several clients share, in a folder of its own."""

from __future__ import annotations

from pathlib import Path

from .. import __version__
from ..data.issues import Found, Rejected
from ..data.outcome import Outcome
from ..data.output import CORE, MANIFEST, Manifest
from ..data.settings import Settings
from ..disk.cache import open_cache
from ..stages.write import manifest_text, records_of
from ..targets.python.render import render_core, runtime_version
from .output import finish, refused
from .run import Run


def write_core(folder: Path, *, check: bool = False, force: bool = False) -> Outcome:
    """Write the runtime to a folder, or (`check`) compare it with what is there."""
    files = dict(render_core())
    version, records = runtime_version(), records_of(files)
    manifest = Manifest(generator=__version__, spec=version, settings="", formatter=CORE, files=records)
    with open_cache() as cache:
        run = Run(Found(Settings(spec=Path(), output=folder)), cache)
        try:
            written = {**files, MANIFEST: manifest_text(manifest)}
            return finish(run, written, check=check, force=force, progress=lambda stage: None)
        except Rejected as stopped:
            return refused(run, stopped)
