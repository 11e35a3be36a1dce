"""What is made of the words of a document."""

from __future__ import annotations

import pytest

from clientsmith.targets.python.plan.prose import introduction, section_entry


@pytest.mark.parametrize(
    ("description", "begins"),
    [
        ("Pets and\ntheir owners.\n\nMore.", "Pets and their owners."),
        ("# Pet API\n\n## Overview\nPets.\n## Security\nKeys.", "Pets."),
        ("Pets:\n- cats\n- dogs", "Pets:"),
        ("![logo](https://a.example/logo.png)\n\nPets.", ""),
        ("<p>Pets.</p>", ""),
        ("```\ncurl\n```", ""),
        ("", ""),
        ("word " * 200, ("word " * 120).strip() + " ..."),
    ],
)
def test_the_readme_begins_as_the_description_does(description: str, begins: str) -> None:
    assert introduction(None, description) == begins


def test_a_summary_is_the_better_introduction() -> None:
    assert introduction("Pets.", "All of it.") == "Pets."


def test_words_and_facts_are_sentences_of_their_own() -> None:
    assert section_entry("id", ["The pet", "Format: uuid."]) == "    id: The pet. Format: uuid."
    assert section_entry("id", ["Which pet?", "Minimum: 1."]) == "    id: Which pet? Minimum: 1."
    assert section_entry("", ["The pet"]) == "    The pet"
