"""The styles of parameters (OpenAPI 3.1, "Style Values"): which a location may have, and what is usual there.

Tests hold the defaults against the runtime, which writes them without a declaration.
"""

from __future__ import annotations

from collections.abc import Mapping

from .api import Location, StyleName

STYLES: Mapping[Location, tuple[StyleName, ...]] = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form", "cookie"),
}
"""The styles of each location; the first is the default."""

SEPARATORS_KEY = "x-clientsmith-separators"
"""What an upgraded document has where Swagger 2.0 joins a list as no style does: one separator for each level."""


def explodes(style: StyleName) -> bool:
    """Report whether a style writes items and members apart, unless the document states `explode`."""
    return style in ("form", "cookie")


def usual_style(location: Location) -> tuple[StyleName, bool]:
    """Give the style, and `explode`, of a parameter that states neither."""
    style = STYLES[location][0]
    return style, explodes(style)
