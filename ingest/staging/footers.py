"""Lines that exporters add below the last row (导出人: 张三, `Exported by`, `230 rows`): they are no records.

A line is one where its first cell reads so and at most one more is filled, or where it has at most half as
many filled cells as any row above it and a key of a shape that none of them has.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from graph import sql
from graph.sql import Relation, Sql, fill
from ingest import tables
from ingest.reading.footer import reads_as_footer
from ingest.staging.database import Staging
from ingest.staging.shape import shape_of
from ingest.staging.source import Source

MOST = 10
"""Lines that a footer may have."""
LEAST_ROWS = 3
"""Rows above it by which a footer is told."""
ROWS_PER_SHAPE = 3
"""So many rows on average have a key of each shape, where shapes tell anything."""
MANY = 1_000_000
"""Filled cells of the row with the fewest, where there is none."""
WHY = "` stands below the last row and looks like a footer of the export; if it is a row, move it up"


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    filled: list[str]
    shape: str | None
    """Of the key; null where no column is one."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """What rows have in common."""

    count: int
    least: int
    """Filled cells of the row with the fewest."""
    shapes: frozenset[str | None]


def take_footers(
    staging: Staging, dataset: str, sources: Sequence[Source], columns: Sequence[str], refused: Relation
) -> None:
    """Move the footers of a dataset's files from its rows to `refused`."""
    rows = tables.raw_rows(dataset, columns)
    for source in sources:
        for line in _footer(staging, source, rows):
            place = {"rows": rows.table, "file": sql.bind(source.path.name), "row": sql.bind(line.row)}
            query = fill(
                """SELECT {dataset} AS dataset, __file AS file, __row AS row, {reason} AS reason,
                    {cells}::TEXT AS cells
                FROM {rows} WHERE __file = {file} AND __row = {row}""",
                dataset=sql.bind(dataset), reason=sql.bind(f"`{line.filled[0]}{WHY}"),
                cells=sql.packed_whole({column: rows.column(column) for column in columns}), **place,
            )  # fmt: skip
            staging.append(refused, query)
            staging.execute(fill("DELETE FROM {rows} WHERE __file = {file} AND __row = {row}", **place))


def _footer(staging: Staging, source: Source, rows: Relation) -> list[_Line]:
    lines = _lines(source, rows)
    last = [
        _Line(*row)
        for row in staging.rows(
            fill(
                "FROM ({lines}) ORDER BY row DESC LIMIT {most}", lines=lines, most=sql.bind(MOST + LEAST_ROWS)
            )
        )
    ]
    if len(last) <= LEAST_ROWS or not _may_be_footer(last[0], last[1:]):
        return []
    above = _above(staging, lines, last[-1].row)
    for length in range(min(MOST, len(last) - LEAST_ROWS), 0, -1):
        others = _with(above, last[length:])
        if all(_is_footer(line, others) for line in last[:length]):
            return last[:length]
    return []


def _lines(source: Source, rows: Relation) -> Sql:
    """Row number, filled cells and shape of the key of every row that is not empty."""
    cells = sql.listed(fill("trim(coalesce({c}, ''))", c=rows.column(column)) for column in source.columns)
    shape = (
        shape_of(fill("trim(coalesce({c}, ''))", c=rows.column(source.keys[0]))) if source.keys else sql.NULL
    )
    return fill(
        """SELECT __row AS row, list_filter([{cells}], lambda c: c <> '') AS filled, {shape}::VARCHAR AS shape
        FROM {rows} WHERE __file = {file} AND len(filled) > 0""",
        cells=cells, shape=shape, rows=rows.table, file=sql.bind(source.path.name),
    )  # fmt: skip


def _above(staging: Staging, lines: Sql, row: int) -> _Rows:
    query = fill(
        """SELECT count(*), min(len(filled)), list(DISTINCT shape) FILTER (WHERE shape IS NOT NULL)
        FROM ({lines}) WHERE row < {row}""",
        lines=lines, row=sql.bind(row),
    )  # fmt: skip
    count, least, shapes = staging.rows(query)[0]
    return _Rows(count, MANY if least is None else least, frozenset(shapes or ()))


def _with(rows: _Rows, lines: Sequence[_Line]) -> _Rows:
    least = min(rows.least, *(len(line.filled) for line in lines))
    return _Rows(rows.count + len(lines), least, rows.shapes.union(line.shape for line in lines))


def _may_be_footer(line: _Line, others: Sequence[_Line]) -> bool:
    """Whether to look at all rows above the last one."""
    most = max(len(other.filled) for other in others)
    return 2 * len(line.filled) <= most or reads_as_footer(line.filled[0])


def _is_footer(line: _Line, others: _Rows) -> bool:
    if len(line.filled) <= 2 and reads_as_footer(line.filled[0]):
        return True
    sparse = 2 * len(line.filled) <= others.least
    told = line.shape and len(others.shapes) * ROWS_PER_SHAPE <= others.count
    return bool(sparse and told and line.shape not in others.shapes)
