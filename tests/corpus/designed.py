"""Names the operations of a document without writing a client: a file goes in, the rows of its report come out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from clientsmith.data.api import Api
from clientsmith.data.issues import Rejected
from clientsmith.data.settings import Settings
from clientsmith.stages.load.documents import load
from clientsmith.stages.lower import lower
from clientsmith.stages.resolve import resolve
from clientsmith.targets.python.plan.placement import place

from .names import Row


def api_of(path: Path) -> Api | None:
    """Read a document; none if it is refused."""
    try:
        return lower(resolve(load(path.resolve(), allow_external=True).value).value).value
    except Rejected:
        return None


def rows_of(api: Api) -> Iterator[Row]:
    """Name its operations as a client without settings does."""
    placement, _ = place(api, Settings(spec=Path("spec.yaml"), output=Path("client")))
    for resource in placement.resources:
        for method in resource.methods:
            o = method.operation
            yield Row(o.verb, o.path, o.operation_id or "", resource.path, method.name)


def report_rows(path: Path) -> list[Row]:
    """Do both."""
    api = api_of(path)
    return list(rows_of(api)) if api else []
