"""The kinds of changes, and how grave each is. `docs/diff.md` has this table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["none", "patch", "minor", "major"]
LEVELS: tuple[Level, ...] = ("none", "patch", "minor", "major")
Levels = tuple[Level, Level]
"""For the wire, then for typing."""

NONE: Levels = ("none", "none")
PATCH: Levels = ("patch", "patch")
MINOR: Levels = ("minor", "minor")
MAJOR: Levels = ("major", "major")
WIRE: Levels = ("major", "none")
TYPING: Levels = ("none", "major")
MINOR_WIRE: Levels = ("minor", "none")
MINOR_TYPING: Levels = ("none", "minor")
DOCUMENTED: Levels = ("none", "patch")
BREAKS_CODE: Levels = ("minor", "major")
"""Requests and responses go on as before; code does not."""
BREAKS_SERVER: Levels = ("major", "minor")
"""Code goes on as before; the server refuses what it sends, or gives what it cannot read."""


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """One kind of change."""

    name: str
    request: Levels
    """For what is sent, and for what has no direction."""
    response: Levels
    meaning: str


def _both(name: str, levels: Levels, meaning: str) -> ChangeKind:
    return ChangeKind(name, levels, levels, meaning)


_ROWS = (
    # --- the client ---
    _both("package-renamed", TYPING, "The package has another name"),
    _both("client-renamed", TYPING, "The class of the client, or that of its errors, has another name"),
    _both("server-changed", WIRE, "Requests go to another URL, and the old one is not among the servers any more"),
    _both("server-default-changed", MINOR_WIRE, "Requests go to another URL; the old one is still a server"),
    _both("server-removed", MAJOR, "No server is given any more, so the caller must give a URL"),
    _both("server-given", MINOR, "A server is given, so the caller need not give a URL any more"),
    _both(
        "server-alternative-removed", MINOR_WIRE, "A further server, which the client does not use by itself, is gone"
    ),
    _both("server-alternative-added", MINOR_WIRE, "There is a further server"),
    _both("server-env-renamed", TYPING, "The URL is read from another environment variable"),
    _both("server-variable-removed", TYPING, "The constructor has lost an argument for a part of the URL"),
    _both("server-variable-added", MINOR_TYPING, "The constructor has a new argument for a part of the URL"),
    _both("server-variable-renamed", TYPING, "The constructor's argument for a part of the URL has another name"),
    _both("server-value-removed", MAJOR, "A part of the URL may not have a value any more"),
    _both("server-value-added", MINOR, "A part of the URL may have a new value"),
    _both(
        "server-option-removed", TYPING, "The constructor has lost an argument for the URL of a server of operations"
    ),
    _both(
        "server-option-added", MINOR_TYPING, "The constructor has a new argument for the URL of a server of operations"
    ),
    _both("environment-removed", TYPING, "A server cannot be chosen by its name any more"),
    _both("environment-added", MINOR_TYPING, "A server can be chosen by a new name"),
    _both("environment-changed", WIRE, "The server of a name has another URL"),
    _both("operation-server-changed", WIRE, "An operation has other servers than before"),
    _both("query-objects-changed", WIRE, "The setting for objects in queries is another one"),
    _both("query-arrays-changed", WIRE, "The setting for lists in queries is another one"),
    _both("form-objects-changed", WIRE, "The setting for objects in multipart bodies is another one"),
    _both("client-argument-removed", TYPING, "The constructor has lost an argument that goes out with every request"),
    _both("client-argument-added", MINOR_TYPING, "The constructor has a new optional argument for every request"),
    _both("required-client-argument-added", TYPING, "The constructor has a new argument that must be given"),
    _both("client-argument-required", TYPING, "An argument of the constructor must be given"),
    _both("client-argument-optional", MINOR_TYPING, "An argument of the constructor need not be given any more"),
    _both("client-argument-renamed", TYPING, "An argument of the constructor has another name"),
    _both("client-argument-env-renamed", TYPING, "An argument of the constructor is read from another variable"),
    _both("client-argument-changed", WIRE, "An argument of the constructor is sent as another header or parameter"),
    _both("client-argument-default-changed", MINOR_WIRE, "An argument of the constructor has another default"),
    _both(
        "request-defaults-changed", MINOR_WIRE, "Retries, timeouts, headers or limits of all requests are other ones"
    ),
    _both("idempotency-header-changed", WIRE, "Idempotency keys are sent in another header, or not any more"),
    _both("idempotency-header-added", MINOR_WIRE, "Idempotency keys are sent"),
    _both("event-rules-changed", TYPING, "Other events of streams are given, left out, or errors"),
    _both("base-class-removed", TYPING, "A generated class has lost a base class of the user's"),
    _both("base-class-added", MINOR_TYPING, "A generated class has a base class of the user's"),
    _both("base-class-changed", TYPING, "A generated class has another base class of the user's"),
    _both("compatibility-removed", TYPING, "The names that users of another SDK know are gone"),
    _both("compatibility-added", MINOR_TYPING, "There are the names that users of another SDK know"),
    _both("runtime-moved", TYPING, "The client shares another runtime, which must be importable, or has its own again"),
    _both("distribution-removed", TYPING, "The client cannot be installed any more"),
    _both("distribution-added", MINOR_TYPING, "The client can be installed"),
    _both("distribution-renamed", TYPING, "The client is installed under another name"),
    # --- webhooks ---
    _both("webhook-removed", MAJOR, "The API does not send a webhook or a callback any more, and its type is gone"),
    _both("webhook-added", MINOR, "The API sends a new webhook or callback"),
    # --- credentials ---
    _both("credential-removed", MAJOR, "The constructor has lost a credential"),
    _both("credential-added", MINOR, "The constructor has a new credential"),
    _both("credential-required", TYPING, "A credential must be given to the constructor"),
    _both("credential-optional", MINOR_TYPING, "A credential need not be given to the constructor any more"),
    _both("credential-renamed", TYPING, "A credential has another name"),
    _both("credential-env-renamed", TYPING, "A credential is read from another environment variable"),
    _both("credential-changed", WIRE, "A credential is sent in another way"),
    _both("security-required", WIRE, "A credential is needed that was not"),
    _both("security-alternative-removed", WIRE, "Credentials that were enough are not any more"),
    _both("security-alternative-added", MINOR_WIRE, "Other credentials are enough, too"),
    _both("scope-required", WIRE, "A client that gets tokens by itself must ask for a further scope"),
    _both("scope-not-required", MINOR_WIRE, "A scope need not be asked for any more"),
    _both("security-not-required", MINOR_WIRE, "No credential is needed any more"),
    # --- resources and methods ---
    _both("resource-renamed", TYPING, "A resource has another name, with all that is in it"),
    _both("method-removed", MAJOR, "An operation is gone"),
    _both("method-added", MINOR, "There is a new operation"),
    _both("method-renamed", TYPING, "The method of an operation has another name or is in another resource"),
    _both("method-deprecated", MINOR, "An operation is deprecated"),
    _both("method-undeprecated", PATCH, "An operation is not deprecated any more"),
    _both("path-changed", WIRE, "An operation is at another path"),
    _both("verb-changed", WIRE, "An operation has another HTTP method"),
    _both("stream-method-removed", MAJOR, "An operation has no method that gives a stream any more"),
    _both("stream-method-added", MINOR, "An operation has a method that gives a stream"),
    _both("stream-method-renamed", TYPING, "The method that gives a stream has another name"),
    _both("iterator-removed", TYPING, "A method that goes through all pages is gone"),
    _both("iterator-added", MINOR_TYPING, "There is a method that goes through all pages"),
    _both("iterator-renamed", TYPING, "A method that goes through all pages has another name"),
    _both("iterator-changed", MINOR_WIRE, "Pages are found in another way"),
    _both("pages-removed", TYPING, "A method gives a plain response instead of a page"),
    _both("pages-added", MINOR_TYPING, "A method gives a page, which has all of the response"),
    _both("list-pages-added", TYPING, "A method gives a page instead of a list"),
    _both("pages-changed", MINOR_WIRE, "The page behind a page is found in another way"),
    # --- arguments ---
    _both("argument-removed", BREAKS_CODE, "A method has lost an argument"),
    _both("argument-added", MINOR, "A method has a new optional argument"),
    _both("required-argument-added", MAJOR, "A method has a new argument that must be given"),
    _both("argument-required", MAJOR, "An argument must be given that need not be given before"),
    _both("argument-optional", MINOR, "An argument need not be given any more"),
    _both("argument-renamed", TYPING, "An argument has another name in the client"),
    _both("argument-wire-renamed", MAJOR, "An argument has another name in the request, and so in the client"),
    _both("argument-moved", WIRE, "An argument is sent in another part of the request"),
    _both("argument-encoding-changed", WIRE, "An argument is written in another way: style, explode, media type"),
    _both("argument-escaping-changed", MINOR_WIRE, "Reserved characters of an argument are escaped, or not any more"),
    _both("argument-default-changed", WIRE, "The server takes another value where a parameter is not given"),
    _both("argument-deprecated", MINOR, "An argument is deprecated"),
    _both("argument-undeprecated", PATCH, "An argument is not deprecated any more"),
    _both("positional-argument-changed", TYPING, "Another argument, or none, may be passed by position"),
    _both("body-arguments-changed", TYPING, "A body is one argument instead of one for each member, or the reverse"),
    # --- bodies ---
    _both("body-removed", BREAKS_CODE, "An operation takes no body any more"),
    _both("body-added", MINOR, "An operation takes a body, which need not be given"),
    _both("required-body-added", MAJOR, "An operation takes a body, which must be given"),
    _both("body-required", MAJOR, "A body must be given that need not be given before"),
    _both("body-optional", MINOR, "A body need not be given any more"),
    _both("body-media-type-removed", WIRE, "A media type that the client sends is not accepted any more"),
    _both("body-media-type-unused", MINOR_WIRE, "A media type that the client does not send is gone"),
    _both("body-media-type-added", MINOR_WIRE, "A body may have a further media type"),
    _both("body-part-encoding-changed", WIRE, "A member of a form or multipart body is sent in another way"),
    # --- responses ---
    _both("response-status-removed", WIRE, "A successful status is gone"),
    _both("response-status-added", MINOR_WIRE, "There is a new successful status"),
    _both("error-status-removed", MINOR_WIRE, "A status of failure is gone"),
    _both("error-status-added", MINOR_WIRE, "There is a new status of failure"),
    _both("response-body-removed", MAJOR, "A response has no content any more"),
    _both("error-body-added", MINOR, "A response of a failure has content that had none"),
    _both("response-body-added", BREAKS_CODE, "A response has content that had none"),
    _both("response-media-type-removed", WIRE, "The media type that the client asks for first is gone"),
    _both("response-media-type-unused", MINOR_WIRE, "A media type is gone that the client does not ask for first"),
    _both("response-media-type-added", MINOR_WIRE, "A response may have a further media type"),
    _both("response-type-changed", TYPING, "A method gives another type: another status or media type, or a stream"),
    _both("response-header-removed", WIRE, "A header that every response had is gone"),
    _both("response-header-optional", WIRE, "A header that every response had may be missing"),
    _both("optional-response-header-removed", MINOR_WIRE, "A header that a response may have had is gone"),
    _both("response-header-added", MINOR_WIRE, "A response has a new header"),
    _both("response-header-required", MINOR_WIRE, "A header is in every response now"),
    # --- types ---
    _both("type-removed", TYPING, "A named type is gone"),
    _both("type-added", MINOR_TYPING, "There is a new named type"),
    _both("type-deprecated", MINOR, "A type is deprecated"),
    _both("type-undeprecated", PATCH, "A type is not deprecated any more"),
    _both("type-renamed", TYPING, "A named type has another name or is in another module"),
    ChangeKind("type-changed", MAJOR, MAJOR, "Values have a type that has nothing to do with the one before"),
    ChangeKind(
        "type-narrowed", MAJOR, MINOR, "Fewer values are allowed: a number is an integer, any text one of a list"
    ),
    ChangeKind("type-widened", MINOR, MAJOR, "More values are allowed: an integer is a number, one of a list any text"),
    ChangeKind("format-added", BREAKS_SERVER, BREAKS_CODE, "A text has a format that gives it a type of its own"),
    ChangeKind("format-removed", BREAKS_CODE, MAJOR, "A text has lost the format that gave it a type of its own"),
    ChangeKind("format-changed", MAJOR, MAJOR, "A text has another format, and so another type"),
    ChangeKind("null-allowed", MINOR, MAJOR, "A value may be null"),
    ChangeKind(
        "optional-null-allowed",
        MINOR,
        WIRE,
        "A field that may be missing may be null, too; code reads None",
    ),
    ChangeKind("null-refused", MAJOR, MINOR, "A value may not be null any more"),
    ChangeKind("variant-removed", MAJOR, MINOR, "A union has lost one of its types"),
    ChangeKind("variant-added", MINOR, MAJOR, "A union has a further type"),
    _both("discriminator-changed", MINOR_WIRE, "The variants of a union are distinguished in another way"),
    ChangeKind(
        "variant-value-removed", WIRE, MINOR_WIRE, "A value of the discriminator does not select its variant any more"
    ),
    ChangeKind("variant-value-added", MINOR_WIRE, WIRE, "A further value of the discriminator selects a variant"),
    _both("variant-value-renamed", WIRE, "Another value of the discriminator selects a variant"),
    ChangeKind("value-removed", MAJOR, BREAKS_CODE, "A value is not in the list any more"),
    ChangeKind("value-added", MINOR, BREAKS_CODE, "A value is new in the list"),
    _both("value-renamed", MAJOR, "A value of the list is written in another way"),
    # --- fields ---
    ChangeKind("field-removed", BREAKS_CODE, MAJOR, "An object has lost a field"),
    ChangeKind("field-added", MINOR, MINOR, "An object has a new field, which need not be given"),
    ChangeKind("required-field-added", MAJOR, MINOR, "An object has a new field, which is always there"),
    ChangeKind("field-required", MAJOR, MINOR, "A field is always there that could be missing before"),
    ChangeKind("field-optional", MINOR, MAJOR, "A field may be missing that was always there before"),
    ChangeKind(
        "nullable-field-optional",
        MINOR,
        WIRE,
        "A field that may be null may be missing, too: code reads None either way",
    ),
    _both("field-not-sent", WIRE, "The server does not send a field any more, which the client keeps"),
    _both("field-sent", MINOR_WIRE, "The server sends a field that was write-only"),
    _both("field-renamed", TYPING, "A field has another name in the client"),
    _both("field-wire-renamed", MAJOR, "A field has another name in the document, and so in the client"),
    ChangeKind("field-default-changed", MINOR_WIRE, DOCUMENTED, "Another value is taken where a field is not given"),
    _both("field-deprecated", MINOR, "A field is deprecated"),
    _both("field-undeprecated", PATCH, "A field is not deprecated any more"),
    _both("further-fields-typed", MINOR_TYPING, "Further fields of an object have a type"),
    _both("further-fields-untyped", TYPING, "Further fields of an object have no type any more"),
    # --- texts ---
    _both("limit-changed", DOCUMENTED, "A limit that the client only documents is another one"),
    _both("text-changed", DOCUMENTED, "A title, a description or an example is another one"),
    _both("version-changed", DOCUMENTED, "The document states another version of the API"),
)

CHANGE_KINDS = {row.name: row for row in _ROWS}
