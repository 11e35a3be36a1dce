"""The models in `declarations.py` are those that the generator writes for `sample/shapes.yaml`.

They are in the repository, not made at each run, so that type checkers see them. `BY_HAND` has what the generator never
writes.
"""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from clientsmith.cli import main

FOLDER = Path(__file__).parent
BY_HAND = {
    "Sizes": "a model that collects all keys: the generator makes a `Dict` of it",
    "Unions.tree": "an alias of several levels, for the lookup of quoted names",
}
"""What is not compared, and why."""

Fields = dict[str, str]


def classes(tree: ast.Module) -> dict[str, Fields]:
    """Give the fields of all models with their annotations and defaults, as text."""
    return {
        node.name: {
            ast.unparse(field.target): ast.unparse(field) for field in node.body if isinstance(field, ast.AnnAssign)
        }
        for node in tree.body
        if isinstance(node, ast.ClassDef) and ast.unparse(node.bases[0]) == "Model"
    }


def written(folder: Path) -> dict[str, Fields]:
    """Generate the client of the document, and read its models."""
    shutil.copy(FOLDER / "sample" / "shapes.yaml", folder)
    settings = 'spec = "shapes.yaml"\noutput = "shapes"\nformatter = "none"\n[components]\nkeep = true\n'
    (folder / "settings.toml").write_text(settings)
    result = CliRunner().invoke(main, ["generate", str(folder / "settings.toml")])
    assert result.exit_code == 0, result.output
    found: dict[str, Fields] = {}
    for path in (folder / "shapes" / "types").glob("*.py"):
        found |= classes(ast.parse(path.read_text("utf-8")))
    return found


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Fields]:
    return written(tmp_path_factory.mktemp("shapes"))


OURS = classes(ast.parse((FOLDER / "declarations.py").read_text("utf-8")))


@pytest.mark.parametrize("name", sorted(OURS.keys() - BY_HAND))
def test_a_model_is_what_the_generator_writes(name: str, generated: dict[str, Fields]) -> None:
    ours = {field: text for field, text in OURS[name].items() if f"{name}.{field}" not in BY_HAND}
    assert ours == generated[name]


def test_every_exception_is_there() -> None:
    fields = {f"{name}.{field}" for name, found in OURS.items() for field in found}
    assert BY_HAND.keys() <= OURS.keys() | fields
