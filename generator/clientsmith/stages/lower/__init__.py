"""Stage: a resolved spec of any OpenAPI 3 version goes in, the one `Api` it describes comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...data.api import Api, Tag
from ...data.collector import no_garbage_collection
from ...data.document import Pointer
from ...data.issues import Found, Issue, Rejected
from ...data.limits import Limits
from ...data.spec import Spec
from ...data.stack import deep_stack
from .budget import Budget
from .context import Lowering
from .documentation import describe
from .events import lower_events
from .notes import more
from .operations import lower_operations
from .reading import Keys, as_keys, child_keys, items, text
from .references import definitions
from .schemas import RULES
from .security import lower_schemes, lower_security, scheme_objects
from .servers import lower_servers

TOO_DEEP = Issue(
    code="too-deep",
    severity="error",
    message="schemas are nested too deep to be read",
    pointer=Pointer(),
    hint="move inner schemas to components",
)

WEB_PAGE = re.compile(r"https?://[!-~]+", re.IGNORECASE)

__all__ = ["lower"]


def lower(spec: Spec, limits: Limits | None = None) -> Found[Api]:
    """Read an OpenAPI document as an API: operations, named schemas, security, servers.

    Whatever has the wrong type in a place that does not matter reads as absent. All else that is
    wrong, or that cannot be expressed, is an issue of the result.

    Raises:
        Rejected: the document becomes larger than `limits` allow, or is nested too deep.
    """
    lowering = Lowering(spec, RULES, describe, Budget(limits or Limits(), size_of(spec)))
    try:
        with deep_stack(), no_garbage_collection():
            api = lower_document(lowering, as_keys(spec.value()))
    except RecursionError:
        raise Rejected([*lowering.issues, TOO_DEEP]) from None
    except Rejected as rejected:
        raise Rejected([*lowering.issues, *rejected.issues]) from None
    return Found(api, tuple(lowering.issues))


def lower_document(lowering: Lowering, keys: Keys) -> Api:
    """Lower the root object; definitions come last, when all references are known."""
    info = child_keys(keys, "info")
    schemes = lower_schemes(lowering)
    by_name = {scheme.name: scheme for scheme in schemes}
    known = {name: by_name.get(name) for name in scheme_objects(lowering)}
    operations = lower_operations(lowering, known)
    return Api(
        title=text(info, "title") or "",
        version=version_text(info),
        summary=text(info, "summary"),
        description=text(info, "description"),
        more=more(keys),
        license=license_of(info),
        links=tuple(links(keys, info)),
        tags=lower_tags(keys),
        servers=lower_servers(keys),
        security_schemes=schemes,
        security=lower_security(lowering, keys, Pointer(), known) or (),
        operations=operations,
        events=lower_events(lowering),
        definitions=definitions(lowering),
        size=size_of(lowering.spec),
    )


def size_of(spec: Spec) -> int:
    """Count the characters of the document's files."""
    return sum(len(document.text) for document in spec.documents.values())


def license_of(info: Keys) -> str | None:
    """Give the identifier of the license, or its name, which often is one."""
    found = child_keys(info, "license")
    return text(found, "identifier") or text(found, "name")


def links(keys: Keys, info: Keys) -> Iterator[tuple[str, str]]:
    """Find the pages about the API."""
    pages = {
        "Documentation": text(child_keys(keys, "externalDocs"), "url"),
        "Contact": text(child_keys(info, "contact"), "url"),
        "Terms of service": text(info, "termsOfService"),
    }
    for label, url in pages.items():
        if url is not None and WEB_PAGE.fullmatch(url):
            yield label, url


def version_text(info: Keys) -> str:
    """Give the version of the API, which YAML may have read as a number."""
    version = info.get("version")
    return str(version) if isinstance(version, str | int | float) else ""


def lower_tags(keys: Keys) -> tuple[Tag, ...]:
    """Lower the declared tags, each once."""
    tags: dict[str, Tag] = {}
    for value in items(keys, "tags"):
        tag = as_keys(value)
        name = text(tag, "name")
        if name is not None:
            description, parent, kind = text(tag, "description"), text(tag, "parent"), text(tag, "kind")
            tags.setdefault(name, Tag(name=name, description=description, more=more(tag), parent=parent, kind=kind))
    return tuple(tags.values())
