"""A folder is old or new: whatever ends a run, at any step, and whoever else writes at the same time.

Random points and races are few here; `make attacks` (ATTACKS=300) takes as many as one wants.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.behaviour.packages import HEADER, complete, tree

from clientsmith.data.issues import Rejected
from clientsmith.disk.lock import Busy, locked
from clientsmith.stages.write import changes, inspect, one_at_a_time, recover, swap, write

COUNT = int(os.environ.get("ATTACKS", "4"))
"""How many random points, and how many races, of each kind."""
OLD = {f"types/t{n}.py": f"{HEADER}{n}\n" for n in range(6)} | {"__init__.py": f"{HEADER}old\n", "old/x.py": HEADER}
NEW = {f"types/t{n}.py": f"{HEADER}{n % 3}\n" for n in range(6)} | {"__init__.py": f"{HEADER}new\n", "new/y.py": HEADER}
NEXT = {"__init__.py": f"{HEADER}next\n", "types/t1.py": f"{HEADER}next\n"}
MINE = {"mine.txt": b"mine\n", "types/mine.py": b"mine = 1\n"}
STEPS = ("os.link", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.symlink", "ctypes.dlsym")
"""What a write asks of the system, by the names of Python's audit events; and files that are opened to be written."""

needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")


def put(output: Path, files: dict[str, str]) -> None:
    """Write as the pipeline does."""
    with one_at_a_time(output):
        recover(output)
        whole = complete(files)
        write(output, whole, inspect(output, whole, {}), force=False)


def state(output: Path) -> str:
    """Name what a folder holds, without what is the user's."""
    found = {
        path: content for path, content in tree(output).items() if path not in MINE and ".clientsmith-" not in path
    }
    if not found:
        return "nothing"
    wholes = {"old": OLD, "new": NEW, "next": NEXT}
    by_name = {name: {p: t.encode() for p, t in complete(files).items()} for name, files in wholes.items()}
    return next((name for name, whole in by_name.items() if whole == found), "mix")


def start(output: Path, before: str) -> None:
    """Make the folder that a run finds."""
    if before == "old":
        put(output, OLD)
        for path, content in MINE.items():
            (output / path).write_bytes(content)


def killed_at(step: int, run: Callable[[], None]) -> bool:
    """Run in a process that ends without a word right before a step; False where the run had fewer."""
    child = os.fork()
    if child == 0:
        left = step

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            flags = arguments[2] if event == "open" else None
            if event in STEPS or (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)):
                left -= 1
                if left == 0:
                    os._exit(9)

        sys.addaudithook(hook)
        try:
            run()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 9)
    return code == 9


def no_exchange(one: Path, other: Path) -> bool:
    """Be a system that cannot let folders change places at once."""
    return False


def no_swap(*_: object) -> bool:
    """Be a folder that cannot be exchanged."""
    return False


@contextmanager
def way_of_writing(way: str) -> Iterator[None]:
    """Write in one of the ways that there are."""
    with pytest.MonkeyPatch.context() as patch:
        if way == "two renames":
            patch.setattr(swap, "exchange", no_exchange)
        if way == "in place":
            patch.setattr(swap, "can_swap", no_swap)
        yield


@needs_fork
@pytest.mark.parametrize("before", ["nothing", "old"])
@pytest.mark.parametrize("way", ["exchange", "two renames", "in place"])
def test_a_run_that_is_killed_at_any_step(tmp_path: Path, way: str, before: str) -> None:
    seen, step, is_killed = set(), 0, True
    with way_of_writing(way):
        while is_killed:
            step += 1
            output = tmp_path / str(step) / "pets"
            start(output, before)
            is_killed = killed_at(step, lambda output=output: put(output, NEW))  # type: ignore[misc]
            seen.add(state(output))
            assert_it_recovers(output, before, (OLD, NEW, NEXT)[step % 3])
    assert step > 10
    assert seen <= {before, "new"} if way == "exchange" else seen >= {before, "new"}
    assert way == "in place" or "mix" not in seen


