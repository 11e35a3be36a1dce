"""Plans the package: a surface goes in; every file, import and type text comes out.

This is the only place that knows how Python is spelled.
"""

from __future__ import annotations

from ....data.packaging import Packaging
from ....data.surface import Surface
from ....data.text import comment, docstring, identifier, literal, module_path
from ..package import Package
from ..shared_core import with_shared_core
from .aliases import alias_modules
from .client import client_module
from .distribution import distribution_file
from .examples import example_calls
from .models import types_module
from .packages import public_exports, public_imports, public_names, resources_packages, types_packages
from .prose import api_text
from .readme import readme
from .resources import resource_module
from .scope import grouped_imports, sorted_exports
from .spell import TypeNames
from .wire import WireNames
from .wrapped import planned_resources, wrapped_resources

OWN = Packaging()
"""A folder with a runtime of its own."""


def plan(surface: Surface, packaging: Packaging = OWN) -> Package:
    """Write the plan of every file of the client."""
    names = TypeNames(surface)
    wire_names = WireNames(names.declared)
    client = surface.client
    classes = (client.name, f"Async{client.name}")
    distribution = packaging.distribution
    made = Package(
        aliases=tuple(alias_modules(surface)),
        name=identifier(surface.package),
        version=literal(surface.version),
        file_header=tuple(comment(line) for line in (surface.file_header or "").splitlines()),
        error_name=identifier(client.error_name),
        exports=sorted_exports([*public_names(surface), *classes, client.error_name]),
        public=public_exports(surface),
        public_imports=public_imports(surface),
        docstring=docstring(api_text(surface), 0),
        client=client_module(surface),
        client_imports=grouped_imports("", [("._client", name) for name in classes]),
        resources=tuple(
            resource_module(resource, names, wire_names, client, wrapped_resources(resource, surface))
            for resource in planned_resources(surface)
        ),
        types=tuple(types_module(module, names, wire_names) for module in surface.type_modules()),
        types_packages=tuple(types_packages(surface)),
        resources_packages=tuple(resources_packages(surface)),
        readme=readme(surface, example_calls(surface, names.declared), packaging),
        core=module_path("._core"),
        distribution=distribution_file(distribution, surface.package, client) if distribution else None,
    )
    return with_shared_core(made, packaging.core) if packaging.core else made
