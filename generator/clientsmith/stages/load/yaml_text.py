"""YAML text goes in, its value comes out, read by the core schema of YAML 1.2: keys are text, so are `on` and dates.

The value is built from libyaml's events, without its node tree: that is faster, bounded in depth, and knows positions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from ...data.collector import no_garbage_collection
from ...data.document import Position
from .parsed import BadText, Parsed
from .text import position_after
from .yaml_builder import Builder, Events

NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff\ufeff]")


def parse_yaml(text: str) -> Parsed:
    """Parse one YAML document.

    Raises:
        BadText: the text is not YAML.
    """
    return build(text, with_positions=False)


def scan_yaml(text: str) -> Mapping[str, Position]:
    """Find where each value stands, a member by its key. The text is known to be YAML."""
    return build(text, with_positions=True).positions


def build(text: str, *, with_positions: bool) -> Parsed:
    """Run the builder over the events of a text, and put libyaml's complaints into our words.

    Raises:
        BadText: the text is not YAML.
    """
    with no_garbage_collection():
        try:
            return Builder(parser(text), with_positions=with_positions).parsed()
        except yaml.MarkedYAMLError as error:
            raise marked(error, text) from None
        except yaml.reader.ReaderError:
            raise not_text(text) from None
        except UnicodeEncodeError:
            raise not_text(text) from None


def parser(text: str) -> Events:
    """Choose libyaml's parser where PyYAML was built with it."""
    if yaml.__with_libyaml__:
        return yaml.CSafeLoader(text)
    return yaml.SafeLoader(text)


def marked(error: yaml.MarkedYAMLError, text: str) -> BadText:
    """Put a syntax error into our words."""
    mark = error.problem_mark or error.context_mark
    place = Position(mark.line + 1, mark.column + 1) if mark else None
    if mark and text[mark.index : mark.index + 1] == "\t":
        before = text[text.rfind("\n", 0, mark.index) + 1 : mark.index]
        return BadText("bad-yaml", "this is not YAML: a tab stands where only blanks may", place, tab_hint(before))
    problem = error.problem or error.context or "it cannot be parsed"
    return BadText("bad-yaml", f"this is not YAML: {problem}", place)


def tab_hint(before: str) -> str:
    """Explain what is wrong with a tab, which looks like blanks in most editors. `before` is the start of its line."""
    where = "follows a mark" if before.strip() else "indents the line"
    return f"a tab {where}, and YAML takes only blanks there: replace it by blanks"


def not_text(text: str) -> BadText:
    """Name the first character that YAML does not allow."""
    found = NOT_TEXT.search(text)
    if found is None:
        return BadText("bad-yaml", "this is not YAML: it holds a character that is not allowed")
    message = f"this is not YAML: the character U+{ord(found[0]):04X} is not allowed"
    hint = "the file may be UTF-16 without a mark: save it as UTF-8" if found[0] == "\0" else None
    return BadText("bad-yaml", message, position_after(text[: found.start()]), hint)
