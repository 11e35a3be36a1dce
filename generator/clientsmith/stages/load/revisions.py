"""Files as a commit of a git repository has them: copied one by one into a folder, without a checkout.

git is asked for the names and the contents of a commit only. The text that names the commit is the user's, and reaches
git behind `--end-of-options`; all other calls have the commit's hash.
"""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
from pathlib import Path

from ...data.issues import Rejected, rejected
from ...data.text import visible

_HASH = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_FILE_MODES = (b"100644", b"100755")
"""Links are not followed, and submodules have no content."""
_SECONDS = 120
_LONGEST = 80
"""Characters of a revision that names of files begin with."""


class Revision:
    """The files of one commit, of which some are copied to a folder."""

    def __init__(self, revision: str, source: Path, folder: Path) -> None:
        """Find the commit in the repository that `source` is in; `folder` is empty and ours.

        Raises:
            Rejected: there is no git, no repository or no such commit.
        """
        self.revision = revision
        self.folder = folder
        self._near = _closest_folder(source)
        self._root = Path(os.fsdecode(self._git("rev-parse", "--show-toplevel").rstrip(b"\n")))
        self._commit = self._resolve()
        self._blobs = self._list()
        self._copied: set[str] = set()

    def copy(self, path: Path) -> Path:
        """Copy a file of the repository, if the commit has it; give the path of the copy.

        Raises:
            Rejected: the path is outside the repository.
        """
        copy = self.folder / self._key(path)
        self.add(copy)
        return copy

    def add(self, copy: Path) -> bool:
        """Copy what belongs at a path below the folder; report whether that is new."""
        key = posixpath.normpath(os.path.relpath(copy, self.folder).replace(os.sep, "/"))
        blob = self._blobs.get(key)
        if blob is None or key in self._copied:
            return False
        self._copied.add(key)
        target = self.folder / key
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(self._git("cat-file", "blob", blob))
        return True

    def named(self, text: str) -> str:
        """Name copies in a text as people do: `v1.0:api/openapi.yaml`."""
        return text.replace(f"{self.folder}{os.sep}", f"{visible(self.revision)[:_LONGEST]}:")

    def _key(self, path: Path) -> str:
        """Give a path relative to the repository."""
        absolute = Path(os.path.realpath(path.parent)) / path.name
        try:
            return absolute.relative_to(os.path.realpath(self._root)).as_posix()
        except ValueError:
            raise _refused(f"'{path}' is outside the repository '{self._root}'", "name a file in it") from None

    def _resolve(self) -> str:
        wanted = f"{self.revision}^{{commit}}"
        if "\0" in wanted or not self.revision:
            raise _refused("the revision is no name of a commit", _REVISION_HINT)
        try:
            found = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", wanted).strip()
        except Rejected:
            found = b""
        if not _HASH.fullmatch(found):
            raise _refused(f"the repository has no commit '{self.revision}'", _REVISION_HINT)
        return found.decode("ascii")

    def _list(self) -> dict[str, str]:
        """List the files of the commit: their paths and hashes."""
        listed = self._git("ls-tree", "-r", "-z", "--full-tree", self._commit)
        blobs = {}
        for line in listed.split(b"\0"):
            about, _, name = line.partition(b"\t")
            if about[:6] in _FILE_MODES:
                blobs[os.fsdecode(name)] = about.split()[2].decode("ascii")
        return blobs

    def _git(self, *arguments: str) -> bytes:
        """Run git near the source, without anything of its environment that names another repository.

        Raises:
            Rejected: git is missing, takes too long or fails.
        """
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        command = ["git", "-C", str(self._near), "--no-pager", *arguments]
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                check=True,
                env={**environment, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"},
                stdin=subprocess.DEVNULL,
                timeout=_SECONDS,
            )
        except FileNotFoundError:
            raise _refused(
                "git is not installed, and --base reads from it", "install git, or name both documents"
            ) from None
        except subprocess.TimeoutExpired:
            raise _refused(f"git gave nothing for {_SECONDS} seconds") from None
        except (subprocess.CalledProcessError, OSError, ValueError) as error:
            raise _refused(
                f"git cannot read the repository: {_reason(error)}", "is the file in a git repository?"
            ) from None
        return done.stdout


_REVISION_HINT = "name a branch, a tag or a commit: 'main', 'v1.0', 'HEAD~1'"


def _closest_folder(path: Path) -> Path:
    """Give the closest folder that is there: the file itself may be gone."""
    folder = path.absolute().parent
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder


def _reason(error: Exception) -> str:
    """Give the message of git, as one line."""
    if isinstance(error, subprocess.CalledProcessError):
        lines = error.stderr.decode("utf-8", "replace").strip().splitlines()
        return lines[0].removeprefix("fatal: ") if lines else f"exit code {error.returncode}"
    return str(error)


def _refused(message: str, hint: str | None = None) -> Rejected:
    return rejected("bad-revision", message, hint=hint)
