"""The findings as one HTML file that needs nothing else: no script, no style sheet, no font, no request."""

from collections.abc import Iterator, Sequence
from html import escape

from graph.alert.playbook import Language
from graph.quality import Completeness
from relgraph.page.chart import bars
from relgraph.page.document import document, heading, paragraph
from relgraph.page.texts import text
from relgraph.quickstart.finding import Finding
from relgraph.quickstart.findings import Findings

SHOWN = 25
"""Findings of a section that are listed; the others are counted."""
SECTIONS = ("doubled", "quiet", "due", "decider", "people", "alerts", "gap", "unsure", "absent")


def page(title: str, made: str, findings: Findings, unsure: Sequence[Finding], language: Language) -> str:
    """The document. title, made: the heading and the line below it; unsure: columns that were guessed."""
    sections = {**findings.sections, "unsure": list(unsure)}
    body = (
        heading(text("top", language)),
        _list(findings.top, language, numbered=True),
        *(_section(name, sections[name], language) for name in SECTIONS),
        heading(text("quality", language)),
        *_charts(findings.quality),
    )
    return document(title, made, body, language)


def _section(name: str, found: Sequence[Finding], language: Language) -> str:
    named = heading(f"{text(name, language)} ({len(found)})")
    return named + _list(found[:SHOWN], language) + _more(len(found) - SHOWN, language)


def _list(found: Sequence[Finding], language: Language, *, numbered: bool = False) -> str:
    if not found:
        return paragraph(text("nothing", language))
    kind = "ol" if numbered else "ul"
    return f"<{kind}>{''.join(map(_item, found))}</{kind}>"


def _item(one: Finding) -> str:
    evidence = f" <code>{escape(' '.join(one.evidence))}</code>" if one.evidence else ""
    return f"<li>{escape(one.says)}{evidence}</li>"


def _more(count: int, language: Language) -> str:
    return paragraph(text("more", language, count=count)) if count > 0 else ""


def _charts(quality: Sequence[Completeness]) -> Iterator[str]:
    """One chart per label; fields that no record has are left out."""
    for label in dict.fromkeys(one.label for one in quality):
        told = [(one.field, one.share) for one in quality if one.label == label and one.filled]
        if told:
            records = next(one.records for one in quality if one.label == label)
            yield f"<h3>{escape(label)} ({records:,})</h3>{bars(told)}"
