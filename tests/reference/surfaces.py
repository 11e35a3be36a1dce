"""The surfaces of documents, as the pipeline makes them."""

from __future__ import annotations

from pathlib import Path

from clientsmith.data.surface import Surface
from clientsmith.pipeline import Run, settings_of, understand


def surface_of(source: Path, output: Path | None = None) -> Surface:
    """Make the surface that the settings, or the document, describe; the package has the name of the output."""
    return understand(Run(settings_of(source, output)), lambda stage: None)
