"""Puts the package together: names first, for everything; then the text of each file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ....data.api import Api, ObjectShape, Operation
from ....data.report import Rename, Report, ReportEntry, SchemaEntry
from ....data.settings import Settings
from ....data.text import docstring, identifier, literal, module_path
from ..package import Export, LazyPackage, Package, ResourceModule, TypesModule
from .classes import ClassPlan, ClassTable
from .client import PUBLIC, client_name, error_name, plan_client
from .components import ComponentModule, plan_components
from .examples import example_calls
from .models import AliasPlan, TypesPlan, shown_types, types_module
from .naming import Names
from .operations import OperationPlan, OperationPlanner
from .placement import Placement
from .prose import api_text
from .reference import module_reference, readme, resource_reference
from .resources import ResourceBuilder, resource_names
from .schemas import Side
from .scope import grouped_imports, relative_module, sorted_exports
from .wire import WireNames


class PackageBuilder:
    """Builds the plan of one package."""

    def __init__(self, api: Api, settings: Settings, placement: Placement) -> None:
        self._api = api
        self._settings = settings
        self._placement = placement
        self._initialisms = frozenset(settings.initialisms)
        folders = (resource for resource in placement.resources if len(resource.path) == 1 and resource.children)
        self._modules = {"types": Names(resource.path[-1] for resource in folders)}
        for resource in placement.resources:
            if resource.children:
                folder = ".".join(("types", *resource.path))
                self._modules[folder] = Names(child.path[-1] for child in resource.children)
        self._components = plan_components(api, settings, self._modules["types"])
        self._table = ClassTable(self._components.definitions, self._initialisms)
        self._table.exported.update(self._components.response.values(), self._components.request.values())
        self._wire_names = WireNames(self._components)

    def build(self) -> Package:
        """Name everything, then write everything."""
        response = [self._component_plan(m, "response") for m in self._components.response_modules]
        request = [self._component_plan(m, "request") for m in self._components.request_modules]
        planner = OperationPlanner(self._settings, self._table, self._components, self._modules)
        plans = {
            resource.path: {method.name: planner.plan(resource, method) for method in resource.methods}
            for resource in self._placement.resources
        }
        types_plans = [*response, *request, *(t for p in plans.values() for o in p.values() for t in o.types)]
        types = {plan.module: types_module(plan, self._table, self._wire_names) for plan in types_plans}
        resources = {
            resource.path: ResourceBuilder(
                resource, plans[resource.path], self._table, self._components, self._wire_names
            ).build()
            for resource in self._placement.resources
        }
        return self._package(types_plans, types, plans, resources)

    def _package(
        self,
        types_plans: list[TypesPlan],
        types: dict[str, TypesModule],
        plans: dict[tuple[str, ...], dict[str, OperationPlan]],
        resources: dict[tuple[str, ...], ResourceModule],
    ) -> Package:
        name = self._settings.output.name
        client = client_name(self._settings, self._initialisms)
        error = error_name(self._settings, client)
        module = plan_client(self._api, self._settings, self._placement.resources, self._initialisms)
        references = {
            plan.module: module_reference(
                plan,
                shown_types(plan, types[plan.module], self._table, self._wire_names),
                self._table.definitions,
                name,
            )
            for plan in types_plans
        }
        component_modules = [*self._components.response_modules, *self._components.request_modules]
        example = example_calls(self._placement.resources, plans, self._table.definitions)
        return Package(
            name=identifier(name),
            version=literal(self._settings.package_version),
            error_name=identifier(error),
            exports=sorted_exports([*PUBLIC, client, f"Async{client}", error]),
            docstring=docstring(api_text(self._api), 0),
            client=module,
            client_imports=grouped_imports("", [("._client", client), ("._client", f"Async{client}")]),
            resources=tuple(resources.values()),
            types=tuple(types.values()),
            types_packages=tuple(self._types_packages(types_plans)),
            resources_packages=tuple(self._resources_packages()),
            readme=readme(self._api, self._settings, module, error, example),
            reference=tuple(
                resource_reference(
                    resource,
                    resources[resource.path],
                    plans[resource.path],
                    [references[t.module] for o in plans[resource.path].values() for t in o.types],
                )
                for resource in self._placement.resources
                if resource.methods
            ),
            components=tuple(references[m.name] for m in component_modules),
            report=self._report(),
        )

    def _component_plan(self, module: ComponentModule, side: Side) -> TypesPlan:
        """Plan a module of components: their classes, the classes inside them, and aliases."""
        symbols = self._components.response if side == "response" else self._components.request
        own = [symbols[definition.pointer] for definition in module.definitions]
        names = Names(symbol.name for symbol in own)
        classes: list[ClassPlan] = []
        aliases: list[AliasPlan] = []
        for definition, symbol in zip(module.definitions, own, strict=True):
            key = (str(definition.pointer), side)
            schema = definition.schema
            if isinstance(schema.shape, ObjectShape):
                self._table.symbols[key] = symbol
                classes.append(ClassPlan(symbol, key, schema, ()))
            else:
                aliases.append(AliasPlan(symbol, key, schema))
            classes += self._table.allocate(schema, key, (symbol.name,), names, module.name, side)
        what = "Request type" if side == "request" else "Model"
        several = len(own) > 1
        title = f"{what}s that refer to each other." if several else f"{what} `{own[0].name}`."
        return TypesPlan(
            module=module.name,
            side=side,
            title=title,
            classes=tuple(classes),
            aliases=tuple(aliases),
            exports=tuple(symbol.name for symbol in own),
        )

    def _types_packages(self, plans: list[TypesPlan]) -> Iterator[LazyPackage]:
        """Write the lazily exporting packages: one a folder, parents export their children."""
        exports: dict[str, list[tuple[str, str]]] = {"types": []}
        for plan in plans:
            folder, _, module = plan.module.rpartition(".")
            while folder not in exports:
                exports[folder] = []
            exports[folder] += [(name, module) for name in plan.exports]
        for folder in list(exports):
            while "." in folder:
                folder = folder.rpartition(".")[0]
                exports.setdefault(folder, [])
        for folder, names in sorted(exports.items()):
            below = sorted(f.rpartition(".")[2] for f in exports if f.rpartition(".")[0] == folder)
            where = folder.partition(".")[2]
            title = f"Types of the resource `{where}`." if where else "The types of the API."
            yield _lazy_package(folder, title, names, below)

    def _resources_packages(self) -> Iterator[LazyPackage]:
        """Write the packages that import the modules of resources when they are looked up."""
        titles = {"resources": "The resources of the API."}
        modules: dict[str, set[str]] = {"resources": set()}
        for resource in self._placement.resources:
            module = resource_names(resource, self._initialisms).module
            if resource.children:
                folder = module.rpartition(".")[0]
                titles[folder] = f"The resource `{'.'.join(resource.path)}` and those below it."
            while module != "resources":
                module, _, name = module.rpartition(".")
                modules.setdefault(module, set()).add(name)
        for folder, title in titles.items():
            yield _lazy_package(folder, title, (), sorted(modules[folder]))

    def _report(self) -> Report:
        operations = tuple(
            ReportEntry(
                verb=method.operation.verb,
                path=_path_in_document(method.operation),
                operation_id=method.operation.operation_id,
                resource=".".join(resource.path),
                method=method.name,
                module=resource_names(resource, self._initialisms).module,
                rule=method.rule,
            )
            for resource in self._placement.resources
            for method in resource.methods
        )
        schemas = tuple(
            SchemaEntry(name=d.name, classes=tuple(self._classes(d.pointer)))
            for d in self._api.definitions
            if d.is_component
        )
        renames = [*self._components.renamed, *self._placement.renamed]
        return Report(
            operations=operations,
            schemas=schemas,
            renames=tuple(Rename(wanted=wanted, given=given) for wanted, given in renames),
        )

    def _classes(self, pointer: object) -> Iterator[str]:
        for symbols in (self._components.response, self._components.request):
            for where, symbol in symbols.items():
                if where == pointer:
                    yield f"{symbol.module[1:]}.{symbol.name}"


def _path_in_document(operation: Operation) -> str:
    """Give the path as the document has it: with a fragment, which is never sent, or parameters in its query."""
    tokens = operation.pointer.tokens
    own = tokens[1] if len(tokens) > 1 and tokens[0] == "paths" else ""
    return own if re.split("[#?]", own)[0] == operation.path.partition("?")[0] else operation.path


def _lazy_package(folder: str, title: str, names: Iterable[tuple[str, str]], modules: Sequence[str]) -> LazyPackage:
    """Write a package of (name, module) pairs, and of modules that it imports as they are."""
    names = sorted(names)
    places = [*((f".{folder}", module) for module in modules), *((f".{folder}.{m}", n) for n, m in names)]
    return LazyPackage(
        path=folder.replace(".", "/") + "/__init__.py",
        docstring=docstring([title], 0),
        core=module_path(relative_module(folder, "._core.lazy")),
        imports=grouped_imports(folder, places),
        exports=tuple(_export(name, module) for name, module in names),
        packages=tuple(_export(module, module) for module in modules),
        names=sorted_exports([*(name for name, _ in names), *modules]),
    )


def _export(name: str, module: str) -> Export:
    return Export(
        name=identifier(name),
        module=module_path(f".{module}"),
        literal=literal(name),
        module_literal=literal(f".{module}"),
    )
