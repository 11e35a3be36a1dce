"""What is made of the words of a document."""

from __future__ import annotations

import pytest

from clientsmith.targets.markdown_prose import opening_and_rest
from clientsmith.targets.python.plan.prose import section_entry

LONG = "word " * 200


@pytest.mark.parametrize(
    ("description", "opening", "rest"),
    [
        ("Pets and\ntheir *owners*.\n\nMore.", "Pets and their *owners*.\n\nMore.", ""),
        ("- cats\n- dogs", "- cats\n\n- dogs", ""),
        ("# Pet API\n\n## Overview\nPets.\n## Security\nKeys.", "Pets.", "### Security\n\nKeys."),
        ("Pets.\n\n### A\n\n#### B\n\n# C", "Pets.", "##### A\n\n###### B\n\n### C"),
        ("Pets.\n\nHead\n====\n\n- # In a list", "Pets.", "### Head\n\n- ### In a list"),
        (f"Pets.\n\n{LONG}", "Pets.", LONG.strip()),
        (f"Pets:\n- cats\n\n{LONG}", "", f"Pets:\n\n- cats\n\n{LONG.strip()}"),
        ("> # Quoted\n\nPets.", "", "> ### Quoted\n>\nPets."),
        ("<p>Pets.</p>", r"\<p\>Pets.\</p\>", ""),
        (f"<p>Pets.</p>\n\n{LONG}", "", f"\\<p\\>Pets.\\</p\\>\n\n{LONG.strip()}"),
        (f"![a](https://b/c.png)\n\n{LONG}", "", f"[a](https://b/c.png)\n\n{LONG.strip()}"),
        ("# Head only", "", "### Head only"),
        ("", "", ""),
    ],
)
def test_the_readme_begins_as_the_description_does(description: str, opening: str, rest: str) -> None:
    assert opening_and_rest(description, 3) == (opening, rest)


def test_words_and_facts_are_sentences_of_their_own() -> None:
    assert section_entry("id", ["The pet", "Format: uuid."]) == "    id: The pet. Format: uuid."
    assert section_entry("id", ["Which pet?", "Minimum: 1."]) == "    id: Which pet? Minimum: 1."
    assert section_entry("", ["The pet"]) == "    The pet"
