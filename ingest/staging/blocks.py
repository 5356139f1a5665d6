"""Groups of filled cells in a sheet, as a person tells tables apart: by empty rows and columns."""

import re
from dataclasses import dataclass

Grid = dict[int, list[str]]
"""Filled rows by number, from the top."""

_VALUE = re.compile(r"[-+(]?[\d.,\s]+%?\)?|\d{4}-\d\d-\d\d.*|true|false")
"""Numbers, dates and truth values, as cells are written out: no header's words."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows without an empty row between them, and the columns that they fill; all counted from 1."""

    first: int
    last: int
    left: int
    right: int

    @property
    def width(self) -> int:
        return self.right - self.left + 1


def blocks_of(grid: Grid) -> list[Block]:
    """The groups of rows, from the top."""
    blocks: list[Block] = []
    for row, cells in grid.items():
        filled = _filled(cells)
        if blocks and row == blocks[-1].last + 1:
            last = blocks[-1]
            blocks[-1] = Block(last.first, row, min(last.left, filled[0]), max(last.right, filled[-1]))
        else:
            blocks.append(Block(row, row, filled[0], filled[-1]))
    return blocks


def looks_like_header(grid: Grid, block: Block, table: Block) -> bool:
    """Whether a lower group begins another table: words over values, or words elsewhere than the table's."""
    rows = [grid[row] for row in range(block.first, block.last + 1)]
    head = [(place, rows[0][place - 1].strip()) for place in _filled(rows[0])]
    if len(head) < 2 or len(rows) < 2 or any(_VALUE.fullmatch(cell.lower()) for _, cell in head):
        return False
    if (block.left, block.right) != (table.left, table.right) and len(head) == block.width:
        return True
    below = rows[1:]
    return any(all(_is_value(row, place) for row in below) for place, _ in head)


def side_by_side(grid: Grid) -> list[Block]:
    """The groups of columns with an empty column between them, where their rows differ; else none."""
    width = max((len(cells) for cells in grid.values()), default=0)
    filled = [
        any(len(cells) > place and cells[place].strip() for cells in grid.values()) for place in range(width)
    ]
    spans = [found.span() for found in re.finditer("x+", "".join("x" if one else " " for one in filled))]
    groups = [_group(grid, left + 1, right) for left, right in spans]
    heads = {group.first for group in groups if group.width > 1}
    heights = {group.last for group in groups if group.width > 1}
    apart = len(groups) > 1 and all(group.width > 1 for group in groups)
    return groups if apart and (len(heights) > 1 or len(heads) > 1) else []


def _group(grid: Grid, left: int, right: int) -> Block:
    rows = [row for row, cells in grid.items() if any(cell.strip() for cell in cells[left - 1 : right])]
    return Block(rows[0], rows[-1], left, right)


def _filled(cells: list[str]) -> list[int]:
    return [place for place, cell in enumerate(cells, start=1) if cell.strip()]


def _is_value(cells: list[str], place: int) -> bool:
    return len(cells) >= place and _VALUE.fullmatch(cells[place - 1].strip().lower()) is not None
