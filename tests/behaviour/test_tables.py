"""Facts that the generator and the runtime both need: the tables of the generator hold what the runtime does."""

from __future__ import annotations

import importlib
import inspect
from typing import Any, get_args

import pytest

from clientsmith.data.api import Location, MediaKind
from clientsmith.data.media import MEDIA_USES
from clientsmith.data.reserved import CLIENT_OPTIONS, METHOD_OPTIONS
from clientsmith.data.settings import IteratorSettings, RequestSettings, Settings
from clientsmith.data.styles import STYLES, explodes, usual_style
from clientsmith.runtime.base_client import BaseClient
from clientsmith.runtime.cookies import Cookies
from clientsmith.runtime.omit import omit
from clientsmith.runtime.parameters import expand_path, header_text, query_string, split_path
from clientsmith.runtime.styles import Style
from clientsmith.targets.python.plan.expressions import Symbol
from clientsmith.targets.python.plan.media import MEDIA, PythonMedia
from clientsmith.targets.python.plan.options import CLIENT, METHOD

VALUES = ["a b", 5, ["a", "b c", "/"], {"x": 1, "y z": "?"}]
KINDS = get_args(MediaKind)


def written(location: str, value: object, style: Style | None) -> object:
    """Write a parameter called `p` as the runtime does."""
    styles: Any = {} if style is None else {"p": style}
    match location:
        case "path":
            return expand_path(split_path("/{p}"), {"p": value}, styles)
        case "query":
            return query_string({"p": value}, styles, "form")
        case "header":
            return header_text(value, style)
        case _:
            return Cookies(styles).write({"p": value})


@pytest.mark.parametrize("location", get_args(Location))
@pytest.mark.parametrize("value", VALUES, ids=str)
def test_what_is_written_without_a_style_is_the_usual_style(location: Location, value: object) -> None:
    style, explode = usual_style(location)
    assert written(location, value, None) == written(location, value, Style(style, explode))
    assert explode == explodes(style) == Style(style).explodes


def test_another_style_writes_something_else() -> None:
    """Else the test above could not fail."""
    assert written("path", VALUES[2], Style("label")) != written("path", VALUES[2], None)
    assert written("query", VALUES[2], Style("pipeDelimited")) != written("query", VALUES[2], None)
    assert set(STYLES) == set(get_args(Location))


def of_runtime(symbol: Symbol) -> Any:
    module = importlib.import_module(f"clientsmith.runtime.{symbol.module.rpartition('.')[2]}")
    return getattr(module, symbol.name)


@pytest.mark.parametrize("kind", KINDS)
def test_media_are_what_their_classes_send_and_request(kind: MediaKind) -> None:
    media: PythonMedia = MEDIA[kind]
    assert of_runtime(media.body).media_type == media.usual_body
    requested = [name for name in of_runtime(media.response).accept.split(", ") if "*" not in name]
    if media.usual_responses and requested:
        assert tuple(requested) == media.usual_responses


def test_each_kind_of_media_has_a_row() -> None:
    assert set(MEDIA) == set(MEDIA_USES) == set(KINDS)


def test_each_option_has_a_row() -> None:
    assert tuple(CLIENT) == CLIENT_OPTIONS
    assert tuple(METHOD) == METHOD_OPTIONS


def test_the_defaults_of_the_options_are_those_of_the_runtime() -> None:
    parameters = inspect.signature(BaseClient.__init__).parameters
    names = {"omit": omit, "None": None, "False": False, "2": RequestSettings().max_retries}
    for name, option in CLIENT.items():
        if option.type is not None:
            assert parameters[name].default == names[option.default], name


def test_settings_are_frozen_to_the_last(tmp_path: Any) -> None:
    settings: Any = Settings(spec=tmp_path, output=tmp_path, formats={"uuid": "str"}, security={})
    iterator: Any = IteratorSettings(name="all", method="list", position=None, positions={"page": None})  # type: ignore[arg-type, dict-item]
    for mapping in (settings.formats, settings.security, settings.requests.headers, iterator.positions):
        with pytest.raises(TypeError):
            mapping["x"] = 1
