"""The references of a spec go in; those that name nothing come out as errors."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ...data.document import Documents, Json, Pointer, Reference
from ...data.issues import Issue
from ...data.openapi import OBJECTS
from ...data.references import ALSO_NAMES
from ...data.suggestions import did_you_mean

MOST_HINTS = 50
"""Looking for the closest name takes time, and nobody reads on for so long."""

CODES = {
    "not-text": ("bad-ref", "'$ref' must be text", "write it like '#/components/schemas/Pet'"),
    "remote": (
        "remote-ref",
        "'{}' is on the network, which is never asked",
        "download the file into the spec's folder and refer to it there",
    ),
    "outside": (
        "external-ref-outside",
        "'{}' is outside the spec's folder",
        "move it into the folder, or set 'allow_external = true' in the settings",
    ),
    "alone": (
        "external-ref-outside",
        "'{}' is another file, and no file belongs to a document from the web or from standard input",
        "download the document with its files, and name that file",
    ),
    "unread": (
        "dangling-ref",
        "the file of '{}' cannot be read",
        "it is looked for beside the file that refers to it",
    ),
    "anchor": (
        "dangling-ref",
        "'{}' does not exist: no schema declares this '$anchor'",
        "a reference to a place starts with '#/'",
    ),
    "scope": (
        "dynamic-scope",
        "'{}' names several schemas, none of them around it; where the way to it names none, any value is taken",
        "declare the anchor in '$defs' of this schema, for where it is used alone",
    ),
}
"""Code, message and hint for each reason."""


def check_references(documents: Documents) -> list[Issue]:
    """Find references that are broken, that name nothing, and chains that go in a circle.

    One that names nothing is a warning where only a part of a type is missing: any value may stand there.
    """
    # Some may also be names: they are checked where they are used.
    references = [r for r in documents.references if r.keyword not in ALSO_NAMES]
    targets = frozenset(r.target for r in references)
    issues: list[Issue] = []
    for reference in references:
        if reference.target is None:
            found = broken(reference)
        elif not documents.has(reference.target):
            found = dangling(reference, documents, with_hint=len(issues) < MOST_HINTS)
        else:
            continue
        issues.append(as_part(found) if is_lenient(found, reference, targets) else found)
    return [*issues, *circular(references)]


def is_lenient(issue: Issue, reference: Reference, targets: frozenset[Pointer | None]) -> bool:
    """Report whether what a reference does not find is only a part of something, or is never used."""
    if issue.code != "dangling-ref":
        return False
    steps = reference.place.tokens
    is_unused = len(steps) == 3 and steps[0] == "components" and reference.place not in targets
    return is_unused or is_part(reference.place)


def place_of(reference: Reference) -> Pointer:
    """Point at the keyword itself."""
    return reference.place.child(reference.keyword)


def broken(reference: Reference) -> Issue:
    """Report a reference that cannot be followed at all."""
    code, message, hint = CODES[reference.reason or "unread"]
    return Issue(
        code=code,
        severity="warning" if reference.reason == "scope" else "error",
        message=message.format(reference.text),
        pointer=place_of(reference),
        hint=hint,
    )


def dangling(reference: Reference, documents: Documents, *, with_hint: bool) -> Issue:
    """Report a reference to a place that is not there."""
    target = reference.target
    hint = hint_for(reference, target, documents) if with_hint and target else None
    return Issue(
        code="dangling-ref",
        severity="error",
        message=f"'{reference.text}' does not exist",
        pointer=place_of(reference),
        hint=hint,
    )


OUTER_PARTS = frozenset(("headers", "links", "examples", "callbacks"))
"""Keywords outside schemas whose values a client can do without."""


def is_part(place: Pointer) -> bool:
    """Report whether a place is that of a schema within another one, or of a header: a client can do without it."""
    tokens = place.tokens
    if not OUTER_PARTS.isdisjoint(tokens[-2:-1]):
        return True
    if tokens[:2] == ("components", "schemas"):
        inner = tokens[3:]
    elif "schema" in tokens:
        inner = tokens[tokens.index("schema") + 1 :]
    else:  # Other files hold schemas under any name.
        inner = tokens if place.file else ()
    return bool(inner) and any(OBJECTS["Schema"].get(token) is not None for token in inner)


def as_part(issue: Issue) -> Issue:
    """Make a warning of an error."""
    hint = f"{issue.hint}; --strict makes this an error"
    return replace(issue, severity="warning", message=f"{issue.message}; any value may stand there", hint=hint)


# --- hints -----------------------------------------------------------------------------------------------------------


def hint_for(reference: Reference, target: Pointer, documents: Documents) -> str:
    """Find a place with a similar name: beside the one that is missing, or among the components of its file or root.

    References are written as they would stand in place of the one that names nothing.
    """
    file = reference.text.partition("#")[0]
    near = [*beside(target, documents), *components(documents.files[target.file].value)]
    candidates = {f"{file}#{written(place, documents)}": None for place in near}
    if target.file:
        root = path_to_root(reference, documents)
        candidates |= {f"{root}#{written(place, documents)}": None for place in components(documents.root.value)}
    return did_you_mean(f"{file}#{target.path}", candidates) or "add what is missing, or remove the reference"


def written(place: Pointer, documents: Documents) -> str:
    """Give the path of a place as the user has it in the same file; what was added from elsewhere has its own."""
    origin = documents.origin(place)
    return origin.path if origin.file == place.file else place.path


def path_to_root(reference: Reference, documents: Documents) -> str:
    """Write how the file of a reference refers to the root document; not at all where it is the root itself."""
    if not reference.place.file:
        return ""
    folder = posixpath.dirname(reference.place.file)
    return posixpath.relpath(documents.root_name, folder or ".")


def beside(target: Pointer, documents: Documents) -> list[Pointer]:
    """List the places that have the same parent as one that is missing."""
    try:
        parent = documents.value_at(target.parent)
    except LookupError:
        return []
    return [target.parent.child(key) for key in parent] if isinstance(parent, dict) else []


def components(value: Json) -> Iterator[Pointer]:
    """List all components of a document."""
    root = Pointer().child("components")
    for kind, members in items(items_of(value, "components")):
        for name, _ in items(members):
            yield root.below(kind, name)


def items_of(value: Json, key: str) -> Json:
    """Give a member of what may be an object."""
    return value.get(key) if isinstance(value, dict) else None


def items(value: Json) -> list[tuple[str, Json]]:
    """List the members of what may be an object."""
    return list(value.items()) if isinstance(value, dict) else []


# --- chains ----------------------------------------------------------------------------------------------------------


def circular(references: list[Reference]) -> list[Issue]:
    """Find chains of references that reach no value; each circle once, at its first reference."""
    steps = {r.place: r for r in references if r.keyword == "$ref" and r.target is not None}
    done: set[Pointer] = set()
    issues = []
    for start in steps:
        circle = circle_from(start, steps, done)
        if circle:
            issues.append(circle_issue(circle, steps))
    return issues


def circle_from(start: Pointer, steps: Mapping[Pointer, Reference], done: set[Pointer]) -> list[Pointer]:
    """Follow a chain as far as nobody has; give the circle it runs into."""
    trail: dict[Pointer, None] = {}
    place: Pointer | None = start
    while place is not None and place in steps and place not in done:
        if place in trail:
            walked = list(trail)
            done.update(walked)
            return walked[walked.index(place) :]
        trail[place] = None
        place = steps[place].target
    done.update(trail)
    return []


def circle_issue(circle: list[Pointer], steps: Mapping[Pointer, Reference]) -> Issue:
    """Report a circle."""
    way = " -> ".join(f"'{steps[place].text}'" for place in circle[:5])
    return Issue(
        code="circular-ref",
        severity="error",
        message=f"the reference leads back to itself: {way}",
        pointer=place_of(steps[circle[0]]),
        hint="one of these places must hold a schema, not a reference",
    )
