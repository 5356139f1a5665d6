"""Rows of a dataset as text in the scratch database, each with file, row number and hash."""

import re
from collections.abc import Collection, Sequence
from typing import get_args

import duckdb
import pyarrow as pa

from graph import sql
from graph.sql import Relation, Sql, fill
from ingest import tables
from ingest.errors import SourceUnreadable
from ingest.reading.blank import BLANKS
from ingest.sql import statement
from ingest.staging.database import Staging
from ingest.staging.encoding import BROKEN, BROKEN_END
from ingest.staging.kind import Kind
from ingest.staging.shape import shape_of
from ingest.staging.sheet import UNREAD, UNREAD_END
from ingest.staging.source import Source

NOT_TEXT = frozenset(get_args(Kind)) - {"text"}
"""How sources are read whose cells are no lines of text."""
WIDEST = 200
"""Most columns of a table whose cells are searched for other rows."""
SHAPES = 50
"""Shapes of a file's keys that are known again, the most frequent ones."""


def columns_of(sources: Sequence[Source]) -> tuple[str, ...]:
    """The columns of all files of a dataset."""
    return tuple(dict.fromkeys(column for source in sources for column in source.columns))


def stage(
    staging: Staging, dataset: str, sources: Sequence[Source], used: Collection[str], refused: Relation
) -> Relation:
    """The rows of a dataset's files. What is no row of the table is added to `refused`: lines whose number of
    cells is wrong, repeated headers, rows with a cell that cannot be read in a column that is `used`, rows of
    which a cell holds other rows.

    Columns that only some files have are empty for the others. Raises SourceUnreadable.
    """
    rows = staging.empty(tables.raw_rows(dataset, columns_of(sources)))
    names = sorted({key for source in sources for key in source.keys})
    staging.make(
        tables.key_columns(dataset), fill("SELECT unnest({names}::VARCHAR[]) AS name", names=sql.bind(names))
    )
    for source in sources:
        staging.execute(Sql("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans"))
        try:
            staging.append(rows, _read(source))
        except duckdb.InvalidInputException as error:
            why = f"cannot be read as a table: {str(error).partition(chr(10))[0]}"
            raise SourceUnreadable(source.path, why) from error
        lines = statement(
            "staging.refused_lines", dataset=dataset, file=source.path.name, above=source.lines_cut
        )
        staging.append(refused, lines)
        staging.append_table(refused, _refused(dataset, source))
        for reason in (
            _repeats_header(source, rows), _unreadable(source, rows, used), _swallows(staging, source, rows),
        ):  # fmt: skip
            if reason is not None:
                _set_aside(staging, dataset, source, rows, reason, refused)
    return rows


def _refused(dataset: str, source: Source) -> pa.Table:
    """What of a file was no row before it was staged, as `tables.REFUSED`."""
    said = source.refused
    columns = [
        pa.array([dataset] * len(said), pa.string()),
        pa.array([source.path.name] * len(said), pa.string()),
        pa.array([one.row for one in said], pa.int64()),
        pa.array([one.reason for one in said], pa.string()),
        pa.array([one.text for one in said], pa.string()),
    ]
    return pa.Table.from_arrays(columns, names=list(tables.REFUSED.columns))


def _read(source: Source) -> Sql:
    columns = [sql.name(column) for column in source.columns]
    return fill(
        """SELECT {file} AS __file, row_number() OVER () AS __row, md5(concat_ws(chr(31), {cells})) AS __hash,
            {columns} FROM {csv}""",
        file=sql.bind(source.path.name), cells=sql.listed(fill("coalesce({c}, '')", c=c) for c in columns),
        columns=sql.listed(columns), csv=_csv(source),
    )  # fmt: skip


def _csv(source: Source) -> Sql:
    """The call that reads a file with every cell as text; nothing about it is left to DuckDB to guess."""
    return fill(
        """read_csv({path}, auto_detect=false, header=false, skip={skip}, delim={delimiter}, quote={quote},
            escape={quote}, columns={columns}, store_rejects=true, max_line_size=33554432)""",
        path=sql.bind(str(source.text_path)),
        skip=sql.bind(source.header_rows),
        delimiter=sql.bind(source.delimiter),
        quote=sql.bind(source.quote),
        columns=sql.bind(dict.fromkeys(source.columns, "VARCHAR")),
    )


def _repeats_header(source: Source, rows: Relation) -> Sql | None:
    """Why a row that is the header once more, as in files put together from several, is none."""
    if source.header is None or len(source.header) < 2:
        return None
    same = (
        fill(
            "lower(trim(coalesce({c}, ''), {blanks})) = lower({cell})",
            c=rows.column(column),
            blanks=sql.bind(BLANKS),
            cell=sql.bind(cell.strip(BLANKS)),
        )
        for column, cell in zip(source.columns, source.header, strict=True)
    )
    return fill("CASE WHEN {same} THEN 'the row repeats the header' END", same=sql.listed(same, " AND "))


