"""What reads webhooks: the declaration and the methods of one resource."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ....data.surface import Receiver as ReceiverType
from ....data.text import Docstring, docstring, identifier
from ..package_receiver import Receiver, ReceiverDocstrings
from .expressions import Call, Lambda, Name, Subscript, Symbol, builtin, core
from .prose import section_entry
from .scope import ModuleScope
from .spell import TypeNames

_WEBHOOKS = Name(core("webhooks", "Webhooks"))
_SECRET = Name(core("webhooks", "WebhookSecret"))
_STR = Name(builtin("str"))
_HEADERS = Subscript(Name(Symbol("collections.abc", "Mapping")), (_STR, _STR))
_ARGUMENTS = {
    "body": "The body of the request as it was received, not decoded: a signature covers its bytes.",
    "headers": "The headers of the request; their names are looked up without regard to case.",
    "secret": "Verifies the signature instead of the secret of the client; several while secrets are replaced.",
}
_ERRORS = {
    "WebhookVerificationError": "The signature is not right, or is older than five minutes.",
    "WebhookError": "The body is not what the document says.",
}
_UNWRAP = "Verify the signature of a webhook and give its event."
_UNSAFE = "Give the event of a webhook whose sender is not verified."
_VERIFY = "Verify the signature of a webhook."


def receiver(made: ReceiverType, resource: str, scope: ModuleScope, names: TypeNames) -> Callable[[], Receiver]:
    """Register what the methods need; they are written when the names of the module are chosen."""
    event = names.speller("response").spell(made.type)
    scope.use(_WEBHOOKS)
    annotation = scope.use(Subscript(_WEBHOOKS, (event,)), for_typing=True)
    declared = scope.use(Call(_WEBHOOKS, (Lambda(names.speller("response", "package").spell(made.type)),)))
    of_event = scope.use(event, for_typing=True)
    headers = scope.use(_HEADERS, for_typing=True) if made.is_verifying else None
    secret = scope.use(_SECRET, for_typing=True) if made.is_verifying else None
    return lambda: Receiver(
        constant=identifier("_WEBHOOKS"),
        constant_type=annotation(),
        made=declared(),
        event=of_event(),
        headers=headers() if headers else None,
        secret=secret() if secret else None,
        unwrap=identifier(made.unwrap),
        unsafe_unwrap=identifier(made.unsafe_unwrap),
        verify=identifier(made.verify),
        is_verifying=made.is_verifying,
        body=identifier(made.body),
        key=identifier(made.secret),
        docstrings=_docstrings(made),
        async_docstrings=_async_docstrings(made, resource),
    )


def _docstrings(made: ReceiverType) -> ReceiverDocstrings:
    unsafe = _docstring(made, _UNSAFE, ["body"], ["WebhookError"])
    return ReceiverDocstrings(
        unwrap=_docstring(made, _UNWRAP, _ARGUMENTS, _ERRORS) if made.is_verifying else unsafe,
        unsafe_unwrap=unsafe,
        verify=_docstring(made, _VERIFY, _ARGUMENTS, ["WebhookVerificationError"]),
    )


def _async_docstrings(made: ReceiverType, resource: str) -> ReceiverDocstrings:
    """Name the same methods of the sync client: these do not wait for anything either."""

    def same(does: str, method: str) -> Docstring:
        return docstring([f"{does.rstrip('.')}, as `{resource}.{method}`: not awaited."], 8)

    return ReceiverDocstrings(
        unwrap=same(_UNWRAP if made.is_verifying else _UNSAFE, made.unwrap),
        unsafe_unwrap=same(_UNSAFE, made.unsafe_unwrap),
        verify=same(_VERIFY, made.verify),
    )


def _docstring(made: ReceiverType, does: str, arguments: Iterable[str], errors: Iterable[str]) -> Docstring:
    names = {"body": made.body, "secret": made.secret}
    described = [section_entry(names.get(name, name), [_ARGUMENTS[name]]) for name in arguments]
    raised = [section_entry(name, [_ERRORS[name]]) for name in errors]
    return docstring([does, "\n".join(["Args:", *described]), "\n".join(["Raises:", *raised])], 8)
