"""Stage: generated files and the user's patches go in, files with the user's edits come out.

And back: an edited file becomes a patch. The only stage that reads and writes patches.
"""

from .apply import Edited, apply_patches, conformance, why_not
from .compare import make_patch
from .folder import SUFFIX, digest, drop_patches, over_limit, patch_files, read_patches, write_patches
from .patch_text import patch_text

__all__ = [
    "SUFFIX",
    "Edited",
    "apply_patches",
    "conformance",
    "digest",
    "drop_patches",
    "make_patch",
    "over_limit",
    "patch_files",
    "patch_text",
    "read_patches",
    "why_not",
    "write_patches",
]
