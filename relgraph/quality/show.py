"""The measures as rows of a table, in words."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from graph.alert.playbook import Language
from graph.quality import Changed, Measure, Place
from graph.quality.model import ASPECTS, EVERY
from relgraph.page.texts import text
from relgraph.quality.run import Quality

WORDS = 2
"""Columns of text: source and place."""


def header(language: Language) -> list[str]:
    """The names of the columns."""
    named = ("source", "place", "records", *ASPECTS, "change")
    return [text(f"quality_{name}", language) for name in named]


def shown(quality: Quality) -> list[Changed]:
    """The measures that need a look: of what is expected, below 100% or changed."""
    return [one for one in quality.changes if one.measure.expected and (one.measure.worst < 1 or one.change)]


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows as lines of columns, none of which is cut; a Chinese character is two columns wide."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for cells in rows:
        padded = (
            cell + " " * (width - cell_len(cell)) if place < WORDS else " " * (width - cell_len(cell)) + cell
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        yield "  ".join(padded).rstrip()


def row(one: Changed, language: Language, *, compared: bool) -> list[str]:
    """The cells of a measure; compared: there was a measurement before."""
    measure = one.measure
    shares = [_percent(measure, aspect) for aspect in ASPECTS]
    source = measure.place.source if measure.place.source != EVERY else text("quality_every", language)
    return [source, named(measure.place, language), f"{measure.records:,}", *shares,
            _change(one, language) if compared else ""]  # fmt: skip


def named(place: Place, language: Language) -> str:
    """`Customer.phone`, or `Customer (records)`."""
    if place.field is None:
        return f"{place.label} {text('quality_records_as_such', language)}"
    return f"{place.label}.{place.field}"


def _percent(measure: Measure, aspect: str) -> str:
    """Rounded down, so that 100% says that nothing is amiss."""
    share = measure.shares.get(aspect)  # type: ignore[call-overload] # a key of ASPECTS
    return "–" if share is None else f"{share.part * 1000 // share.whole / 10:g}%"


def _change(one: Changed, language: Language) -> str:
    if one.before is None:
        return text("quality_new", language)
    if one.change is None:
        return ""
    aspect, by = one.change
    return text(
        "quality_points", language, aspect=text(f"quality_{aspect}", language), points=f"{100 * by:+.1f}"
    )


def made(quality: Quality, language: Language) -> str:
    """What was measured, in a line."""
    newest = quality.newest
    whole = {(one.place.source, one.place.label): one.records for one in newest.measures}
    sources = {source for source, _ in whole if source != EVERY}
    records = sum(count for (source, _), count in whole.items() if source != EVERY)
    return text(
        "quality_made", language, now=newest.at.date(), records=f"{records:,}", sources=len(sources),
        places=f"{len(newest.measures):,}",
    )  # fmt: skip


def since(quality: Quality, language: Language) -> str:
    """With what it is compared."""
    if not quality.earlier:
        return text("quality_first", language)
    return text("quality_since", language, day=quality.earlier[0].at.date())


def rest(quality: Quality, language: Language) -> Iterator[str]:
    """What waits for a decision, and how many measures are not shown."""
    if quality.waiting is not None:
        judged = quality.waiting.judged
        yield text(
            "quality_weights", language, version=quality.waiting.version, day=quality.waiting.at.date(),
            gain=f"{judged.gain:.4f}", low=f"{judged.gain_low:.4f}", high=f"{judged.gain_high:.4f}",
        )  # fmt: skip
    left = len(quality.changes) - len(shown(quality))
    if left:
        yield text("quality_rest", language, count=f"{left:,}")
