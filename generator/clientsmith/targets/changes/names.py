"""Names: what an operation, an argument or a type is called in the old client, and in the new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ...data.document import Pointer
from ...data.surface import Alias, Call, Declared, Model, PageIterator, Resource
from ...data.types import Ref, Side
from .collector import Collector, Finding, Owner
from .offers import Offered, Offers, key_of, public_name
from .schemas import SchemaComparison
from .sides import Sides
from .signatures import compare_signatures, way_of

Path = tuple[str, ...]


class MethodNames:
    """Compares the names of resources and methods, and of the arguments."""

    def __init__(self, old: Offers, new: Offers, found: Collector) -> None:
        self._old, self._new = old, new
        self._found = found
        self.renamed: set[Owner] = set()
        """Operations whose method has another name: the types that are made for them follow."""

    def run(self, pairs: Iterable[Sides]) -> None:
        """Compare all operations that both sides have."""
        moved: dict[tuple[Path, Path], list[Sides]] = {}
        for sides in pairs:
            befores, afters = self._calls(sides)
            for one in named_pairs(sides, befores, afters):
                compare_signatures(one, self._found)
            if [call.name for call in befores] == [call.name for call in afters]:
                continue
            self.renamed.add(sides.owner)
            if len(befores) == len(afters) == 1 and befores[0].resource.path != afters[0].resource.path:
                moved.setdefault((befores[0].resource.path, afters[0].resource.path), []).append(sides)
            else:
                self._other_names(sides, befores, afters)
        for (before, after), found in moved.items():
            self._moved(before, after, found)
        self._iterators()

    def _calls(self, sides: Sides) -> tuple[list[Offered], list[Offered]]:
        return self._old.calls[key_of(sides.old)], self._new.calls[key_of(sides.new)]

    def _report(
        self,
        kind: str,
        place: str,
        message: str,
        sides: Sides,
        places: tuple[Pointer, Pointer] | None = None,
        detail: str = "",
    ) -> None:
        old, new = places or (sides.old.pointer, sides.new.pointer)
        self._found.add(
            Finding(kind=kind, place=place, message=message, old=old, new=new, owner=sides.owner, detail=detail)
        )

    # --- methods and resources ---------------------------------------------------------------------------------------

    def _other_names(self, sides: Sides, befores: list[Offered], afters: list[Offered]) -> None:
        """Report the names of an operation that are gone, and those that are new."""
        before, after = [call.name for call in befores], [call.name for call in afters]
        gone = [name for name in before if name not in after]
        fresh = [name for name in after if name not in before]
        for old, new in zip(gone, fresh, strict=False):
            self._report("method-renamed", f"{old}()", f"is called {new}() now", sides, detail=old)
        for name in gone[len(fresh) :]:
            self._report(
                "method-removed", f"{name}()", f"is gone; {after[0]}() calls the same operation", sides, detail=name
            )
        for name in fresh[len(gone) :]:
            self._report("method-added", f"{name}()", f"calls the same operation as {before[0]}()", sides, detail=name)

    def _moved(self, before: Path, after: Path, found: list[Sides]) -> None:
        """Report a resource that is renamed once, and else each method that is somewhere else."""
        paths = {resource.path for resource in self._new.surface.all_resources()}
        known = {resource.path for resource in self._old.surface.all_resources()}
        whole = bool(before and after) and before not in paths and after not in known
        if whole:
            old, new = ".".join(before), ".".join(after)
            places = found[0].old.pointer, found[0].new.pointer
            for sides in found:
                self._report("resource-renamed", old, f"is called {new} now", sides, places)
        for sides in found:
            if not whole or sides.before.call.name != sides.after.call.name:
                self._report("method-renamed", f"{sides.name}()", f"is called {sides.after.name}() now", sides)

    # --- iterators ---------------------------------------------------------------------------------------------------

    def _iterators(self) -> None:
        olds, news = _iterators_of(self._old), _iterators_of(self._new)
        fresh = {_paging(iterator): path for path, (_, iterator) in news.items() if path not in olds}
        renamed = set()
        for path, (resource, iterator) in olds.items():
            pointer = resource.call(iterator.call).operation.pointer
            found, other = news.get(path), fresh.get(_paging(iterator))
            if found is not None:
                if _paging(found[1]) != _paging(iterator):
                    self._iterator("iterator-changed", path, "finds pages in another way", pointer)
            elif other is not None:
                renamed.add(other)
                self._iterator("iterator-renamed", path, f"is called {other}() now", pointer)
            else:
                self._iterator("iterator-removed", path, "is gone", pointer)
        for path in fresh.values():
            if path not in renamed:
                resource, iterator = news[path]
                self._iterator("iterator-added", path, "is new", resource.call(iterator.call).operation.pointer)

    def _iterator(self, kind: str, path: str, message: str, pointer: Pointer) -> None:
        place = f"{path}()"
        self._found.add(
            Finding(kind=kind, place=place, message=message, old=pointer, new=pointer, owner="client", detail=place)
        )


def named_pairs(sides: Sides, befores: list[Offered], afters: list[Offered]) -> Iterator[Sides]:
    """Give both sides of each method of an operation that keeps its name; of the first ones if none does."""
    by_name = {call.name: call for call in afters}
    kept = [(before, by_name[before.name]) for before in befores if before.name in by_name]
    for before, after in kept or [(sides.before, sides.after)]:
        yield replace(sides, before=before, after=after)


def _paging(iterator: PageIterator) -> tuple[object, ...]:
    """Give what a walk through pages needs, without the name of the iterator."""
    return (iterator.call, *way_of(iterator.paging, iterator.sent_in))


def _iterators_of(offers: Offers) -> dict[str, tuple[Resource, PageIterator]]:
    return {
        ".".join((*resource.path, iterator.name)): (resource, iterator)
        for resource in offers.surface.all_resources()
        for iterator in resource.iterators
    }


@dataclass
class TypeNames:
    """Compares the names of types and of their members, after the schemas were compared."""

    old: Offers
    new: Offers
    schemas: SchemaComparison
    seen: set[tuple[str, str]] = field(default_factory=set)
    _renamed: set[Owner] = field(default_factory=set)

    def definitions(self) -> None:
        """Compare all definitions that were compared with each other."""
        for pair in self.schemas.pairs:
            before, after, side = pair
            old, new = self.old.declared_at(before, side), self.new.declared_at(after, side)
            if old is not None and new is not None:
                self.declared(old, new, before, after, pair, side)
                if old.name != new.name:
                    self._renamed.add(pair)
            elif (one := old or new) is not None:
                self._only(one, before, after, pair, is_old=old is not None)

    def replaced(self) -> None:
        """Compare the types of definitions with those of inline schemas in their place."""
        names = {public_name(declared) for declared in self.new.declared.values()}
        for (before, after, side), at in self.schemas.replaced.items():
            old, new = self.old.declared_at(before, side), self.new.declared_at(after, side)
            if old is None or new is None or public_name(old) == public_name(new):
                continue
            if public_name(old) not in names:
                self.declared(old, new, before, after, at.owner, side)
            elif side == "response":
                message = f"is {public_name(new)} now, not {public_name(old)}"
                self._report("type-renamed", str(at), message, before, after, at.owner, side)

    def responses(self, pairs: Iterable[Sides]) -> None:
        """Compare whether what a method gives has a name, where it is no model."""
        for sides in pairs:
            old, new = (
                _named_responses(call.call, offers)
                for call, offers in ((sides.before, self.old), (sides.after, self.new))
            )
            for status in old.keys() & new.keys():
                one = old[status] or new[status]
                if one is not None and (old[status] is None or new[status] is None):
                    self._only(one, sides.old.pointer, sides.new.pointer, sides.owner, is_old=old[status] is not None)

    def _only(self, one: Declared, before: Pointer, after: Pointer, owner: Owner, *, is_old: bool) -> None:
        """Report a type that has a name on one side only, while what it describes is on both."""
        kind, message = (
            ("type-removed", "has no name of its own any more") if is_old else ("type-added", "has a name now")
        )
        name = public_name(one)
        self.schemas.found.add(
            Finding(kind=kind, place=name, message=message, old=before, new=after, owner=owner, detail=name)
        )

    def models(self, renamed: set[Owner]) -> None:
        """Compare models that stand inside others, except where the method that they are made for has another name."""
        for (before, after, side), at in self.schemas.models.items():
            old, new = self.old.declared_at(before, side), self.new.declared_at(after, side)
            if old is not None and new is not None and not at.is_renamed and not self._follows(at.owner, renamed):
                self.declared(old, new, before, after, at.owner, side)
            elif isinstance(old, Model) and isinstance(new, Model):
                self.model_members(old, new, before, after, at.owner, side)

    def _follows(self, owner: Owner, renamed: set[Owner]) -> bool:
        """Report whether names of types follow that of what they stand in."""
        return owner in renamed or owner in self._renamed

    def declared(self, old: Declared, new: Declared, before: Pointer, after: Pointer, owner: Owner, side: Side) -> None:
        """Compare two types that take each other's place."""
        names = f"{old.module}.{old.name}", f"{new.module}.{new.name}"
        if names in self.seen:
            return
        self.seen.add(names)
        if names[0] != names[1]:
            self._report(
                "type-renamed", public_name(old), f"is called {public_name(new)} now", before, after, owner, side
            )
        if isinstance(old, Model) and isinstance(new, Model):
            self.model_members(old, new, before, after, owner, side)

    def model_members(self, old: Model, new: Model, before: Pointer, after: Pointer, owner: Owner, side: Side) -> None:
        """Compare the names of members that are the same on the wire."""
        names = {member.wire_name: member.name for member in new.members}
        for member in old.members:
            name = names.get(member.wire_name, member.name)
            if name != member.name:
                places = before.below("properties", member.wire_name), after.below("properties", member.wire_name)
                place = f"{public_name(old)}.{member.name}"
                self._report("field-renamed", place, f"is called {name} now", *places, owner, side)

    def _report(
        self, kind: str, place: str, message: str, old: Pointer, new: Pointer, owner: Owner, side: Side
    ) -> None:
        self.schemas.found.add(
            Finding(kind=kind, place=place, message=message, old=old, new=new, owner=owner, direction=side)
        )


def _named_responses(call: Call, offers: Offers) -> dict[str, Alias | None]:
    """Give, for the status of each response that is decoded, the name that it has for itself, if it is no model."""
    found: dict[str, Alias | None] = {}
    for response in call.responses:
        declared = offers.declared.get(response.type.id) if isinstance(response.type, Ref) else None
        is_own = isinstance(declared, Alias) and declared.id.place not in offers.by_pointer
        found.setdefault(response.status, declared if is_own and isinstance(declared, Alias) else None)
    return found
