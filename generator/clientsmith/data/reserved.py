"""Names that clients have already: what a document or the settings call something must keep away from them.

Tests hold the members against the runtime.
"""

from __future__ import annotations

RESOURCE_MEMBERS = frozenset({"with_raw_response", "with_streaming_response"})
"""Members of every resource."""

CLIENT_MEMBERS = RESOURCE_MEMBERS | {
    "base_url", "close", "copy", "default_headers", "default_query", "is_closed", "max_retries", "request",
    "strict", "stream", "timeout", "with_options", "http_client", "max_response_size",
}  # fmt: skip
"""Members of every client."""

MODEL_MEMBERS = frozenset({"to_dict", "to_json", "from_dict", "from_json", "is_set", "unknown_fields", "copy"})
"""Members of every model."""

PAGE_MEMBERS = frozenset({
    "has_next_page", "get_next_page", "iter_pages",
    "_position", "_of", "_here", "_next_step", "_fetch", "_following",
})  # fmt: skip
"""Members that a page has besides those of its response."""

METHOD_OPTIONS = ("extra_headers", "extra_query", "extra_body", "timeout")
"""What a method takes besides the arguments of its operation; `extra_body` only where it sends a body."""

CLIENT_OPTIONS = (
    "base_url", "timeout", "max_retries", "default_headers", "default_query", "set_default_headers",
    "set_default_query", "strict", "max_response_size", "http_client",
)  # fmt: skip
"""What a constructor takes, or a copy with other options, besides credentials and variables of the server; in the
order of both. Each target has one row for each."""

CLIENT_FUNCTIONS = ("given_arguments", "with_arguments", "with_headers", "with_query")
"""Functions of the runtime that constructors call."""

CLIENT_ARGUMENTS = frozenset({"self", *CLIENT_OPTIONS, *CLIENT_MEMBERS, *CLIENT_FUNCTIONS})
"""What no credential may be called: credentials are attributes of the client, too."""

CLIENT_MODULE = (
    "APIKey", "AsyncHTTPClient", "AsyncSecret", "Basic", "Bearer", "ClientArgument", "ClientConfig",
    "ClientCredentialsGrant", "Credential", "HTTPClient", "Headers", "Literal", "Omit", "OnRefreshToken",
    "OperationServer", "PasswordGrant", "Query", "RefreshTokenGrant", "Scopes", "Secret", "Self", "Server",
    "TYPE_CHECKING", "Timeout", "Variable", "WebhookSecret", "initial_secret", "omit",
)  # fmt: skip
"""What the module of the clients calls things of the runtime and the standard library: no client is called so."""

PUBLIC = (
    "APIConnectionError", "APIError", "APIResponseValidationError", "APIStatusError", "APITimeoutError",
    "AuthenticationError", "BadRequestError", "ConflictError", "InternalServerError", "NotFoundError", "Omit",
    "PermissionDeniedError", "RateLimitError", "UnprocessableEntityError", "__version__", "omit", "types",
)  # fmt: skip
"""What every package exports besides its clients and the root of its errors."""

PUBLIC_OF_GRANTS = ("TokenError",)
"""What a package exports, too, whose client fetches tokens."""

PUBLIC_OF_WEBHOOKS = ("WebhookError", "WebhookVerificationError")
"""What a package with webhooks exports, too."""

MAYBE_PUBLIC = (*PUBLIC, *PUBLIC_OF_GRANTS, *PUBLIC_OF_WEBHOOKS)
"""All of these."""

DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in (*"0123456789", "\u00b9", "\u00b2", "\u00b3")}
)
"""Names that Windows keeps for devices."""


def is_device(name: str) -> bool:
    """Report whether Windows takes a file of this name for a device, whatever comes behind a dot."""
    return name.split(".")[0].rstrip(" ").casefold() in DEVICES
