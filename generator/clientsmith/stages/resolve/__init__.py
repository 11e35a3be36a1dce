"""Stage: valid files go in, one spec whose references all have targets comes out."""

from __future__ import annotations

from collections.abc import Mapping

from ...data.document import Documents, Pointer
from ...data.issues import Found
from ...data.openapi import VERSIONS, Version, version_of
from ...data.spec import Copy, Node, Spec
from .instances import Instances, anchors_of

__all__ = ["resolve"]


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
    anchors = anchors_of(documents)
    copies = {}
    if anchors:
        instances = Instances(documents, references, anchors)
        references, copies = instances.references, instances.copies
    spec = Spec(
        version=root_version(documents),
        root=documents.root,
        documents=documents.files,
        references=references,
        nodes=nodes(documents, references, copies),
        copies=copies,
    )
    return Found(spec)


def root_version(documents: Documents) -> Version:
    """Give the version, which `validate` has found to be one that is supported."""
    root = documents.root.value
    return (version_of(root.get("openapi")) if isinstance(root, dict) else None) or VERSIONS[0]


def nodes(
    documents: Documents, references: Mapping[Pointer, Pointer], copies: Mapping[Pointer, Copy]
) -> dict[Pointer, Node]:
    """Look each target up, once; a copy has the value of what it was made of."""
    targets = {target: copies[target].origin if target in copies else target for target in references.values()}
    return {target: Node(documents.value_at(origin), target) for target, origin in targets.items()}
