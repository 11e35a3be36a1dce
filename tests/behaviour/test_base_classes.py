"""Base classes that the settings name: where they are looked for, and what is wrong with them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import Result
from tests import command

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get: {operationId: listPets, tags: [pets], responses: {"204": {description: Nothing.}}}
  /owners:
    get: {operationId: listOwners, tags: [owners], responses: {"204": {description: Nothing.}}}
"""
SETTINGS = 'spec = "pets.yaml"\nformatter = "none"\noutput = "out/pets"\n'
CLASSES = "class Mine: ...\nclass AsyncMine: ...\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("pets.yaml").write_text(SPEC)
    settings('[client]\nbase = "custom.client:Mine"\n')
    return tmp_path


def settings(text: str) -> None:
    Path("pets.toml").write_text(f"{SETTINGS}{text}")


def own(**modules: str) -> None:
    """Write modules of `custom/`; `__` is a slash."""
    for name, text in modules.items():
        path = Path("out/pets/custom", f"{re.sub(r'(?<=[a-z])__(?=[a-z])', '/', name)}.py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def run(*options: str) -> Result:
    return command.run("generate", *options, "pets.toml")


def problems() -> list[str]:
    """Give the first lines of all issues."""
    result = run()
    found = [line for line in result.stderr.splitlines() if ": error: " in line or ": warning: " in line]
    assert bool(result.exit_code) == any(": error: " in line for line in found)
    return found


def test_own_modules_may_be_there_before_the_client_is_and_stay() -> None:
    own(client=CLASSES, notes="x = 1\n")
    assert run().exit_code == 0
    assert "class Pets(Mine, SyncClient):" in Path("out/pets/_client.py").read_text()
    assert run("--check").exit_code == 0
    own(client=f"{CLASSES}\nx = 1\n", more="y = 1\n", deep__er="z = 1\n")
    assert run("--check").stdout == "the client is up to date\n"
    settings("")
    assert run().exit_code == 0
    assert Path("out/pets/custom/more.py").exists()


def test_a_module_that_comes_or_changes_is_noticed_at_once() -> None:
    own(client=CLASSES)
    assert run().exit_code == 0
    own(client="class Mine: ...\n")
    assert "[unknown-base]" in run().stderr
    Path("out/pets/custom/client.py").unlink()
    assert "[unknown-base]" in run("--check").stderr
    own(client__x=CLASSES)
    Path("out/pets/custom/client/__init__.py").write_text(CLASSES)
    assert run("--check").exit_code == 0


@pytest.mark.parametrize(
    "text",
    ["client:Mine", "custom.client", "custom.client:", ":Mine", "custom..x:Mine", "custom.class:Mine", "custom.x:a.b",
     "../custom:Mine", "custom.x:Mine[int]", "custom.x:Mine\\nimport os", "custom.\\u00e9:Mine", "other.custom:Mine"],
)  # fmt: skip
@pytest.mark.parametrize("key", ["base", "async_base"])
def test_a_base_class_is_named_below_custom(text: str, key: str) -> None:
    settings(f'[resources.pets]\n{key} = "{text}"\n')
    (problem,) = problems()
    assert problem.startswith("pets.toml:5:1: error: ")
    assert problem.endswith("must be a class below custom, like 'custom.client:Mixin' [bad-setting]")


def test_a_module_that_is_not_there_is_an_error_once() -> None:
    assert problems() == ["pets.toml:5:1: error: there is no module 'custom.client' [unknown-base]"]


def test_a_class_that_is_not_there_is_an_error() -> None:
    own(client="from .mine import Mine\nif True:\n    def AsyncMin(): ...\n", mine=CLASSES)
    message = "'out/pets/custom/client.py' has no class 'AsyncMine', which the client inherits from [unknown-base]"
    assert problems() == [f"pets.toml:5:1: error: {message}"]


@pytest.mark.parametrize(
    ("key", "sync", "asynchronous"),
    [
        ('async_base = ""', "Mine, SyncClient", "AsyncClient"),
        ('async_base = "custom.other:Other"', "Mine, SyncClient", "Other, AsyncClient"),
        ("", "Mine, SyncClient", "AsyncMine, AsyncClient"),
    ],
)
def test_the_async_class_has_the_same_name_or_its_own_or_none(key: str, sync: str, asynchronous: str) -> None:
    settings(f'[client]\nbase = "custom.client:Mine"\n{key}\n')
    own(client=CLASSES, other="class Other: ...\n")
    assert problems() == []
    text = Path("out/pets/_client.py").read_text()
    assert f"class Pets({sync}):" in text
    assert f"class AsyncPets({asynchronous}):" in text


def test_an_async_class_alone_may_have_one() -> None:
    settings('[resources.pets]\nasync_base = "custom:Only"\n')
    own(__init__="class Only: ...\n")
    own(__init__="class Only: ...\n")
    assert problems() == []
    text = Path("out/pets/resources/pets.py").read_text()
    assert "class Pets(APIResource):" in text
    assert "class AsyncPets(Only, AsyncAPIResource):" in text


def test_a_name_that_the_module_has_already_gets_another_one() -> None:
    settings('[resources.pets]\nbase = "custom.pets:Pets"\n')
    own(pets="class Pets: ...\nclass AsyncPets: ...\n")
    assert problems() == []
    text = Path("out/pets/resources/pets.py").read_text()
    assert "from ..custom.pets import Pets as Pets_" in text
    assert "class Pets(Pets_, APIResource):" in text


def test_a_misspelt_resource_is_an_error() -> None:
    settings('[resources.pet]\nbase = "custom:Mine"\n')
    result = run()
    assert "pets.toml:5:1: error: no operation is in the resource 'pet', which has a base class" in result.stderr
    assert "did you mean 'pets'?" in result.stderr


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [("class Mine(:\n", ":1:12", "this is no Python: "), ("x = '\0'\n", ":1:1", "this is no Python: ")],
)
def test_a_module_that_is_no_python_is_an_error_once(text: str, place: str, message: str) -> None:
    own(client=text)
    (problem,) = problems()
    assert problem.startswith(f"out/pets/custom/client.py{place}: error: {message}")


