"""Names the operations of a document without writing a client: a file goes in, the rows of its report come out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from clientsmith.data.api import Api
from clientsmith.data.issues import Rejected
from clientsmith.data.settings import Settings
from clientsmith.stages.adapt import adapt
from clientsmith.stages.design.placement import place
from clientsmith.stages.link import link
from clientsmith.stages.load.documents import load, load_mentioned
from clientsmith.stages.lower import lower
from clientsmith.stages.resolve import resolve

from .names import Row


def api_of(path: Path) -> Api | None:
    """Read a document; none if it is refused."""
    try:
        loaded = load(path.resolve(), allow_external=True).value
        adapted = adapt(loaded, partial(load_mentioned, allow_external=True)).value
        return lower(resolve(link(adapted)).value).value
    except Rejected:
        return None


def rows_of(api: Api) -> Iterator[Row]:
    """Name its operations as a client without settings does."""
    placed = place(api, Settings(spec=Path("spec.yaml"), output=Path("client")))
    for resource in placed.value.resources():
        for method in resource.methods:
            o = method.operation
            yield Row(o.verb, o.path, o.operation_id or "", resource.path, method.name)


def report_rows(path: Path) -> list[Row]:
    """Do both."""
    api = api_of(path)
    return list(rows_of(api)) if api else []
