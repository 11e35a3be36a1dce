"""What people read about types: their descriptions, and the facts that no type has."""

from __future__ import annotations

from collections.abc import Iterator

from ....data.prose import described, displayed, limits
from ....data.schemas import Documentation
from ....data.surface import Argument, Flags, Member, Model, TypeModule
from ....data.types import AnyOf, Literals, Scalar, TypeExpr


def member_paragraphs(member: Member, *, request: bool = False) -> tuple[str, ...]:
    """Give the description of a member, then its facts in one paragraph."""
    text = description(member.documentation, member.wire_name)
    return (*text, *_facts_text(member.documentation, member.type, member.flags, request=request))


def argument_paragraphs(argument: Argument) -> tuple[str, ...]:
    """Give what people read about an argument."""
    own = (argument.description,) if argument.description else ()
    text = description(argument.documentation, argument.wire_name)
    facts = _facts_text(argument.documentation, argument.type, argument.flags, request=True)
    return tuple(dict.fromkeys((*own, *text, *facts, *argument.notes)))


def _facts_text(documentation: Documentation, about: TypeExpr, flags: Flags, *, request: bool) -> tuple[str, ...]:
    facts = " ".join(f"{fact}." for fact in _facts(documentation, about, flags, request=request))
    return (facts,) if facts else ()


def description(documentation: Documentation, name: str) -> tuple[str, ...]:
    """Give the prose of a schema with this name: the description, else a title with words of its own."""
    text = described(documentation, name)
    return (text, *documentation.notes) if text.strip() else documentation.notes


def _facts(documentation: Documentation, about: TypeExpr, flags: Flags, *, request: bool) -> Iterator[str]:
    """Give facts as short sentences without full stops."""
    about = _only(about)
    # The type of a response has its format already.
    has_format = not request and isinstance(about, Scalar) and about.format
    for label, value in limits(documentation):
        if not (label == "Format" and has_format):
            yield f"{label}: {value}" if value else label
    if isinstance(about, Literals) and any(isinstance(value, float) for value in about.values):
        yield f"One of: {', '.join(displayed(value) for value in about.values)}"
    if documentation.has_default and request:
        yield f"Server default: {displayed(documentation.default)}"
    if flags.deprecated:
        yield "Deprecated"
    if flags.read_only and not request:
        yield "Read-only"
    if flags.write_only and not request:
        yield "Write-only: the server does not send it"


def _only(expression: TypeExpr) -> TypeExpr:
    """Give the type beside null."""
    match expression:
        case AnyOf(members=(only,)):
            return only
        case _:
            return expression


# --- classes ---------------------------------------------------------------------------------------------------------


def class_text(model: Model, module: TypeModule) -> tuple[str, ...]:
    """Give the description of a class, or which part of the module's main type it is; then its limits."""
    facts = " ".join(f"{label}: {value}." for label, value in limits(model.documentation) if value)
    return (*_class_title(model, module), *((facts,) if facts else ()))


def _class_title(model: Model, module: TypeModule) -> tuple[str, ...]:
    text = description(model.documentation, model.name)
    if text:
        return text
    place = f"`{'.'.join(model.path)}` of `{module.exports[0]}`" if model.path else f"`{module.exports[0]}`"
    if model.variant is not None:
        return (f"Variant {model.variant} of {place}.",)
    return (f"{place}.",) if model.path else (main_title(model.name, module),)


def main_title(name: str, module: TypeModule) -> str:
    """Describe a main type; a module with one has that as its own title."""
    if len(module.exports) == 1:
        return module.title
    return f"{'Model' if module.side == 'response' else 'Request type'} `{name}`."
