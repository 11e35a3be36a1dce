"""`targets` of a config: what the Python package is called."""

from __future__ import annotations

from .config import Node
from .toml_text import Table
from .words import snake

OF_REPOSITORIES = ("edition", "production_repo", "staging_repo", "publish", "readme_title", "screencast", "keep_files")


OPTIONS = {
    "use_uv": "it is about the repository",
    "mcp_server": "it is about another target",
    "websockets_extra_name": "clients have no websockets",
    "disable_pydantic_namespace_protection": "models are dataclasses, and may have any name",
}
"""Options that a client needs nothing for."""


def package_of(root: Node) -> str:
    """Give the name of the package: as the config has it, else that of the organization."""
    given = root.child("targets").child("python").child("package_name").text()
    name = given or root.child("organization").child("name").text() or "client"
    return snake(name.rpartition(".")[2])


def read_targets(targets: Node, package: Table) -> None:
    """Read the Python target; the others are not ours."""
    python = targets.child("python")
    python.child("package_name").carried("output")
    project = python.child("project_name")
    published = python.child("publish").child("pypi").child("package_name")
    chosen = project if project else published
    package.set("project", chosen.text())
    project.carried("[package] project")
    published.carried("[package] project")
    for key in OF_REPOSITORIES:
        python.child(key).not_needed("it is about the repository")
    python.child("skip").not_needed("the client is generated when you ask for it")
    for key, node in python.child("options").members():
        if key in OPTIONS:
            node.not_needed(OPTIONS[key])
        else:
            node.not_possible(f"there is no option '{key}'")
    python.child("options").not_needed("it is empty")
    for key in ("custom", "custom_code"):
        python.child(key).not_possible("code that was added to the SDK is no part of the config: 'custom/' has yours")
    for name, target in targets.members():
        if name != "python":
            target.not_needed("it is another language")
