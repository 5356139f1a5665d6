"""The measurement as one HTML file."""

from collections.abc import Iterator, Sequence
from html import escape

from graph.alert.playbook import Language
from graph.quality import Measure, Measurement
from graph.quality.model import ASPECTS, EVERY, Aspect
from relgraph.page.chart import bars, lines
from relgraph.page.document import document, heading, paragraph, table
from relgraph.page.texts import text
from relgraph.quality.run import Quality
from relgraph.quality.show import WORDS, header, made, rest, row, shown, since


def page(quality: Quality, language: Language) -> str:
    """The document."""
    return document(
        text("quality_title", language), made(quality, language), _body(quality, language), language
    )


def _body(quality: Quality, language: Language) -> Iterator[str]:
    yield paragraph(since(quality, language))
    yield heading(text("quality_repairs", language))
    yield from _repairs(quality, language)
    if quality.earlier:
        yield heading(text("quality_trend", language))
        yield _trend([*reversed(quality.earlier), quality.newest], language)
    yield heading(text("quality_filled", language))
    yield from _filled(quality.newest.measures)
    yield heading(text("quality_all", language))
    compared = bool(quality.earlier)
    rows = [row(one, language, compared=compared) for one in shown(quality)]
    yield table(header(language), rows, WORDS)
    yield from map(paragraph, rest(quality, language))


def _repairs(quality: Quality, language: Language) -> Iterator[str]:
    if not quality.repairs:
        yield paragraph(text("quality_whole", language))
        return
    yield f"<ol>{''.join(f'<li>{escape(one.message)}</li>' for one in quality.repairs)}</ol>"
    steps = quality.repairs[0].play.steps
    yield f"<ul>{''.join(f'<li>{escape(step)}</li>' for step in steps)}</ul>"


def _trend(measurements: Sequence[Measurement], language: Language) -> str:
    """The mean of the shares of what is expected, by aspect."""
    days = [f"{one.at:%Y-%m-%d}" for one in measurements]
    return lines(days, {
        text(f"quality_{aspect}", language): [_mean(one.measures, aspect) for one in measurements]
        for aspect in ASPECTS
    })  # fmt: skip


def _mean(measures: Sequence[Measure], aspect: Aspect) -> float | None:
    shares = [
        one.shares[aspect].value
        for one in measures
        if one.expected and one.place.source != EVERY and aspect in one.shares
    ]
    return sum(shares) / len(shares) if shares else None


def _filled(measures: Sequence[Measure]) -> Iterator[str]:
    """One chart per label."""
    together = [one for one in measures if one.place.source == EVERY and "completeness" in one.shares]
    for label in sorted({one.place.label for one in together}):
        told = [one for one in together if one.place.label == label]
        shares = [(str(one.place.field), one.shares["completeness"].value) for one in told]
        yield f"<h3>{escape(label)} ({told[0].records:,})</h3>{bars(shares)}"
