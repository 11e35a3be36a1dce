"""Recursive aliases, which quote themselves, in another module than the models that use them."""

# ruff: noqa: UP006, UP007, UP035 - as in generated code
from __future__ import annotations

from datetime import datetime
from typing import Dict, List, TypeAlias, Union

JSONValue: TypeAlias = Union[str, float, bool, List["JSONValue"], Dict[str, "JSONValue"], None]
Branch: TypeAlias = Dict[str, "Tree"]
Value: TypeAlias = Union[str, "Object", List["Value"]]
Object: TypeAlias = Dict[str, Value]
Tree: TypeAlias = Union[datetime, List["Branch"]]
