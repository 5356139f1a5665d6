"""Rows of a dataset as text in the scratch database, each with file, row number and hash."""

from collections.abc import Sequence

from ingest import sql
from ingest.sql import Sql, fill
from ingest.staging.database import Staging
from ingest.staging.source import Source

OWN = ("__file", "__row", "__hash")
"""Columns beside the file's own."""


def raw_table(dataset: str) -> Sql:
    """The scratch table with a dataset's rows."""
    return Sql(f"work.{sql.name(f'raw_{dataset}')}")


def stage(connection: Staging, name: str, sources: Sequence[Source]) -> tuple[str, ...]:
    """Read the files into the scratch database; returns the columns.

    Columns that only some files have are empty for the others. Lines whose number of cells is wrong go to
    `work.refused` (dataset, file, row, reason, cells).
    """
    columns = tuple(dict.fromkeys(column for source in sources for column in source.columns))
    typed = sql.listed(Sql(f"{sql.name(column)} TEXT") for column in columns)
    connection.execute(
        fill(
            "CREATE TABLE {t} (__file TEXT, __row BIGINT, __hash TEXT, {cols})", t=raw_table(name), cols=typed
        )
    )
    for source in sources:
        _append(connection, name, source)
    return columns


def _append(connection: Staging, name: str, source: Source) -> None:
    connection.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
    own = sql.listed(sql.name(column) for column in source.columns)
    connection.execute(
        fill(
            """INSERT INTO {t} (__file, __row, __hash, {own})
            SELECT {file}, row_number() OVER (), md5(concat_ws(chr(31), {shown})), {own} FROM {csv}""",
            t=raw_table(name),
            own=own,
            file=sql.bind(source.path.name),
            shown=sql.listed(Sql(f"coalesce({sql.name(column)}, '')") for column in source.columns),
            csv=_reader(source),
        )
    )
    _keep_refused(connection, name, source)


def _reader(source: Source) -> Sql:
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


def _keep_refused(connection: Staging, name: str, source: Source) -> None:
    """Lines that are no row of the table, with their line in the file."""
    connection.execute(
        fill(
            """INSERT INTO work.refused
            SELECT {name}, {file}, line,
                'line ' || line || ' is not a row: ' || lower(any_value(error_message)), any_value(csv_line)
            FROM reject_errors GROUP BY line""",
            name=sql.bind(name),
            file=sql.bind(source.path.name),
        )
    )


def keep_raw(connection: Staging, name: str, source: str, run_id: str, columns: Sequence[str]) -> None:
    """Keep the dataset's rows as they were read, with the run that first brought each of them."""
    cells = {column: fill("r.{c}", c=sql.name(column)) for column in columns}
    connection.execute(
        fill(
            """INSERT INTO raw SELECT {source}, {ds}, {run}, r.__file, r.__row, r.__hash,
                {cells}::TEXT
            FROM {t} r ANTI JOIN raw o ON o.source = {source} AND o.dataset = {ds} AND o.hash = r.__hash""",
            source=sql.bind(source),
            ds=sql.bind(name),
            run=sql.bind(run_id),
            cells=sql.packed_whole(cells),
            t=raw_table(name),
        )
    )
