"""Names that packages have where they take the place of an SDK of another generator, and the modules of the runtime."""

from __future__ import annotations

from .reserved import PUBLIC

_OF_RESPONSES = (
    "APIResponse", "AsyncAPIResponse", "AsyncBinaryAPIResponse", "AsyncStreamedBinaryAPIResponse",
    "BinaryAPIResponse", "StreamedBinaryAPIResponse",
)  # fmt: skip
_DEFAULTS = ("DEFAULT_CONNECTION_LIMITS", "DEFAULT_MAX_RETRIES", "DEFAULT_TIMEOUT")
_CLIENTS = ("DefaultAioHttpClient", "DefaultAsyncHttpxClient", "DefaultHttpxClient")
_TYPES = ("NOT_GIVEN", "NoneType", "NotGiven", "ProxiesTypes", "RequestOptions", "Timeout", "Transport", "not_given")
_STREAMS = ("AsyncStream", "Stream")

_OF_VALUES = ("is_dict", "is_given", "is_iterable", "is_list", "is_mapping", "is_sequence")
_OF_ANNOTATIONS = (
    "extract_type_arg", "is_annotated_type", "is_iterable_type", "is_list_type", "is_required_type", "is_sequence_type",
    "is_type_alias_type", "is_union_type", "strip_annotated_type",
)  # fmt: skip
_OF_MODELS = ("PYDANTIC_V1", "field_is_required", "field_outer_type", "get_model_fields")

COMPATIBLE: dict[str, dict[str, str]] = {
    "stainless": {
        **dict.fromkeys(_OF_RESPONSES[:2], "compatible_responses"),
        **dict.fromkeys((*_DEFAULTS, *_CLIENTS, *_TYPES, "file_from_path"), "compatible"),
        **dict.fromkeys(_STREAMS, "streaming"),
        "BaseModel": "compatible_models",
    },
}
"""What a package exports for users of other SDKs, and the module of the runtime that has it."""

COMPATIBLE_MODULES: dict[str, dict[str, dict[str, str]]] = {
    "stainless": {
        "_base_client": dict.fromkeys((*_DEFAULTS, *_CLIENTS), "compatible"),
        "_compat": dict.fromkeys(_OF_MODELS, "compatible_typing"),
        "_constants": dict.fromkeys(_DEFAULTS, "compatible"),
        "_exceptions": {name: "errors" for name in PUBLIC if name.endswith("Error")},
        "_models": {"BaseModel": "compatible_models"},
        "_response": dict.fromkeys(_OF_RESPONSES, "compatible_responses"),
        "_streaming": dict.fromkeys(_STREAMS, "streaming"),
        "_types": {
            **dict.fromkeys(("Body", "FileTypes", "Headers", "Query"), "types"),
            **dict.fromkeys(("Omit", "omit"), "omit"),
            **dict.fromkeys(_TYPES, "compatible"),
        },
        "_utils": {
            **dict.fromkeys(("file_from_path", "parse_date", "parse_datetime"), "compatible"),
            **dict.fromkeys((*_OF_VALUES, *_OF_ANNOTATIONS), "compatible_typing"),
        },
    },
}
"""Private modules of other SDKs that their users import from all the same, and what they have."""
