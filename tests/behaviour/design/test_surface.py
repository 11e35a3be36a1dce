"""The surface: frozen values in no language, of which a part can be rendered alone."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clientsmith.data.document import Pointer, Position
from clientsmith.data.surface import Surface
from clientsmith.data.types import AnyOf, Ref, TypeId
from clientsmith.pipeline import settings_of
from clientsmith.stages.design import design
from clientsmith.stages.link import link
from clientsmith.stages.load import load
from clientsmith.stages.lower import lower
from clientsmith.stages.resolve import resolve
from clientsmith.targets.python.plan import plan
from clientsmith.targets.python.render import render

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases"


def surface_of(source: Path) -> Surface:
    settings = settings_of(source, Path("package")).value
    return design(lower(resolve(link(load(settings.spec).value)).value).value, settings).value


@pytest.fixture(scope="module")
def realtime_kit() -> Surface:
    return surface_of(ROOT / "spec" / "realtime_kit.toml")


def test_one_resource_is_rendered_as_in_the_whole_client(realtime_kit: Surface) -> None:
    whole = render(plan(realtime_kit))
    for resource in realtime_kit.all_resources():
        path = resource.module.replace(".", "/") + ".py"
        alone = replace(realtime_kit, resources=(resource,))
        assert render(plan(alone))[path] == whole[path]


@pytest.mark.parametrize("case", ["schema_unions", "op_paging", "op_security", "op_bodies", "names_tags"])
def test_a_surface_is_frozen_to_the_last_value(case: str) -> None:
    for value in values_in(surface_of(next(CASES.joinpath(case).glob("s*")))):
        assert not isinstance(value, (list, set, dict)), value
        if dataclasses.is_dataclass(value):
            assert value.__dataclass_params__.frozen, type(value)  # type: ignore[attr-defined]


def values_in(value: Any) -> Iterator[Any]:
    """Give a value and all that it holds. JSON of the document is any value: defaults and examples are left out."""
    yield value
    if dataclasses.is_dataclass(value) and not isinstance(value, (enum.Enum, type)):
        for field in dataclasses.fields(value):
            if field.name not in ("default", "examples"):
                yield from values_in(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from values_in(item)


def test_places_do_not_count_in_equality(realtime_kit: Surface) -> None:
    root = realtime_kit.resources[0]
    call = next(resource for resource in root.tree() if resource.calls).calls[0]
    assert replace(call, operation=replace(call.operation, pointer=Pointer("/elsewhere"))) == call
    assert replace(call, operation=replace(call.operation, path="/elsewhere")) != call
    iterator = next(iterator for resource in root.tree() for iterator in resource.iterators)
    assert replace(iterator, paging=replace(iterator.paging, position=Position(9, 9))) == iterator
    assert surface_of(ROOT / "spec" / "realtime_kit.toml") == realtime_kit


def test_types_in_two_places_are_two_types() -> None:
    place = Pointer("/components/schemas/Pet")
    assert Ref(TypeId(place, "response")) != Ref(TypeId(place, "request"))
    assert Ref(TypeId(place, "request")) != Ref(TypeId(place, "request", 1))
    assert AnyOf((Ref(TypeId(place, "request")),)) == AnyOf((Ref(TypeId(place, "request", 0)),))


@pytest.mark.parametrize("path", sorted(CASES.glob("*/expected/*")), ids=lambda path: path.name)
def test_every_type_has_one_identity_and_one_place_in_a_module(path: Path) -> None:
    source = next(
        found for name in ("settings.toml", "spec.yaml", "spec.json") if (found := path.parents[1] / name).exists()
    )
    surface = surface_of(source)
    made = [declared for module in surface.type_modules() for declared in (*module.models, *module.aliases)]
    assert len({declared.id for declared in made}) == len(made) == len({(d.module, d.name) for d in made})
    known = {declared.id for declared in made}
    for value in values_in((surface.resources, surface.components)):
        if isinstance(value, Ref):
            assert value.id in known
