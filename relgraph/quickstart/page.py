"""The findings as one HTML file that needs nothing else: no script, no style sheet, no font, no request."""

from collections.abc import Iterator, Sequence
from html import escape

from graph.alert.playbook import Language
from graph.quality import Completeness
from relgraph.quickstart.bars import bars
from relgraph.quickstart.findings import Finding, Findings
from relgraph.quickstart.texts import text

SHOWN = 25
"""Findings of a section that are listed; the others are counted."""
SECTIONS = ("doubled", "quiet", "due", "decider", "people", "alerts", "gap", "unsure", "absent")
STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
body{color:#1b2530;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid #d5dbe1}
li{margin:.3rem 0}code{font-size:.8em;color:#566}svg{max-width:100%;height:auto}
svg text{font:13px system-ui,sans-serif;fill:#1b2530}.whole{fill:#e6eaee}.part{fill:#2b6cb0}
@media (prefers-color-scheme:dark){body{background:#14191f;color:#dde3e9}}
@media (prefers-color-scheme:dark){svg text{fill:#dde3e9}code{color:#9ab}.whole{fill:#2a333c}}
"""


def page(title: str, made: str, findings: Findings, unsure: Sequence[Finding], language: Language) -> str:
    """The document. title, made: the heading and the line below it; unsure: columns that were guessed."""
    sections = {**findings.sections, "unsure": list(unsure)}
    body = "".join(
        (
            f"<h1>{escape(title)}</h1><p>{escape(made)}</p>",
            f"<h2>{escape(text('top', language))}</h2>{_list(findings.top, language, numbered=True)}",
            *(_section(name, sections[name], language) for name in SECTIONS),
            f"<h2>{escape(text('quality', language))}</h2>",
            *_charts(findings.quality),
        )
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body>{body}</body></html>\n"
    )


def _section(name: str, found: Sequence[Finding], language: Language) -> str:
    heading = f"<h2>{escape(text(name, language))} ({len(found)})</h2>"
    return heading + _list(found[:SHOWN], language) + _more(len(found) - SHOWN, language)


def _list(found: Sequence[Finding], language: Language, *, numbered: bool = False) -> str:
    if not found:
        return f"<p>{escape(text('nothing', language))}</p>"
    kind = "ol" if numbered else "ul"
    return f"<{kind}>{''.join(map(_item, found))}</{kind}>"


def _item(one: Finding) -> str:
    evidence = f" <code>{escape(' '.join(one.evidence))}</code>" if one.evidence else ""
    return f"<li>{escape(one.says)}{evidence}</li>"


def _more(count: int, language: Language) -> str:
    return f"<p>{escape(text('more', language, count=count))}</p>" if count > 0 else ""


def _charts(quality: Sequence[Completeness]) -> Iterator[str]:
    """One chart per label; fields that no record has are left out."""
    for label in dict.fromkeys(one.label for one in quality):
        told = [(one.field, one.share) for one in quality if one.label == label and one.filled]
        if told:
            records = next(one.records for one in quality if one.label == label)
            yield f"<h3>{escape(label)} ({records:,})</h3>{bars(told)}"
