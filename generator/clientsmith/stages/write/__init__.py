"""Stage: the files of a package go in and come to disk, or the difference to what is there comes out.

The only stage that writes. It replaces and removes what a run has provably written, and nothing else.
"""

from .difference import changes, file_diffs
from .folder import inspect
from .manifest import content_hash, make_manifest, manifest_text, read_manifest, records_of, with_line_feeds
from .new_files import write_new
from .paths import is_plain
from .replace import one_at_a_time, recover, write
from .written import note_written, written_to

__all__ = [
    "changes",
    "content_hash",
    "file_diffs",
    "inspect",
    "is_plain",
    "make_manifest",
    "manifest_text",
    "note_written",
    "one_at_a_time",
    "read_manifest",
    "records_of",
    "recover",
    "with_line_feeds",
    "write",
    "write_new",
    "written_to",
]
