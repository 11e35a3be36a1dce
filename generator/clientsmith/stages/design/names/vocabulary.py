"""The words that mean something in paths and operationIds: versions, verbs, what frameworks add."""

from __future__ import annotations

import re

VERSION = re.compile(
    r"v\d+(?:[._-]\d+)*(?:[._-]?(?:alpha|beta|rc|preview|eap|p|a|b)\d*)*$|\d+(?:[._-]\d+)*$", re.IGNORECASE
)
"""`v1`, `2.0`, `v1beta1`, `2010-04-01`."""
PREFIXES = frozenset(("api", "apis", "rest"))
"""Names of first steps of a path that mean nothing."""
EXTENSIONS = frozenset(("aspx", "do", "html", "json", "php", "xml"))
"""Ends of file names in paths that are no words of their resource."""

VERBS = frozenset((
    "accept", "activate", "add", "apply", "approve", "assign", "attach", "authenticate", "authorize", "calculate",
    "cancel", "clear", "clone", "close", "complete", "compute", "confirm", "connect", "convert", "count", "create",
    "deactivate", "decline", "decrypt", "delete", "deny", "detach", "disable", "disconnect", "dismiss", "download",
    "duplicate", "edit", "enable", "encrypt", "enqueue", "enrich", "estimate", "evaluate", "execute", "expire",
    "extend", "extract", "fetch", "finalize", "find", "forgot", "generate", "get", "import", "increment",
    "initialize", "initiate", "inject", "install", "invite", "invoke", "join", "leave", "list", "login", "logout",
    "lookup", "mark", "merge", "migrate", "modify", "move", "navigate", "notify", "observe", "parse", "pause",
    "pay", "perform", "populate", "predict", "promote", "provision", "publish", "purge", "reactivate",
    "reauthorize", "reboot", "rebuild", "recalculate", "receive", "recover", "redact", "redeem", "refresh",
    "regenerate", "register", "reindex", "reject", "remove", "rename", "renew", "reopen", "reorder", "replace",
    "reprocess", "republish", "resend", "reset", "resolve", "restart", "restore", "resume", "retrieve", "retry",
    "revert", "revoke", "rotate", "save", "search", "select", "send", "set", "signin", "signup", "start", "stop",
    "submit", "subscribe", "suspend", "swap", "switch", "sync", "synchronize", "terminate", "toggle", "transform",
    "translate", "unarchive", "unassign", "unban", "unblock", "undelete", "undo", "unfollow", "unfreeze",
    "uninstall", "unlink", "unlock", "unmute", "unpin", "unpublish", "unstar", "unsubscribe", "unsuspend",
    "untrust", "unwatch", "unwrap", "update", "upgrade", "upload", "upsert", "validate", "verify", "void",
    "withdraw",
))  # fmt: skip
"""Verbs; hardly any API has a thing with that name."""
NOUN_VERBS = frozenset((
    "abort", "archive", "backup", "ban", "batch", "block", "capture", "challenge", "charge", "chat", "check",
    "copy", "dispatch", "end", "exchange", "export", "flag", "follow", "freeze", "issue", "like", "link", "lock",
    "match", "mint", "mute", "ping", "poll", "preview", "process", "purchase", "query", "quote", "rank", "record",
    "refund", "release", "replay", "report", "request", "return", "reverse", "review", "rollback", "run", "scan",
    "schedule", "score", "share", "ship", "sign", "simulate", "split", "star", "test", "track", "train", "transfer",
    "trigger", "trust", "view", "vote", "watch",
))  # fmt: skip
"""Words that are verbs or nouns."""
ADVERBS = frozenset(("async", "auto", "batch", "bulk", "mass", "multi", "quick"))
"""Words before a verb that do not change what it is: `bulk_create`."""
ASKING = frozenset((
    "calculate", "check", "convert", "count", "download", "estimate", "export", "lookup", "preview", "resolve",
    "test", "validate", "verify",
))  # fmt: skip
"""Verbs of a GET that are more exact than `get`: `lookupUser`, `downloadPdf`."""
CRUD = frozenset(("add", "create", "delete", "edit", "get", "list", "remove", "set", "update"))
"""Verbs that make one name with the noun behind them: `/get/interfaces` is `get_interfaces`."""
RESULTS = frozenset((
    "import", "install", "invite", "merge", "move", "rename", "reset", "start", "update", "upgrade", "upload",
))  # fmt: skip
"""Verbs that also name their result: `GET /reset/{id}` is `get_reset`."""
WATCHING = frozenset(("follow", "listen", "observe", "stream", "subscribe", "tail", "watch"))
"""Verbs of a GET whose response is a stream: `watchTodos` is no list."""
LOOKING = frozenset((
    "autocomplete", "calculate", "check", "content", "convert", "count", "download", "enrich", "estimate",
    "evaluate", "export", "fetch", "find", "get", "list", "lookup", "match", "ping", "preview", "query", "read",
    "resolve", "retrieve", "search", "suggest", "validate", "verify",
))  # fmt: skip
"""What a GET can do: `GET /charges/count` is `count`."""

CANONICAL = {
    "add": "create", "insert": "create", "make": "create", "new": "create", "save": "create",
    "generate": "create", "store": "create", "fetch": "get", "read": "get", "retrieve": "get", "show": "get",
    "view": "get", "describe": "get", "index": "list", "browse": "list", "edit": "update", "modify": "update",
    "change": "update", "remove": "delete", "destroy": "delete",
}  # fmt: skip
"""Verbs of operationIds, and the usual verb for each."""
LISTING = frozenset(("all", "browse", "enumerate", "index", "list"))
"""Words in the operationId of a GET that returns a list."""
FRAMEWORK = frozenset((
    "api", "controller", "endpoint", "handler", "operation", "partial", "resource", "rest", "route", "using",
))  # fmt: skip
"""What frameworks add to operationIds."""
GROUP_SUFFIXES = (
    ("controller",), ("resource",), ("api",), ("service",), ("handler",), ("view", "set"), ("viewset",), ("endpoint",),
    ("endpoints",),
)  # fmt: skip
"""What they add to the names of groups."""
FILLERS = frozenset((
    "a", "an", "and", "at", "by", "for", "from", "in", "new", "of", "on", "or", "the", "to", "with",
))  # fmt: skip
"""Words of operationIds that name nothing; a name does not end with one."""
HEALTH = frozenset(("alive", "health", "healthcheck", "healthz", "heartbeat", "livez", "ping", "readyz"))
"""Paths for checking that a server works: `ping.check`."""
KEYS = frozenset((
    "address", "alias", "code", "domain", "email", "external_id", "handle", "hash", "id", "iso", "key", "label",
    "login", "name", "number", "phone", "phone_number", "reference", "serial", "sku", "slug", "symbol", "title",
    "token", "url", "username", "uuid",
))  # fmt: skip
"""Steps of paths that name a key: `/users/email/{email}`."""
PAGE_MEMBERS = frozenset((
    "content", "data", "edges", "elements", "entities", "entries", "hits", "items", "list", "objects", "records",
    "resources", "results", "rows", "value", "values",
))  # fmt: skip
"""Usual names of the list of a page."""
PAGING = frozenset((
    "count", "cursor", "first", "has_more", "has_next", "last", "limit", "links", "meta", "metadata", "next",
    "next_cursor", "next_page", "next_page_token", "nextpagetoken", "offset", "page", "page_info", "page_size",
    "pages", "pagination", "paging", "previous", "size", "start", "total", "total_count", "total_items",
    "total_pages", "total_results",
))  # fmt: skip
"""Members that stand beside the list of a page."""
