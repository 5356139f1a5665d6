"""Rows of a dataset as text in the scratch database, each with file, row number and hash."""

from collections.abc import Sequence

from ingest import sql, tables
from ingest.sql import Relation, Sql, fill, statement
from ingest.staging.database import Staging
from ingest.staging.source import Source


def columns_of(sources: Sequence[Source]) -> tuple[str, ...]:
    """The columns of all files of a dataset."""
    return tuple(dict.fromkeys(column for source in sources for column in source.columns))


def stage(staging: Staging, dataset: str, sources: Sequence[Source], refused: Relation) -> Relation:
    """The rows of a dataset's files; lines whose number of cells is wrong are added to `refused`.

    Columns that only some files have are empty for the others.
    """
    rows = staging.empty(tables.raw_rows(dataset, columns_of(sources)))
    for source in sources:
        staging.execute(Sql("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans"))
        staging.append(rows, _read(source))
        lines = statement("staging.refused_lines", dataset=dataset, file=source.path.name)
        staging.append(refused, lines)
    return rows


def _read(source: Source) -> Sql:
    columns = [sql.name(column) for column in source.columns]
    return fill(
        """SELECT {file} AS __file, row_number() OVER () AS __row, md5(concat_ws(chr(31), {cells})) AS __hash,
            {columns} FROM {csv}""",
        file=sql.bind(source.path.name), cells=sql.listed(fill("coalesce({c}, '')", c=c) for c in columns),
        columns=sql.listed(columns), csv=_csv(source),
    )  # fmt: skip


def _csv(source: Source) -> Sql:
    """The call that reads a file with every cell as text; nothing about it is guessed."""
    return fill(
        """read_csv({path}, auto_detect=false, header=false, skip={skip}, delim={delimiter}, quote={quote},
            escape={quote}, columns={columns}, store_rejects=true, max_line_size=33554432)""",
        path=sql.bind(str(source.text_path)),
        skip=sql.bind(source.header_lines),
        delimiter=sql.bind(source.delimiter),
        quote=sql.bind(source.quote),
        columns=sql.bind(dict.fromkeys(source.columns, "VARCHAR")),
    )


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
