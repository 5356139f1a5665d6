"""Charts as SVG: no script, no font of their own, readable without colour. All reports draw with these."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

ROW, LABEL, BAR, NUMBER = 22, 240, 320, 60
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 620, 220, 50, 150, 14, 26
"""Of a chart of lines, and the room around what is drawn."""
DASHES = ("none", "6 3", "2 3", "8 3 2 3", "1 5")
"""How lines are told apart without colour."""


def bars(shares: Iterable[tuple[str, float]]) -> str:
    """One horizontal bar per label, its share (0…1) in percent beside it."""
    rows = list(shares)
    width, height = LABEL + BAR + NUMBER, ROW * len(rows)
    drawn = "".join(_bar(number, label, share) for number, (label, share) in enumerate(rows))
    return _svg(width, height, drawn)


def lines(days: Sequence[str], shares: Mapping[str, Sequence[float | None]]) -> str:
    """A line per name over days, each with a share (0…1) per day; None leaves a day out."""
    grid = "".join(_grid(level / 4) for level in range(5))
    marks = "".join(
        f'<text x="{_x(place, len(days))}" y="{HEIGHT - 6}" text-anchor="middle">{escape(days[place])}</text>'
        for place in sorted({0, len(days) // 2, len(days) - 1})
    )
    drawn = "".join(_line(number, name, values) for number, (name, values) in enumerate(shares.items()))
    return _svg(WIDTH, HEIGHT, grid + marks + drawn)


def _svg(width: int, height: int, drawn: str) -> str:
    return f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">{drawn}</svg>'


def _bar(number: int, label: str, share: float) -> str:
    top, middle, long = number * ROW, number * ROW + 15, round(BAR * share, 1)
    return (
        f'<text x="{LABEL - 8}" y="{middle}" text-anchor="end">{escape(label)}</text>'
        f'<rect x="{LABEL}" y="{top + 4}" width="{BAR}" height="14" class="whole"/>'
        f'<rect x="{LABEL}" y="{top + 4}" width="{long}" height="14" class="part"/>'
        f'<text x="{LABEL + BAR + 8}" y="{middle}">{share:.0%}</text>'
    )


def _grid(share: float) -> str:
    y = _y(share)
    return (
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" class="grid"/>'
        f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{share:.0%}</text>'
    )


def _line(number: int, name: str, values: Sequence[float | None]) -> str:
    points = [(_x(place, len(values)), _y(one)) for place, one in enumerate(values) if one is not None]
    if not points:
        return ""
    path = " ".join(f"{x},{y}" for x, y in points)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="3" class="dot"/>' for x, y in points)
    beside, dash = TOP + 14 + number * 18, DASHES[number % len(DASHES)]
    return (
        f'<polyline points="{path}" class="line" stroke-dasharray="{dash}"/>{dots}'
        f'<line x1="{WIDTH - RIGHT + 12}" x2="{WIDTH - RIGHT + 42}" y1="{beside - 4}" y2="{beside - 4}" '
        f'class="line" stroke-dasharray="{dash}"/>'
        f'<text x="{WIDTH - RIGHT + 48}" y="{beside}">{escape(name)}</text>'
    )


def _x(place: int, count: int) -> float:
    wide = WIDTH - LEFT - RIGHT
    return round(LEFT + wide * (place / (count - 1) if count > 1 else 0.5), 1)


def _y(share: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - share), 1)
