"""How a client is distributed: the settings and the document go in, the packaging comes out."""

from __future__ import annotations

from ..data.api import Api
from ..data.packaging import Distribution, Packaging
from ..data.settings import Settings
from ..data.surface import Surface
from ..stages.load import spdx

LONGEST_SUMMARY = 200


def packaging_of(settings: Settings, api: Api, surface: Surface) -> Packaging:
    """Choose what stands beside the code of a client."""
    distribution = distribution_of(settings, api, surface) if settings.package_metadata else None
    return Packaging(distribution=distribution, project=settings.project, core=settings.core)


def distribution_of(settings: Settings, api: Api, surface: Surface) -> Distribution:
    """Describe a distribution. The license of the document counts where it is one that tools know."""
    summary = f"Python client for {surface.title or surface.package}"
    return Distribution(
        name=surface.project,
        version=surface.version,
        summary=summary if len(summary) <= LONGEST_SUMMARY else f"{summary[: LONGEST_SUMMARY - 3]}...",
        license=settings.package_license or (spdx(api.license) if api.license else None),
        links=api.links,
    )
