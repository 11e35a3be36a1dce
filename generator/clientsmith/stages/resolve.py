"""Stage: valid files go in, one spec whose references all have targets comes out."""

from __future__ import annotations

from collections.abc import Mapping

from ..data.document import Documents, Pointer
from ..data.issues import Found
from ..data.spec import Node, Spec, Version

VERSIONS: tuple[Version, ...] = ("3.0", "3.1", "3.2")


def resolve(documents: Documents) -> Found[Spec]:
    """Join references and targets.

    Relies on `validate`: the version is known, no reference is broken. One that is (in a place that no client needs)
    has no target here.
    """
    references = {
        reference.place: reference.target
        for reference in documents.references
        if reference.target is not None and documents.has(reference.target)
    }
    spec = Spec(
        version=version_of(documents),
        root=documents.root,
        documents=documents.files,
        references=references,
        nodes=nodes(documents, references),
    )
    return Found(spec)


def version_of(documents: Documents) -> Version:
    """Read major and minor version; YAML may have read `3.1` as a number."""
    root = documents.root.value
    said = str(root.get("openapi")) if isinstance(root, dict) else ""
    for version in VERSIONS:
        if version in said:
            return version
    return "3.1"


def nodes(documents: Documents, references: Mapping[Pointer, Pointer]) -> dict[Pointer, Node]:
    """Look each target up, once."""
    return {target: Node(documents.value_at(target), target) for target in dict.fromkeys(references.values())}