def test_members_that_are_never_seen_are_reported() -> None:
    settings('[client]\nbase = "custom.all:Mine"\n[resources.pets]\nbase = "custom.all:Mine"\n')
    own(all="class Mine:\n    def list(self): ...\n    pets = 1\n    def list_stream(self): ...\nAsyncMine = Mine\n")
    assert problems() == [
        "out/pets/custom/all.py:2:5: warning: the resource 'pets' has a member 'list' of its own, which hides this one "
        "[hidden-member]",
        "out/pets/custom/all.py:3:5: warning: the client has a member 'pets' of its own, which hides this one "
        "[hidden-member]",
    ]


# --- circles ---------------------------------------------------------------------------------------------------------

CIRCLES = {
    "from": "from .._client import Pets\n",
    "package": "from .. import AsyncPets\n",
    "module": "from .. import _client\n",
    "absolute": "from pets import Pets\n",
    "absolute-module": "import out.pets._client\n",
    "in-class": "class X:\n    from .._client import Pets\n",
    "in-try": "try:\n    from .._client import Pets\nexcept ImportError:\n    pass\n",
    "over-another": "from . import helper\n",
    "over-a-resource": "from ..resources import owners\n",
}


@pytest.mark.parametrize("text", CIRCLES.values(), ids=CIRCLES)
def test_an_import_that_comes_back_is_an_error(text: str) -> None:
    settings('[client]\nbase = "custom.client:Mine"\n[resources.owners]\nbase = "custom.owners:Mine"\n')
    own(client=f"{text}{CLASSES}", helper="from .._client import Pets\n", owners=f"from .helper import Pets\n{CLASSES}")
    found = [line for line in problems() if "'_client'" in line]
    assert found
    for line in found:
        assert "error: this imports the generated module '_client', which inherits from a class of this module" in line
    files = {line.partition(":")[0].rpartition("/")[2] for line in found}
    assert files == ({"helper.py"} if "helper" in text or "owners" in text else {"client.py"})


@pytest.mark.parametrize(
    "text",
    [
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .._client import Pets\n",
        "import typing as t\nif t.TYPE_CHECKING:\n    from .. import Pets\nelse:\n    Pets = object\n",
        "def f():\n    from .. import Pets\n    return Pets\n",
        "from .. import types\nfrom ..types import x\nfrom .._core.omit import omit\nfrom .. import NotFoundError\n",
        "from ..resources.owners import Owners\n",
        "import pets_of_others\nfrom ... import something\nfrom .....too import far\n",
        "from . import helper\n",
    ],
)
def test_other_imports_are_no_circle(text: str) -> None:
    own(client=f"{text}{CLASSES}", helper="from . import client\n")
    assert problems() == []
