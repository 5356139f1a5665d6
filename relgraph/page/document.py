"""A page as one HTML file: no script, no style sheet, no font, no request."""

from collections.abc import Iterable, Sequence
from html import escape

from graph.alert.playbook import Language

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
body{color:#1b2530;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid #d5dbe1}
li{margin:.3rem 0}code{font-size:.8em;color:#566}svg{max-width:100%;height:auto}
svg text{font:13px system-ui,sans-serif;fill:#1b2530}.whole{fill:#e6eaee}.part{fill:#2b6cb0}
.grid{stroke:#d5dbe1}.line{fill:none;stroke:#2b6cb0;stroke-width:2}.dot{fill:#2b6cb0}
table{border-collapse:collapse;font-size:.85rem}th,td{padding:.2rem .6rem;border-bottom:1px solid #d5dbe1}
th{text-align:left}td.n{text-align:right;font-variant-numeric:tabular-nums}
@media (prefers-color-scheme:dark){body{background:#14191f;color:#dde3e9}}
@media (prefers-color-scheme:dark){svg text{fill:#dde3e9}code{color:#9ab}.whole{fill:#2a333c}}
"""


def document(title: str, below: str, body: Iterable[str], language: Language) -> str:
    """The file; below: the line below its heading; body: HTML."""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body><h1>{escape(title)}</h1><p>{escape(below)}</p>"
        f"{''.join(body)}</body></html>\n"
    )


def heading(text: str) -> str:
    """A heading of a section."""
    return f"<h2>{escape(text)}</h2>"


def paragraph(text: str) -> str:
    """A paragraph of text."""
    return f"<p>{escape(text)}</p>"


def table(header: Sequence[str], rows: Iterable[Sequence[str]], words: int) -> str:
    """A table whose first `words` columns are text and the others numbers."""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    body = "".join(f"<tr>{_cells(row, words)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cells(row: Sequence[str], words: int) -> str:
    return "".join(
        f"<td>{escape(cell)}</td>" if place < words else f'<td class="n">{escape(cell)}</td>'
        for place, cell in enumerate(row)
    )
