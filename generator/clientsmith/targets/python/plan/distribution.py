"""`pyproject.toml`: the distribution goes in, values of TOML come out."""

from __future__ import annotations

from ....data.packaging import Distribution
from ....data.toml_text import toml_string
from ..package_files import DistributionFile, DistributionLink


def distribution_file(distribution: Distribution, package: str) -> DistributionFile:
    """Write the plan of the file."""
    return DistributionFile(
        name=toml_string(distribution.name),
        version=toml_string(distribution.version),
        summary=toml_string(distribution.summary),
        license=toml_string(distribution.license) if distribution.license else None,
        links=tuple(
            DistributionLink(label=toml_string(label), url=toml_string(url)) for label, url in distribution.links
        ),
        package=toml_string(package),
    )
