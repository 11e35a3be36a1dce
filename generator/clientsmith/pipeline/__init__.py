"""From settings to a client: the stages, in order. The file to read first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..data.collector import no_garbage_collection
from ..data.issues import Found, Rejected
from ..data.outcome import Outcome
from ..data.output_budget import OutputBudget
from ..data.settings import Settings
from ..data.stack import deep_stack
from ..disk.cache import open_cache
from ..disk.regular import noted_reads
from ..recall import remember
from ..stages.custom import check_bases
from ..stages.edit import digest
from ..stages.load import settings_of
from ..targets.python.plan import plan
from ..targets.python.render import read_templates
from ..targets.reference import package_pages
from .edits import apply_edits, drop_needless, read_edits
from .output import finish, refused
from .package import make_files, with_manifest
from .packaging import packaging_of
from .reference import reference_files, reference_folder
from .run import Run
from .surface import design_client, understand

__all__ = ["Run", "design_client", "generate", "generate_reference", "settings_of", "understand"]


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
    with open_cache() as cache, noted_reads() as reads:
        run = Run(settings, cache)
        try:
            # A run makes millions of values without cycles; the collector would visit all of them again and again.
            with deep_stack(), no_garbage_collection():
                patches = read_edits(run)
                edited = apply_edits(run, generated_files(run, progress), patches)
                files = with_manifest(run, edited.files, digest(edited.effective))
            outcome = finish(run, files, check=check, force=force, progress=progress)
            outcome = replace(outcome, notes=drop_needless(run, edited, check=check), client=run.client)
        except Rejected as stopped:
            return refused(run, stopped)
        if not check or outcome.is_up_to_date:
            remember(cache, settings, reads, files, outcome)
        return outcome


def generated_files(run: Run, progress: Callable[[str], None]) -> dict[str, str]:
    """Make all files of a client as they are without edits, and without a manifest.

    Raises:
        Rejected: something is an error.
    """
    templates = read_templates(run.settings.templates, run.settings.file, run.settings.templates_position)
    run.of_settings += templates.issues
    run.templates = templates.value
    api, surface = design_client(run, progress)
    run.client = surface.client.name
    run.of_settings += check_bases(run.settings, surface)
    run.stop_at_errors()
    progress("plan")
    budget = OutputBudget(run.settings.limits, run.size)
    run.pages = package_pages(surface, with_pages=run.settings.reference_pages, budget=budget)
    return make_files(run, plan(surface, packaging_of(run.settings, api, surface)), progress)


def generate_reference(
    settings: Found[Settings],
    *,
    check: bool = False,
    force: bool = False,
    progress: Callable[[str], None] = lambda stage: None,
) -> Outcome:
    """Generate the pages of the reference and write them, or (`check`) compare them with what is there.

    They are in `reference_output` of the settings, with a manifest of their own.
    """
    with open_cache() as cache:
        run = Run(settings, cache)
        try:
            with deep_stack():
                files = reference_files(run, progress)
            run.settings = replace(run.settings, output=reference_folder(run.settings))
            return finish(run, files, check=check, force=force, progress=progress)
        except Rejected as stopped:
            return refused(run, stopped)
