"""Stage: the files of a package go in and come to disk, or the difference to what is there comes out.

The only stage that writes. It replaces and removes what the folder's manifest names, and nothing else.
"""

from .difference import changes, unified_diff
from .folder import inspect
from .manifest import make_manifest, manifest_text, reusable
from .replace import write

__all__ = [
    "changes",
    "inspect",
    "make_manifest",
    "manifest_text",
    "reusable",
    "unified_diff",
    "write",
]