def _unreadable(source: Source, rows: Relation, used: Collection[str]) -> Sql | None:
    """Why a row cannot be read: the first of its used cells that holds broken bytes or no value."""
    if not source.marked:
        return None
    pieces = [
        fill(
            """CASE WHEN contains({c}, {unread}) THEN regexp_extract({c}, {reason}, 1)
            WHEN contains({c}, {broken}) THEN '`' || regexp_replace({c}, {bytes}, '\\\\x\\1', 'g')
                || '` holds bytes that are not ' || {encoding}
                || '; repair them or declare `encoding:`' END""",
            c=rows.column(column), unread=sql.bind(UNREAD), broken=sql.bind(BROKEN),
            reason=sql.bind(f"{UNREAD}([^{UNREAD_END}]*){UNREAD_END}"),
            bytes=sql.bind(f"{BROKEN}([0-9A-F]*){BROKEN_END}"), encoding=sql.bind(source.encoding),
        )
        for column in source.columns if column in used
    ]  # fmt: skip
    return fill("coalesce({pieces}, NULL)", pieces=sql.listed(pieces)) if pieces else None


def _swallows(staging: Staging, source: Source, rows: Relation) -> Sql | None:
    """Why a row is none whose cell holds whole lines of the file: the quote that opens there is no quote.

    A line counts where it has as many cells as the table, and a key of the same shape as those of other rows;
    keys of letters alone look like any word, and show nothing.
    """
    if not source.keys or source.encoding in NOT_TEXT or len(source.columns) > WIDEST:
        return None
    cells = [rows.column(column) for column in source.columns]
    spans = sql.any_of(fill("contains({c}, chr(10))", c=cell) for cell in cells)
    if not staging.value(fill("SELECT count(*) FROM {rows} WHERE {spans}", rows=rows.table, spans=spans)):
        return None
    key = rows.column(source.keys[0])
    query = fill(
        """SELECT {shape} AS shape FROM {rows}
        WHERE __file = {file} AND regexp_matches({shape}, '[^a ]') AND NOT contains({key}, chr(10))
        GROUP BY shape ORDER BY count(*) DESC, shape LIMIT {most}""",
        shape=shape_of(key), rows=rows.table, file=sql.bind(source.path.name), key=key, most=sql.bind(SHAPES),
    )  # fmt: skip
    shapes = [shape for (shape,) in staging.rows(query)]
    if not shapes:
        return None
    line = sql.bind(_line(source))
    pieces = [
        fill(
            """CASE WHEN contains({c}, chr(10)) AND {shape} IN ({shapes})
            THEN '`' || left(replace({c}, chr(10), '⏎'), 60) || '` holds lines that are rows of their own: '
                || 'the quote before it closes only there; correct the file' END""",
            c=cell, shape=shape_of(fill("regexp_extract({c}, {line}, 1)", c=cell, line=line)),
            shapes=sql.bind_all(shapes),
        )
        for cell in cells
    ]  # fmt: skip
    return fill("coalesce({pieces}, NULL)", pieces=sql.listed(pieces))


def _line(source: Source) -> str:
    """A pattern of a line below the first one of a cell that has the cells of a row; its group is the key."""
    before = source.columns.index(source.keys[0])
    after = len(source.columns) - 1 - before
    mark = re.escape(source.delimiter)
    cell = f"[^{mark}\\n]*"
    return f"\\n(?:{cell}{mark}){{{before}}}({cell})(?:{mark}{cell}){{{after}}}(?:\\n|$)"


def _set_aside(
    staging: Staging, dataset: str, source: Source, rows: Relation, reason: Sql, refused: Relation
) -> None:
    """Move the rows of a file that have this reason to `refused`."""
    cells = {column: rows.column(column) for column in source.columns}
    staging.append(
        refused,
        fill(
            """SELECT {dataset} AS dataset, __file AS file, __row AS row, {reason} AS reason,
                {cells}::TEXT AS cells
            FROM {rows} WHERE __file = {file} AND {reason} IS NOT NULL""",
            dataset=sql.bind(dataset), file=sql.bind(source.path.name), reason=reason,
            cells=sql.packed_whole(cells), rows=rows.table,
        ),
    )  # fmt: skip
    staging.execute(
        fill(
            "DELETE FROM {rows} WHERE __file = {file} AND {reason} IS NOT NULL",
            rows=rows.table, file=sql.bind(source.path.name), reason=reason,
        )
    )  # fmt: skip


def keep_raw(staging: Staging, dataset: str, source: str, run_id: str, columns: Sequence[str]) -> Relation:
    """All rows ever read, with those of this run that are new."""
    rows = tables.raw_rows(dataset, columns)
    cells = {column: fill("r.{c}", c=rows.column(column)) for column in columns}
    query = fill(
        """SELECT {source} AS source, {dataset} AS dataset, {run} AS run_id, r.__file AS file, r.__row AS row,
            r.__hash AS hash, {cells}::TEXT AS cells
        FROM {rows} r
        ANTI JOIN {kept} o ON o.source = {source} AND o.dataset = {dataset} AND o.hash = r.__hash""",
        source=sql.bind(source), dataset=sql.bind(dataset), run=sql.bind(run_id),
        cells=sql.packed_whole(cells), rows=rows.table, kept=tables.RAW.table,
    )  # fmt: skip
    return staging.append(tables.RAW, query)
