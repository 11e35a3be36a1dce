"""The path of an output folder goes in; what of it is ours comes out."""

from __future__ import annotations

from pathlib import Path

from ...data.issues import Rejected, rejected
from ...data.output import MANIFEST, Existing, Manifest
from .manifest import read_manifest


def inspect(output: Path) -> Existing:
    """Read the manifest of a folder, and the files that it names.

    Raises `Rejected` where the folder is something else, or its manifest cannot be read.
    """
    try:
        output.resolve()
        if not output.exists():
            return Existing()
        if not output.is_dir():
            hint = "choose another folder with -o, or with 'output' in the settings"
            raise rejected("bad-output", f"'{output}' is no folder", hint=hint)
        text = read(output, MANIFEST)
        if text is None:
            return Existing(is_foreign=any(output.iterdir()))
        manifest = parse(output, text)
        paths = [*manifest.files] if manifest is not None else []
        texts = {path: found for path in paths if (found := read(output, path)) is not None}
    except (OSError, RuntimeError) as error:
        raise unreadable(output, error) from None
    return Existing(manifest=manifest, texts={**texts, MANIFEST: text}, is_foreign=manifest is None)


def parse(output: Path, text: str) -> Manifest | None:
    """Read the manifest; a broken one is as good as none, so that only `--force` goes on."""
    try:
        return read_manifest(text)
    except ValueError:
        return None


def read(output: Path, path: str) -> str | None:
    """Read one file below the folder; None where there is none. Symbolic links are not followed out of the folder."""
    file = output / path
    if not file.is_file() or not file.resolve().is_relative_to(output.resolve()):
        return None
    return file.read_bytes().decode("utf-8", errors="replace").replace("\r\n", "\n")


def unreadable(output: Path, error: OSError | RuntimeError) -> Rejected:
    """Make the exception for a folder that cannot be read; older Pythons raise `RuntimeError` where links go round."""
    message = f"'{output}' cannot be read: {why(error)}"
    return rejected("bad-output", message, hint="check the permissions of the folder, and of those around it")


def why(error: OSError | RuntimeError) -> str:
    """Say what the system complains about."""
    reason = error.strerror if isinstance(error, OSError) else None
    return reason or str(error)
