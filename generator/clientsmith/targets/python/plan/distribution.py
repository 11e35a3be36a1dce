"""`pyproject.toml`: the distribution goes in, values of TOML come out."""

from __future__ import annotations

from ....data.client import Client
from ....data.packaging import Distribution
from ....data.toml_text import toml_string
from ..package_files import DistributionFile, DistributionLink

REQUIREMENTS = {"httpx2": "httpx2>=2,<3", "httpx": "httpx>=0.28,<1"}
"""The versions of each HTTP library that clients are tried with."""


def http_libraries(client: Client) -> tuple[str, str]:
    """Name the HTTP library that a client uses, and the one that it uses where only that is installed."""
    return ("httpx", "httpx2") if client.compatibility else ("httpx2", "httpx")


def distribution_file(distribution: Distribution, package: str, client: Client) -> DistributionFile:
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
        requirement=toml_string(REQUIREMENTS[http_libraries(client)[0]]),
    )
