"""Writes what came of the documents as Markdown: outcomes go in, the text of `docs/corpus.md` comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from .names import KINDS
from .stages import STAGES, Outcome
from .verdict import known, refused

HEAD = """# The corpus

Documents of real APIs, from Swagger 2.0 to OpenAPI 3.1, that `make corpus` takes through every stage. It writes this
page.

- **operations**: every operation of the document is a method, and each method is one of them.
- **compile**, **import**: each file with warnings as errors; each module, each exported name, the hints of each type.
- **deterministic**: a second run with another hash seed, locale, time zone and folder gives the same bytes.
- **ruff**: its default rules, on the output of the formatter `ruff`.
- **round trip**: each method is called over loopback HTTP, sync and async, with required and with all arguments; each
  success, and up to three errors, come back. *calls* counts them. Requests are compared with what the document says by
  reading styles and media types independently; *openapi-core* counts the ones that it accepts as well. Responses are
  generated from the schema, must be decoded (strictly, too) and encode back to themselves; *loose* counts payloads for
  which no value was found that the schema allows (contradictions in the document).
- **CPU**, **memory**: of generating with the formatter `none`; **lines**: of Python outside `_core`; **import**: of the
  package alone.
- **an operation**: those lines for each operation; **twins**: type files that are the same as another one but for names
  and docstrings; **ugly**: names of the kinds below.
"""

EXPLAINED = {
    "ParameterValidationError": "parameters in styles that it cannot read (`deepObject` lists, JSON text)",
    "RequestBodyValidationError": "the same in forms",
    "InvalidRequestBody": "JSON types that it takes for bytes, numbers in multipart bodies, `oneOf`s that overlap",
    "MissingRequiredParameter": "headers that OpenAPI ignores (Authorization, Content-Type); label and matrix paths",
    "InvalidParameter": "defaults and enums that contradict their types, `oneOf`s that overlap",
    "PathNotFound": "paths that end in a query or a fragment",
    "MissingRequiredRequestBody": "forms without a field, which are empty",
    "PointerToNowhere": "references into other paths, which it is not shown",
    "SecurityValidationError": "two credentials that need the same header",
    "TypeError": "arrays of types",
}
"""What each of openapi-core's reasons stands for in these documents."""


def page(outcomes: list[Outcome]) -> str:
    """Write the whole page."""
    return "\n".join([HEAD, *_table(outcomes), "", *_issues(), "", *_names(outcomes), "", *_limits(outcomes), ""])


def _table(outcomes: list[Outcome]) -> Iterator[str]:
    numbers = (
        "calls",
        "openapi-core",
        "loose",
        "CPU s",
        "memory MB",
        "lines",
        "an operation",
        "twins",
        "ugly",
        "import ms",
    )
    columns = ("document", "version", "operations", *(stage for stage in STAGES if stage != "operations"), *numbers)
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * 2}{'---:|'}{'---|' * (len(STAGES) - 1)}{'---:|' * len(numbers)}"
    for outcome in outcomes:
        yield f"| {' | '.join(_cells(outcome))} |"
    yield f"| {' | '.join(_totals(outcomes))} |"


def _cells(outcome: Outcome) -> Iterator[str]:
    yield f"`{outcome.document.id}`"
    yield outcome.document.version
    yield str(outcome.operations) + ("" if _mark(outcome, "operations") in ("ok", "") else " (not all)")
    yield from (_mark(outcome, stage) for stage in STAGES if stage != "operations")
    if "mypy" not in outcome.results:
        yield from [""] * 10
        return
    yield from (str(outcome.calls), str(outcome.formal), str(outcome.loose))
    yield from (f"{outcome.seconds:.1f}", f"{outcome.megabytes:.0f}", str(outcome.lines))
    yield from (_by_operation(outcome.lines, outcome.operations), str(outcome.twins), str(sum(outcome.ugly.values())))
    yield f"{outcome.import_milliseconds:.1f}"


def _mark(outcome: Outcome, stage: str) -> str:
    if stage not in outcome.results:
        return ""
    if stage == "generate" and (code := refused(outcome.document.id)):
        return f"`{code}`" if outcome.results[stage].is_good else "**fails**"
    if outcome.results[stage].is_good:
        return "ok"
    return "known" if (outcome.document.id, stage) in known() else "**fails**"


def _totals(outcomes: list[Outcome]) -> Iterator[str]:
    yield f"{len(outcomes)} documents"
    yield ""
    yield str(sum(outcome.operations for outcome in outcomes))
    for stage in STAGES:
        if stage != "operations":
            ran = [outcome for outcome in outcomes if stage in outcome.results]
            yield f"{sum(_mark(o, stage) not in ('known', '**fails**') for o in ran)}/{len(ran)}"
    yield from (str(sum(getattr(o, name) for o in outcomes)) for name in ("calls", "formal", "loose"))
    yield f"{sum(outcome.seconds for outcome in outcomes):.1f}"
    yield ""
    lines, operations = (sum(getattr(outcome, name) for outcome in outcomes) for name in ("lines", "operations"))
    yield from (str(lines), _by_operation(lines, operations), str(sum(outcome.twins for outcome in outcomes)))
    yield from (str(sum(ugly_names(outcomes).values())), "")


def _by_operation(lines: int, operations: int) -> str:
    return f"{lines / operations:.0f}" if operations else ""


def _issues() -> Iterator[str]:
    yield "## Known issues"
    yield ""
    issues = [f"- `{document}`, {stage}: {reason}" for (document, stage), reason in known().items()]
    yield from issues or ["None."]


def ugly_names(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """Count the names that a person would not choose, by kind."""
    counts: Counter[str] = Counter()
    for outcome in outcomes:
        counts.update(outcome.ugly)
    return {kind: counts[kind] for kind in KINDS}


def _names(outcomes: Iterable[Outcome]) -> Iterator[str]:
    yield "## Names that a person would not choose"
    yield ""
    yield "`python -m tests.corpus.names` prints each; [names.md](names.md) says how names are chosen."
    yield ""
    yield "| kind | names | |"
    yield "|---|---:|---|"
    for kind, count in ugly_names(outcomes).items():
        yield f"| {kind} | {count} | {KINDS[kind]} |"


def _limits(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Say why openapi-core did not accept requests that are as the document says."""
    kinds: Counter[str] = Counter()
    for outcome in outcomes:
        for text, count in outcome.limits.items():
            kinds[text.partition(":")[0]] += count
    yield "## What openapi-core could not check"
    yield ""
    yield "Requests that only the independent comparison covers, by openapi-core's reason:"
    yield ""
    for kind, count in kinds.most_common():
        yield f"- `{kind}`, {count}: {EXPLAINED.get(kind, 'not explained')}"
    if not kinds:
        yield "None."
