"""`models` of a config: names of classes, and the schemas that they are for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .config import Node
from .marks import is_skipped
from .overlay import Overlay, query
from .paths import as_steps, select, value_at
from .source import SCHEMAS, Source
from .words import words_of

Path = tuple[str, ...]


class Models:
    """The models that were read so far."""

    def __init__(self, source: Source, overlay: Overlay) -> None:
        self._source = source
        self._overlay = overlay
        self._by_resource: dict[Path, dict[str, str]] = {}
        self._places: set[tuple[str, ...]] = set()
        self._references: dict[str, str] = {}
        """The component of each model by its dotted path."""
        self._added: set[str] = set()

    def of(self, resource: Path) -> Mapping[str, str]:
        """Give names and components of the models of a resource."""
        return self._by_resource.get(resource, {})

    def reference(self, dotted: str) -> str | None:
        """Give the component of a model: `chat.completions.chunk`."""
        return self._references.get(dotted)

    def read(self, models: Node, folder: Path, resource: Path) -> None:
        """Read the models of a resource."""
        for name, node in models.members():
            if is_skipped(node):
                continue
            if isinstance(node.value, dict) and node.child("type").text() == "alias":
                self._read_alias(name, node, resource, folder)
            else:
                self._read_model(name, node, folder, resource)

    def _read_alias(self, name: str, node: Node, resource: Path, folder: Path) -> None:
        """Read another name of a model of the same resource, which must stand before it."""
        target = node.child("to").text() or ""
        component = self._references.get(".".join((*resource, target)))
        node.child("type").carried("a second class of the component")
        node.child("deprecated").not_possible("only methods and resources have a message")
        if component is None:
            node.child("to").not_possible(f"there is no model '{target}' before it")
        elif self._claim(name, component, node.child("to"), folder, resource):
            node.child("to").carried(f"[{'.'.join(('resources', *resource))}.models] {name}")

    def _read_model(self, name: str, node: Node, folder: Path, resource: Path) -> None:
        uri = node.child("openapi_uri") if isinstance(node.value, dict) else node
        text = uri.text()
        component = self._component(text, name) if text is not None else None
        if component is None:
            node.not_possible(f"the document has no schema '{text}'")
            uri.not_possible(f"the document has no schema '{text}'")
            return
        if not self._claim(name, component, uri, folder, resource):
            return
        uri.carried(f"[{'.'.join(('resources', *resource) if resource else ('client',))}.models] {name}")
        self._note_rest(node)

    def _claim(self, name: str, component: str, node: Node, folder: Path, resource: Path) -> bool:
        """Give a component a name, which no other one of the folder has."""
        self._references[".".join((*resource, name))] = component
        place = (*folder, "".join(words_of(name)))
        if place in self._places:
            node.not_possible("another model of this folder has that name")
            return False
        self._places.add(place)
        self._by_resource.setdefault(resource, {})[name] = component
        return True

    def _note_rest(self, node: Node) -> None:
        if not isinstance(node.value, dict):
            return
        node.child("type").not_needed("a model is what it is")
        node.child("param_model").not_needed("a model is accepted wherever its parameters are")
        node.child("no_params_suffix").not_possible("the types that requests take of a model end with 'Param'")
        node.child("deprecated").not_possible("only methods and resources have a message")

    # --- the schema ---

    def _component(self, uri: str, name: str) -> str | None:
        """Find the component that a text means; one that is nothing but a reference stands for its target."""
        found = self._named(uri, name)
        seen: set[str] = set()
        while found is not None and found not in seen:
            seen.add(found)
            schema = self._source.schemas.get(found)
            target = schema.get("$ref") if isinstance(schema, dict) and len(schema) == 1 else None
            if not isinstance(target, str) or target.removeprefix(SCHEMAS) not in self._source.schemas:
                break
            found = target.removeprefix(SCHEMAS)
        return found

    def _named(self, uri: str, name: str) -> str | None:
        """Find the component that a text names: by name, by reference, or by a query for one place."""
        if uri in self._source.schemas:
            return uri
        if uri.startswith(SCHEMAS) and uri.removeprefix(SCHEMAS) in self._source.schemas:
            return uri.removeprefix(SCHEMAS)
        if uri.startswith("#/"):
            steps = as_steps(uri, self._source.root)
        else:
            found = select(uri, self._source.root) if uri.startswith("$") else None
            steps = found[0] if found and len(found) == 1 else None
        return self._at(steps, name) if steps else None

    def _at(self, steps: tuple[str | int, ...], name: str) -> str | None:
        """Make a component of a schema that stands elsewhere, and refer to it from there."""
        here = value_at(self._source.root, steps)
        if isinstance(here, dict) and isinstance(here.get("$ref"), str):
            reference = here["$ref"]
            return reference.removeprefix(SCHEMAS) if reference.startswith(SCHEMAS) else None
        if steps[:2] == ("components", "schemas") and len(steps) == 3:
            return str(steps[2])
        return self._extracted(steps, here, name) if isinstance(here, dict) else None

    def _extracted(self, steps: tuple[str | int, ...], schema: dict[str, Any], name: str) -> str:
        component = "".join(word.capitalize() for word in words_of(name)) or "Model"
        while component in self._source.schemas or component in self._added:
            component += "Model"
        self._added.add(component)
        reason = f"The model {name} is made of a schema that is no component."
        if not self._source.schemas and len(self._added) == 1:
            self._overlay.update("$", {"components": {"schemas": {}}}, reason)
        self._overlay.update("$.components.schemas", {component: schema}, reason)
        place = query(*steps)
        self._overlay.remove(f"{place}.*", reason)
        self._overlay.update(place, {"$ref": f"{SCHEMAS}{component}"}, reason)
        return component
