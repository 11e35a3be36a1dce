"""Two versions of one operation: what it is, and its parameters."""

from __future__ import annotations

from collections.abc import Mapping

from ...data.api import Parameter
from ...data.document import Pointer
from ...data.schemas import BooleanShape, IntegerShape, LiteralShape, NumberShape, StringShape
from ...data.surface import Call
from .bodies import BodyComparison
from .matching import pair_up
from .pairing import VARIABLE
from .places import At
from .renames import pair_renamed
from .responses import ResponseComparison
from .schemas import SchemaComparison
from .sides import PartComparison, Sides

_WITHOUT_PARTS = BooleanShape | IntegerShape | NumberShape | StringShape | LiteralShape


def compare_operation(sides: Sides, schemas: SchemaComparison) -> None:
    """Compare all of an operation; its schemas are left to be compared later."""
    ItselfComparison(sides, schemas).run()
    ParameterComparison(sides, schemas).run()
    BodyComparison(sides, schemas).run()
    ResponseComparison(sides, schemas).run()


class ItselfComparison(PartComparison):
    """Compares what an operation is."""

    def run(self) -> None:
        """Compare verb, path, texts and servers."""
        old, new = self.old, self.new
        places = old.pointer, new.pointer
        if old.verb != new.verb:
            self.report("verb-changed", f"was {old.verb} {old.path}, is {new.verb} {new.path}", *places)
        elif VARIABLE.sub("{}", old.path) != VARIABLE.sub("{}", new.path):
            self.report("path-changed", f"was at {old.path}, is at {new.path}", *places)
        texts = [name for name in ("summary", "description", "more") if getattr(old, name) != getattr(new, name)]
        if texts:
            self.report("text-changed", f"{' and '.join(texts)} changed", *places)
        if [s.default_url for s in old.servers] != [s.default_url for s in new.servers]:
            self._servers(*places)

    def _servers(self, old: Pointer, new: Pointer) -> None:
        before = [server.default_url for server in self.old.servers]
        after = [server.default_url for server in self.new.servers]
        if before[:1] == after[:1]:
            kind = "server-alternative-added" if len(after) > len(before) else "server-alternative-removed"
            self.report(kind, "has other alternative servers", old, new)
        else:
            was, now = before[0] if before else "the client's", after[0] if after else "the client's"
            self.report("operation-server-changed", f"was sent to {was}, is sent to {now}", old, new)


class ParameterComparison(PartComparison):
    """Compares the parameters of an operation."""

    def run(self) -> None:
        """Compare all parameters."""
        olds, news = list(self.old.parameters), list(self.new.parameters)
        names = _arguments(self.sides.before.call)
        new_names = _arguments(self.sides.after.call)
        for before, after in self._matched(olds, news):
            self._parameter(before, after, self._argument(names, before))
        for parameter in olds:
            place = self._argument(names, parameter)
            self.report("argument-removed", "is gone", parameter.pointer, self.new.pointer, place)
        for parameter in news:
            place = self._argument(new_names, parameter)
            kind = "required-argument-added" if parameter.required else "argument-added"
            self.report(kind, "is new", self.old.pointer, parameter.pointer, place)

    def _matched(self, olds: list[Parameter], news: list[Parameter]) -> list[tuple[Parameter, Parameter]]:
        """Take out those that belong together: by place and name, by their order in the path, by name alone."""
        pairs = pair_up(olds, news, _key)
        paths = VARIABLE.findall(self.old.path), VARIABLE.findall(self.new.path)
        if len(paths[0]) == len(paths[1]):
            places = [{name[1:-1]: index for index, name in enumerate(names)} for names in paths]
            order = {id(p): places[0].get(p.wire_name) for p in olds if p.location == "path"}
            order |= {id(p): places[1].get(p.wire_name) for p in news if p.location == "path"}
            pairs += pair_up(olds, news, lambda parameter: order.get(id(parameter)))
        pairs += pair_up(olds, news, lambda parameter: parameter.wire_name)
        return pairs + pair_renamed(olds, news, self.schemas.old, self.schemas.new, lambda p: p.location)

    def _parameter(self, old: Parameter, new: Parameter, place: str) -> None:
        places = old.pointer, new.pointer
        if old.location != new.location:
            self.report("argument-moved", f"was in the {old.location}, is in the {new.location}", *places, place)
        elif _key(old) != _key(new) and old.location != "path":
            self.report("argument-wire-renamed", f"{old.wire_name} is called {new.wire_name} now", *places, place)
        else:
            self._encoding(old, new, place)
        if old.required != new.required:
            kind, message = (
                ("argument-required", "is required now") if new.required else ("argument-optional", "is optional now")
            )
            self.report(kind, message, *places, place)
        if old.allow_reserved != new.allow_reserved:
            self.report("argument-escaping-changed", "reserved characters are escaped in another way", *places, place)
        self._words(old, new, place)
        prefix, suffix = f"{self.sides.name}(", ")"
        at = At(
            side="request",
            owner=self.sides.owner,
            subject="argument",
            is_parameter=True,
            old=old.schema.pointer,
            new=new.schema.pointer,
            prefix=prefix,
            path=place[len(prefix) : -len(suffix)],
            suffix=suffix,
        )
        self.schemas.add(old.schema, new.schema, at)

    def _encoding(self, old: Parameter, new: Parameter, place: str) -> None:
        """Compare how values are written. A value without parts has one form in the query, whatever the style."""
        simple = all(
            isinstance(offers.effective(parameter.schema).shape, _WITHOUT_PARTS)
            for offers, parameter in ((self.schemas.old, old), (self.schemas.new, new))
        )
        before, after = _encoding(old, simple), _encoding(new, simple)
        if before != after:
            self.report("argument-encoding-changed", f"was {before}, is {after}", old.pointer, new.pointer, place)

    def _words(self, old: Parameter, new: Parameter, place: str) -> None:
        before, after = (p.deprecated or p.schema.deprecated for p in (old, new))
        if before != after:
            kind = "argument-deprecated" if after else "argument-undeprecated"
            message = "is deprecated" if after else "is not deprecated any more"
            self.report(kind, message, old.pointer, new.pointer, place)
        if (old.description, old.examples) != (new.description, new.examples):
            self.report("text-changed", "description or examples changed", old.pointer, new.pointer, place)

    def _argument(self, names: Mapping[tuple[str, str], str], parameter: Parameter) -> str:
        """Name an argument as a caller writes it."""
        name = names.get((parameter.location, parameter.wire_name), parameter.wire_name)
        return f"{self.sides.name}({name})"


def _arguments(call: Call) -> dict[tuple[str, str], str]:
    """Give the names of arguments by their place in the request and their wire names."""
    return {(argument.location, argument.wire_name): argument.name for argument in call.arguments}


def _key(parameter: Parameter) -> tuple[str, str]:
    """Give what identifies a parameter; capitals do not count in names of headers."""
    name = parameter.wire_name
    return parameter.location, name.lower() if parameter.location == "header" else name


def _encoding(parameter: Parameter, simple: bool) -> str:
    """Describe how a parameter is written."""
    if parameter.content_type is not None:
        return parameter.content_type
    if simple:
        return parameter.style if parameter.location == "path" else "plain"
    if parameter.separators:
        return f"joined with {', '.join(map(repr, parameter.separators))}"
    return f"{parameter.style}, {'exploded' if parameter.explode else 'joined'}"
