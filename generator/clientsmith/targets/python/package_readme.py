"""The plan of the README: every sentence and row that the template prints."""

from __future__ import annotations

from dataclasses import dataclass

from ...data.text import Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialRow:
    """A credential in the README: the argument of the client, and the environment variable or nothing."""

    argument: Markdown
    env: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhooksSection:
    """What the README says of webhooks."""

    unwrap: Markdown
    """The method, as a caller writes it behind `client.`."""
    unsafe_unwrap: Markdown
    """The same of the other one, as code."""
    event: Markdown
    """The type of any event."""
    secret: Markdown
    """How the secret is given."""
    events: tuple[Markdown, ...]
    """The names of the events' types, with what the document calls them."""
    more: bool
    """Whether there are others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readme:
    """What the README says."""

    title: Markdown
    introduction: tuple[Markdown, ...]
    """The summary of the API, or how its description begins."""
    about: tuple[Markdown, ...]
    """The rest of what the document says of the API, and where there is more."""
    installation: Markdown
    """How the client gets into a program."""
    library: Markdown
    other_library: Markdown
    """The HTTP library that the client uses, and the one that it uses where only that is installed."""
    package: Markdown
    client: Markdown
    async_client: Markdown
    options: Markdown
    """What the constructor needs: credentials, and a URL where the document has none."""
    async_options: Markdown
    """The same, with the credentials left to the environment."""
    imports_os: bool
    """True where the options read the environment."""
    error: Markdown
    credentials: tuple[CredentialRow, ...]
    grants: tuple[Markdown, ...]
    """What tokens are fetched with, and where; then what names scopes, and the URL."""
    scopes: Markdown
    token_url: Markdown
    server: Markdown
    """Where requests go."""
    retries: Markdown
    """What is sent again, and how often."""
    usual_time: Markdown
    """How long an attempt may take without a choice of the caller."""
    largest: Markdown
    """How many bytes a body may have."""
    example: Markdown | None
    has_response: bool
    """False where the example returns nothing."""
    raw_example: Markdown | None
    streaming_example: Markdown | None
    webhooks: WebhooksSection | None
    iteration: Markdown | None
    pages: Markdown | None
    stream: Markdown | None
    """Calls of methods that go through pages, give a page or give a stream, where there are any."""