def assert_it_recovers(output: Path, before: str, files: dict[str, str]) -> None:
    """Generate once more, from any document: without force, and with nothing of the user's lost or of ours left."""
    whole = complete(files)
    existing = inspect(output, whole, {})
    if state(output) == "mix" or (before == "old" and not output.exists()):
        assert existing.was_interrupted
        assert not changes(existing, whole).is_empty
    put(output, files)
    mine = MINE if before == "old" else {}
    assert tree(output) == {path: text.encode() for path, text in whole.items()} | mine
    assert [path.name for path in output.parent.iterdir()] == [output.name]


@pytest.mark.parametrize("meanwhile", ["nothing", "empty", "mine"])
def test_a_folder_that_was_set_aside_is_never_lost(tmp_path: Path, meanwhile: str) -> None:
    """A run ended between two renames, and somebody made the folder again before the next one."""
    output = tmp_path / "pets"
    start(output, "old")
    aside = tmp_path / ".pets.clientsmith-0123456789abcdef.old"
    output.rename(aside)
    if meanwhile != "nothing":
        output.mkdir()
    if meanwhile == "mine":
        (output / "other.txt").write_text("other")
        with one_at_a_time(output):
            recover(output)
            whole = complete(NEW)
            write(output, whole, inspect(output, whole, {}), force=True)
    else:
        put(output, NEW)
    holder_of_mine = aside if meanwhile == "mine" else output
    assert {path: (holder_of_mine / path).read_bytes() for path in MINE} == MINE
    assert aside.exists() == (meanwhile == "mine")


@pytest.mark.parametrize("way", ["exchange", "two renames", "in place"])
@pytest.mark.parametrize("before", ["nothing", "old"])
def test_a_disk_that_refuses_at_any_step(tmp_path: Path, way: str, before: str) -> None:
    """Every step that fails leaves the folder as it was, or finds another way; the last run has no failure."""
    for step in range(1, 200):
        output = tmp_path / str(step) / "pets"
        start(output, before)
        reached = refused_at(step, way, output)
        assert state(output) in (before, "new")
        assert list(output.parent.glob(".*")) == []
        assert [p for p in tree(output) if ".clientsmith-" in p] == []
        if not reached:
            break
    else:
        pytest.fail("a write has no 200 steps")


def refused_at(step: int, way: str, output: Path) -> bool:
    """Let the system refuse one step; tell whether there was one."""
    left = step

    def refusing(original: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            nonlocal left
            left -= 1
            if left == 0:
                raise OSError(28, "No space left on device")
            return original(*arguments, **named)

        return call

    codes = ["bad-output"]
    with way_of_writing(way), pytest.MonkeyPatch.context() as patch:
        for owner, name in ((Path, "write_bytes"), (Path, "replace"), (Path, "rename"), (Path, "mkdir"), (os, "link")):
            patch.setattr(owner, name, refusing(getattr(owner, name)))
        try:
            put(output, NEW)
        except Rejected as rejected:
            codes = [issue.code for issue in rejected.issues]
    assert codes == ["bad-output"]
    return left <= 0


# --- whole processes -------------------------------------------------------------------------------------------------

SPEC = """\
openapi: 3.1.0
info: {{title: "{0}", version: "1"}}
paths:
  /a: {{get: {{operationId: list{0}, tags: [{0}], responses: {{"204": {{description: "{0}"}}}}}}}}
  /b: {{get: {{operationId: other, tags: [b], responses: {{"204": {{description: "{0}"}}}}}}}}
"""


@pytest.fixture
def specs(tmp_path: Path) -> dict[str, Path]:
    """Write documents, with settings, and no cache: nothing is proven by what another run remembers."""
    found = {}
    for name in ("Old", "New"):
        (tmp_path / f"{name}.yaml").write_text(SPEC.format(name))
        found[name] = tmp_path / f"{name}.toml"
        found[name].write_text(f'spec = "{name}.yaml"\nformatter = "none"\n')
    return found


def start_run(settings: Path, output: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "clientsmith", "generate", str(settings), "-o", str(output)]
    environment = {**os.environ, "CLIENTSMITH_CACHE": "off"}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=settings.parent
    )


def ended(process: subprocess.Popen[str]) -> int:
    process.communicate(timeout=120)
    return process.returncode


def wholes(specs: dict[str, Path], folder: Path) -> dict[str, dict[str, bytes]]:
    """Generate each document in peace."""
    for name, settings in specs.items():
        assert ended(start_run(settings, folder / name / "pets")) == 0
    return {name: tree(folder / name / "pets") for name in specs}


