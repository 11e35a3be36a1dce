"""Recursive aliases, which quote themselves, in another module than the models that use them."""

# ruff: noqa: UP006, UP007, UP035 - as in generated code
from __future__ import annotations

from datetime import datetime
from typing import Annotated, Dict, List, TypeAlias, Union

from clientsmith.runtime.references import LazyReference

JSONValue: TypeAlias = Union[
    str,
    float,
    bool,
    List[Annotated["JSONValue", LazyReference(__name__)]],
    Dict[str, Annotated["JSONValue", LazyReference(__name__)]],
    None,
]
Branch: TypeAlias = Dict[str, Annotated["Tree", LazyReference(__name__)]]
Value: TypeAlias = Union[
    str, Annotated["Object", LazyReference(__name__)], List[Annotated["Value", LazyReference(__name__)]]
]
Object: TypeAlias = Dict[str, Value]
Tree: TypeAlias = Union[datetime, List[Annotated["Branch", LazyReference(__name__)]]]
