"""Stage: the files of a package go in and come to disk, or the difference to what is there comes out.

The only stage that writes. It replaces and removes what a run has provably written, and nothing else.
"""

from .difference import changes, file_diffs
from .folder import inspect
from .manifest import content_hash, make_manifest, manifest_text, read_manifest, records_of
from .new_files import write_new
from .replace import one_at_a_time, recover, write
from .written import note_written, written_to

__all__ = [
    "changes",
    "content_hash",
    "file_diffs",
    "inspect",
    "make_manifest",
    "manifest_text",
    "note_written",
    "one_at_a_time",
    "read_manifest",
    "records_of",
    "recover",
    "write",
    "write_new",
    "written_to",
]
