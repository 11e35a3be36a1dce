"""Models and TypedDicts in every shape that generated code has, for the tests of the runtime's model half.

`test_declarations.py` holds the models to what the generator writes for `sample/shapes.yaml`.
"""

# ruff: noqa: UP006, UP007, UP035, UP045 - as in generated code
from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Dict, List, Literal, Optional, Required, Tuple, TypedDict, Union

from tests.runtime.aliases import JSONValue, Tree

from clientsmith.runtime.discriminators import Discriminator
from clientsmith.runtime.models import Model, dataclass, field
from clientsmith.runtime.renaming import WireName


@dataclass
class Size(Model):
    width: int
    height: Optional[int] = None


@dataclass
class Everything(Model):
    id: str
    created_at: datetime
    nullable: Optional[str] = field(default=None, required=True)
    day: Optional[date] = None
    status: Optional[Literal["ACTIVE", "INACTIVE"]] = None
    user_id: Optional[str] = field(default=None, wire_name="user_Id")
    secret: Optional[str] = field(default=None, secret=True)
    size: Optional[Size] = None
    sizes: Optional[List[Size]] = None
    size_by_name: Optional[Dict[str, Size]] = None
    matrix: Optional[List[List[Size]]] = None
    pair: Optional[Tuple[int, Size]] = None
    ratio: Optional[float] = None
    flag: Optional[bool] = None
    value: object = None
    times: Optional[List[datetime]] = None


@dataclass
class Node(Model):
    name: str
    children: Optional[List[Node]] = None
    parent: Optional[Node] = None


@dataclass
class Counts(Model):
    name: str
    additional_properties: Dict[str, int] = field(default_factory=dict, additional=True)


@dataclass
class Sizes(Model):
    additional_properties: Dict[str, Size] = field(additional=True)


@dataclass
class Cat(Model):
    pet_type: Literal["cat"] = field(wire_name="petType")
    lives: Optional[int] = None


@dataclass
class Dog(Model):
    pet_type: Literal["dog"] = field(wire_name="petType")
    breed: Optional[str] = None


Pet = Annotated[Union[Cat, Dog], Discriminator("petType", {"cat": Cat, "dog": Dog})]


@dataclass
class Circle(Model):
    radius: float


@dataclass
class Box(Model):
    width: float
    height: float
    label: Optional[str] = None


@dataclass
class Square(Model):
    width: float


@dataclass
class Unions(Model):
    pet: Optional[Pet] = None
    tagged: Union[Cat, Dog, None] = None
    shape: Union[Circle, Square, Box, None] = None
    shapes: Optional[List[Union[Circle, Box]]] = None
    text_or_size: Union[str, Size, None] = None
    when: Union[datetime, str, None] = None
    one_or_many: Union[Size, List[Size], None] = None
    mixed: Union[int, bool, str, List[int], Dict[str, int], None] = None
    anything: Optional[JSONValue] = None
    tree: Optional[Tree] = None


@dataclass
class Expression(Model):
    """Ambiguous at every level: what a naive union takes exponential time for."""

    left: Union[Expression, Negation, None] = None
    value: Optional[int] = None


@dataclass
class Negation(Model):
    left: Union[Negation, Expression, None] = None
    value: Optional[int] = None


class Audio(TypedDict, total=False):
    codec: Annotated[Literal["MP3", "AAC"], WireName("codecName")]
    file_name: Required[Annotated[str, WireName("fileName")]]


class Video(TypedDict, total=False):
    width: int
    frame_rate: Annotated[Required[int], WireName("frameRate")]


class Config(TypedDict, total=False):
    user_id: Annotated[str, WireName("user_Id")]
    audio: Union[Audio, Model]
    tracks: List[Union[Audio, Video]]
    by_name: Annotated[Dict[str, Audio], WireName("byName")]
    inner: Optional[Config]
