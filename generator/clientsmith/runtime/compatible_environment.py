"""What clients of Stainless's SDKs take from the environment: `<PREFIX>_LOG` and `<PREFIX>_CUSTOM_HEADERS`."""

from __future__ import annotations

import os
from typing import Any

from .base_client import BaseClient
from .config import ClientConfig
from .types import Headers


class CompatibleBase(BaseClient):
    """A client that takes the environment and the constructor's arguments as SDKs do."""

    def __init__(
        self,
        config: ClientConfig,
        *,
        default_headers: Headers | None = None,
        strict: bool = False,
        _strict_response_validation: bool = False,
        **options: Any,
    ) -> None:
        prefix = prefix_of(config)
        start_logging(config.package, os.environ.get(f"{prefix}_LOG", ""))
        custom = headers_in(os.environ.get(f"{prefix}_CUSTOM_HEADERS", ""))
        super().__init__(
            config,
            default_headers={**custom, **(default_headers or {})},
            strict=strict or _strict_response_validation,
            **options,
        )

    @property
    def _strict_response_validation(self) -> bool:
        """The name that SDKs have for `strict`."""
        return self.strict

    @_strict_response_validation.setter
    def _strict_response_validation(self, value: bool) -> None:
        self.strict = value


def prefix_of(config: ClientConfig) -> str:
    """Return what the names of an SDK's variables start with: that of its URL has it, too."""
    prefix, suffix, _ = (config.base_url_env or "").rpartition("_BASE_URL")
    return prefix if suffix and prefix else config.package.upper()


def headers_in(text: str) -> dict[str, str]:
    """Read lines of `Name: value`; others are left out."""
    pairs = (line.partition(":") for line in text.splitlines())
    return {name.strip(): value.strip() for name, mark, value in pairs if mark}


def start_logging(package: str, level: str) -> None:
    """Log what the package does to stderr, unless the program logs somewhere already."""
    if level not in ("debug", "info"):
        return
    import logging

    logger = logging.getLogger(package)
    logger.setLevel(level.upper())
    if not logger.hasHandlers():
        handler = logging.StreamHandler()
        handler.setFormatter(
            logging.Formatter("[%(asctime)s - %(name)s - %(levelname)s] %(message)s")
        )
        logger.addHandler(handler)
