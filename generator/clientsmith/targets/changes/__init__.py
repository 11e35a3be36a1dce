"""Target: two surfaces with their APIs go in, what changed between them comes out."""

from .change import Change, Comparison, Revision
from .compare import compare

__all__ = ["Change", "Comparison", "Revision", "compare"]
