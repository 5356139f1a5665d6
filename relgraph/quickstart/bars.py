"""A bar chart as SVG: no script, no font of its own, readable without colour."""

from collections.abc import Iterable
from html import escape

ROW, LABEL, BAR, NUMBER = 22, 240, 320, 60


def bars(shares: Iterable[tuple[str, float]]) -> str:
    """One horizontal bar per label, its share (0…1) in percent beside it."""
    rows = list(shares)
    width, height = LABEL + BAR + NUMBER, ROW * len(rows)
    drawn = "".join(_bar(number, label, share) for number, (label, share) in enumerate(rows))
    return f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">{drawn}</svg>'


def _bar(number: int, label: str, share: float) -> str:
    top, middle, long = number * ROW, number * ROW + 15, round(BAR * share, 1)
    return (
        f'<text x="{LABEL - 8}" y="{middle}" text-anchor="end">{escape(label)}</text>'
        f'<rect x="{LABEL}" y="{top + 4}" width="{BAR}" height="14" class="whole"/>'
        f'<rect x="{LABEL}" y="{top + 4}" width="{long}" height="14" class="part"/>'
        f'<text x="{LABEL + BAR + 8}" y="{middle}">{share:.0%}</text>'
    )
