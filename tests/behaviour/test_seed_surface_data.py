"""The seed data is whole, agrees with itself, and is what the extractors make of the seed pages."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parents[1]
SHARED = TESTS.parents[1] / "shared"  # beside the repository, not in it
SEEDS = SHARED / "seeds"
REQUEST_FACTS = SHARED / "facts" / "request_facts.md"

JSON = dict[str, Any]
SURFACE: JSON = json.loads((TESTS / "data" / "seed_surface.json").read_text(encoding="utf-8"))
REQUESTS: JSON = json.loads((TESTS / "data" / "request_facts.json").read_text(encoding="utf-8"))
NESTING: JSON = json.loads((TESTS / "data" / "seed_nesting.json").read_text(encoding="utf-8"))

SENT_THOUGH_OPTIONAL_IN_TYPE = {
    "audio_download_url",
    "download_url",
    "download_url_expiry",
    "file_size",
    "session_id",
    "started_time",
    "stopped_time",
}
FIRST_AMONG_REQUIRED = {"id": 0, "token": 1}
CLASSES = [
    pytest.param(fields, response, name, id=f"{response}.{name}")
    for response, classes in SURFACE["responses"].items()
    for name, fields in classes.items()
]
FIELDS = [
    pytest.param(each, id=f"{response}.{name}.{each['name']}")
    for response, classes in SURFACE["responses"].items()
    for name, fields in classes.items()
    for each in fields
]


def test_counts() -> None:
    methods, responses = SURFACE["methods"], SURFACE["responses"]
    assert len(methods) == 17
    assert len([each for each in methods if each["resource"] == "realtime_kit.recordings"]) == 6
    assert len([each for each in methods if each["resource"] == "realtime_kit.meetings"]) == 11
    assert len(responses) == 16
    assert len(CLASSES) == 96
    assert len(FIELDS) == 464


def test_one_method_returns_nothing_and_each_response_belongs_to_one_method() -> None:
    nothing = [each["name"] for each in SURFACE["methods"] if each["response_class"] is None]
    returned = [each["response_class"] for each in SURFACE["methods"] if each["response_class"]]
    assert nothing == ["start_track_recording"]
    assert returned == list(SURFACE["responses"])


@pytest.mark.parametrize("method", SURFACE["methods"], ids=lambda method: method["name"])
def test_the_positional_parameter_is_the_last_of_the_path(method: JSON) -> None:
    assert method["positional"]["name"] == re.findall(r"{(\w+)}", method["path"])[-1]
    assert method["params_class"].endswith("Params")


@pytest.mark.parametrize("each", FIELDS)
def test_a_literal_lists_every_value(each: JSON) -> None:
    literal = re.search(r"Literal\[(.*?)\]", each["annotation"])
    values = json.loads(f"[{literal[1]}]") if literal else None
    assert values == each.get("enum")
    assert not re.search(r"\d+ more", each["annotation"])


@pytest.mark.parametrize("each", FIELDS)
def test_a_field_holds_facts_only(each: JSON) -> None:
    known = {"name", "annotation", "format", "minimum", "maximum", "enum", "class"}
    assert each.keys() <= known
    assert ("datetime" in each["annotation"]) == (each.get("format") == "date-time")


@pytest.mark.parametrize(("response", "classes"), SURFACE["responses"].items())
def test_each_class_is_the_type_of_one_field(response: str, classes: JSON) -> None:
    used = [each["class"] for fields in classes.values() for each in fields if "class" in each]
    assert sorted([response, *used]) == sorted(classes)
    assert all(fields for fields in classes.values())


@pytest.mark.parametrize(("fields", "response", "name"), CLASSES)
def test_fields_come_required_first_and_then_in_alphabetical_order(
    fields: list[JSON], response: str, name: str
) -> None:
    """A field that was given to the wrong class would usually be out of order there."""
    ordered = sorted(fields, key=lambda each: place(each, response))
    assert [each["name"] for each in fields] == [each["name"] for each in ordered]


def place(each: JSON, response: str) -> tuple[bool, int, str]:
    """Return what the published pages sort the fields of a class by."""
    name: str = each["name"]
    sent = response.startswith("Recording") and name in SENT_THOUGH_OPTIONAL_IN_TYPE
    optional = each["annotation"].startswith("Optional[") and not sent
    return optional, FIRST_AMONG_REQUIRED.get(name, len(FIRST_AMONG_REQUIRED)), name


@pytest.mark.parametrize(("fields", "response", "name"), CLASSES)
def test_nested_classes_have_exactly_the_members_of_their_family(fields: list[JSON], response: str, name: str) -> None:
    names = [each["name"] for each in fields]
    families = [family for family in NESTING["families"] if name.endswith(family)]
    if families:
        assert names == NESTING["families"][max(families, key=len)]["members"]
    elif name == response:
        assert set(names) <= set(NESTING["envelope"])
    else:
        assert name in ("Data", "Paging")


@pytest.mark.parametrize(("family", "entry"), NESTING["families"].items())
def test_families_have_the_members_of_what_they_are_taken_from(family: str, entry: JSON) -> None:
    if "shared_object" in entry:
        assert entry["members"] == shared_object_members(entry["shared_object"])
    elif "response_class" in entry:
        response, name = entry["response_class"]
        fields = SURFACE["responses"][response][name]
        assert entry["members"] == [each["name"] for each in fields]
    else:
        assert family in ("DataStartReason", "DataStopReason", "ReasonCaller")


def shared_object_members(name: str) -> list[str]:
    """Return the member names of a shared object, or of an object in it (`Watermark.size`)."""
    owner, _, inner = name.partition(".")
    fields: list[JSON] = REQUESTS["shared_objects"][owner]
    if inner:
        fields = next(each["properties"] for each in fields if each["name"] == inner)
    return [each["name"] for each in fields]


def test_both_sources_have_the_same_operations() -> None:
    keys = ("resource", "name", "verb", "path")
    assert [[each[key] for key in keys] for each in SURFACE["methods"]] == [
        [each[key] for key in keys] for each in REQUESTS["operations"]
    ]


def test_request_facts_counts() -> None:
    operations = REQUESTS["operations"]
    assert len(operations) == 17
    assert sum(len(each["query"]) for each in operations) == 19
    assert sum(len(each["body"]) for each in operations) == 50
    assert [each["name"] for each in operations if each["status"] == 201] == [
        "create",
        "add_participant",
    ]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed pages are not part of the repository")
def test_the_seed_pages_give_the_committed_surface(tmp_path: Path) -> None:
    assert extracted("extract.py", SEEDS, tmp_path) == committed("seed_surface.json")


@pytest.mark.skipif(not REQUEST_FACTS.is_file(), reason="the request facts are not part of the repository")
def test_the_request_facts_give_the_committed_facts(tmp_path: Path) -> None:
    assert extracted("extract_requests.py", REQUEST_FACTS, tmp_path) == committed("request_facts.json")


def extracted(script: str, source: Path, folder: Path) -> str:
    """Run an extractor and return what it writes."""
    output = folder / "extracted.json"
    command = [sys.executable, str(TESTS / "seeds" / script), str(source), str(output)]
    subprocess.run(command, check=True)
    return output.read_text(encoding="utf-8")


def committed(name: str) -> str:
    """Return the text of a file of test data."""
    return (TESTS / "data" / name).read_text(encoding="utf-8")