def test_processes_that_are_killed_at_random_points(tmp_path: Path, specs: dict[str, Path]) -> None:
    chance = random.Random(1)
    expected = wholes(specs, tmp_path / "whole")
    for number in range(COUNT):
        output = tmp_path / str(number) / "pets"
        is_first = number % 2 == 0
        if not is_first:
            assert ended(start_run(specs["Old"], output)) == 0
        process = start_run(specs["New"], output)
        wait_for_a_trace(output.parent, process)
        time.sleep(chance.random() * 0.02)
        process.kill()
        ended(process)
        found = tree(output) if output.exists() else {}
        assert found in ({} if is_first else expected["Old"], expected["New"])
        assert ended(start_run(specs["New"], output)) == 0
        assert tree(output) == expected["New"]
        assert [path.name for path in output.parent.iterdir()] == ["pets"]


def wait_for_a_trace(folder: Path, process: subprocess.Popen[str]) -> None:
    """Wait until a run begins to write: it makes something in the folder around the output."""
    before = {*folder.iterdir()} if folder.exists() else set()
    while process.poll() is None and not (folder.exists() and {*folder.iterdir()} - before):
        time.sleep(0.0005)


@pytest.mark.parametrize("names", [("New", "New"), ("Old", "New"), ("Old", "New", "Old", "New")])
@pytest.mark.parametrize("is_first", [True, False])
def test_processes_that_write_at_the_same_time(
    tmp_path: Path, specs: dict[str, Path], names: tuple[str, ...], is_first: bool
) -> None:
    expected = wholes(specs, tmp_path / "whole")
    for number in range(max(1, COUNT // 4)):
        output = tmp_path / str(number) / "pets"
        if not is_first:
            assert ended(start_run(specs["Old"], output)) == 0
        processes = [start_run(specs[name], output) for name in names]
        assert [ended(process) for process in processes] == [0] * len(names)
        assert tree(output) in [expected[name] for name in names]
        assert [path.name for path in output.parent.iterdir()] == ["pets"]


# --- the lock --------------------------------------------------------------------------------------------------------


def hold(folder: Path, shared: bool, is_held: multiprocessing.synchronize.Event) -> None:
    with locked(folder, shared=shared):
        is_held.set()
        time.sleep(600)


@contextmanager
def holder(folder: Path, *, shared: bool) -> Iterator[int]:
    """Let another process hold the lock; give its number."""
    context = multiprocessing.get_context("spawn")
    is_held = context.Event()
    process = context.Process(target=hold, args=(folder, shared, is_held))
    process.start()
    assert is_held.wait(60)
    assert process.pid is not None
    try:
        yield process.pid
    finally:
        process.kill()
        process.join()


def wait_for_the_lock(folder: Path) -> None:
    with locked(folder, seconds=0.1):
        pass


def test_a_run_waits_only_so_long(tmp_path: Path) -> None:
    with holder(tmp_path, shared=False):
        with pytest.raises(Rejected) as caught, one_at_a_time(tmp_path / "pets", seconds=0.1):
            pass
        (issue,) = caught.value.issues
        assert (issue.code, issue.hint) == ("busy-output", "wait until it ends, or end it, and try again")
        assert "'" + str(tmp_path / "pets") + "' is in use" in issue.message
        with pytest.raises(Busy), locked(tmp_path, shared=True, seconds=0.1):
            pass


def test_readers_keep_away_writers_only(tmp_path: Path) -> None:
    with holder(tmp_path, shared=True), locked(tmp_path, shared=True, seconds=0.1), pytest.raises(Busy):
        wait_for_the_lock(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_a_killed_process_holds_no_lock(tmp_path: Path) -> None:
    with holder(tmp_path, shared=False) as number:
        os.kill(number, signal.SIGKILL)
        with locked(tmp_path, seconds=60):
            pass


def test_the_lock_leaves_nothing_in_the_folder(tmp_path: Path) -> None:
    with locked(tmp_path):
        assert [*tmp_path.iterdir()] == []


def test_where_folders_cannot_be_locked_a_file_stands_for_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr("clientsmith.disk.lock.can_lock", lambda handle: False)
    with locked(tmp_path), pytest.raises(Busy), locked(tmp_path, seconds=0.1):
        pass
    with locked(tmp_path, seconds=0.1):
        pass
