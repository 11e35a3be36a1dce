"""One run, as the command line asks for it: recalled where nothing has changed since, made otherwise.

What a recalled run needs is imported here; the stages are imported where they run.
"""

from __future__ import annotations

from collections.abc import Callable

from .data.issues import Found, Rejected
from .data.outcome import Outcome
from .data.settings import Settings
from .disk.cache import open_cache
from .recall import recall


def generate(
    settings: Found[Settings],
    *,
    check: bool = False,
    force: bool = False,
    progress: Callable[[str], None] = lambda stage: None,
) -> Outcome:
    """Generate a client and write it, or (`check`) compare it with what is there.

    `progress` gets the name of each stage. Mistakes of the user are in the outcome, never raised.
    """
    progress("recall")
    try:
        with open_cache() as cache:
            known = recall(cache, settings)
    except Rejected:  # The stages find the same, and more.
        known = None
    if known is not None:
        return known
    from .pipeline import generate as make

    return make(settings, check=check, force=force, progress=progress)


def generate_reference(
    settings: Found[Settings],
    *,
    check: bool = False,
    force: bool = False,
    progress: Callable[[str], None] = lambda stage: None,
) -> Outcome:
    """Generate the reference and write it, or (`check`) compare it with what is there; see `generate`."""
    from .pipeline import generate_reference as make

    return make(settings, check=check, force=force, progress=progress)
