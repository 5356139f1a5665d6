"""The good rows of the records that bad rows speak of.

What a load says of a record replaces what was said of it: its lines, participants, the sum of its amounts.
So a bad row is loaded again together with the rows of the same load that speak of the same records.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import orjson

from graph import sql
from graph.model import PARTS
from graph.sql import Sql, fill
from ingest import tables
from ingest.mapping.model import Dataset
from ingest.mapping.value import Value
from ingest.quarantine.waiting import BadRow
from ingest.revert.archive import Archived
from ingest.staging.database import Staging
from ingest.transform.plan import is_fact, link_column, node_column, own_node
from ingest.transform.text import columns_of

Cells = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class _Named:
    """What names a record in a row: the column of the typed key, and the value that it was read from."""

    column: str
    value: Value


def whole_records(staging: Staging, run: Archived, name: str, bad: list[BadRow]) -> list[Cells] | None:
    """The cells of these rows of a dataset and of the good ones beside them, in the order of the load.

    None where the cells of a good row are not kept.
    """
    named = list({one.column: one for one in _names(run.mapping.datasets[name])}.values())
    found = staging.rows(_rows(run, name, bad, named)) if named else [(one.id, None) for one in bad]
    corrected = {one.id: one.cells for one in bad}
    if any(identity is None and cells is None for identity, cells in found):
        return None
    return [corrected[identity] or {} if identity else orjson.loads(cells) for identity, cells in found]


def _names(dataset: Dataset) -> Iterator[_Named]:
    """The records that a row may speak of in part: its own, those whose parts it has, those it adds to."""
    for index, node in enumerate(dataset.nodes):
        if index == 0 or any(value.pick for value in (*node.fields.values(), *node.attributes.values())):
            yield _Named(node_column(index, "key"), node.key)
    for index, link in enumerate(dataset.links):
        if is_fact(link.type):
            continue
        anchor = PARTS[link.type].anchor
        end = link.start if anchor == "start" else link.end
        if end is None:
            own = own_node(dataset, link, ("start", "end").index(anchor))
            yield _Named(node_column(own, "key"), dataset.nodes[own].key)
        else:
            value = end.key or next(iter((end.by or {}).values()))
            yield _Named(link_column(index, anchor), value)


def _rows(run: Archived, name: str, bad: list[BadRow], named: list[_Named]) -> Sql:
    """`(id, cells)`: a bad row's id, or a good row's cells.

    Rows go together that have the typed key of a record in common, or the cells that it is read from but for
    blanks, signs and case: what was bad may have been the key itself. Too many rows do no harm.
    """
    return fill(
        """WITH RECURSIVE bad AS (
            SELECT b.*, c.__seq AS seq
            FROM (SELECT unnest({ids}) AS id, unnest({files}) AS file, unnest({numbers}) AS row,
                unnest({cells}) AS cells) b
            LEFT JOIN read_parquet({clean}) c ON c.__file = b.file AND c.__row = b.row::BIGINT),
        good AS MATERIALIZED (
            SELECT v.__seq AS seq, any_value(r.cells) AS cells
            FROM read_parquet({values}) v
            JOIN read_parquet({clean}) c ON c.__seq = v.__seq
            ANTI JOIN read_parquet({refused}) f ON f.dataset = {dataset} AND f.seq = v.__seq
            ANTI JOIN bad b ON b.seq = v.__seq
            LEFT JOIN {raw} r ON r.source = {source} AND r.dataset = {dataset} AND r.hash = c.__hash
            WHERE v.__state IS DISTINCT FROM 'superseded'
            GROUP BY v.__seq),
        told AS (
            SELECT id, seq, cells FROM bad
            UNION ALL
            SELECT 'good ' || seq, seq, cells FROM good),
        named AS MATERIALIZED ({named}),
        picked(id) AS (
            SELECT id FROM bad
            UNION
            SELECT other.id
            FROM picked p
            JOIN named one ON one.id = p.id
            JOIN named other ON other.name = one.name)
        SELECT CASE WHEN NOT starts_with(id, 'good ') THEN id END, cells
        FROM told
        SEMI JOIN picked USING (id)
        ORDER BY seq, id""",
        ids=sql.bind([one.id for one in bad]), files=sql.bind([one.file for one in bad]),
        numbers=sql.bind([str(one.row) for one in bad]),
        cells=sql.bind([orjson.dumps(one.cells).decode() for one in bad]),
        clean=_file(run, f"clean_{name}"), values=_file(run, f"val_{name}"), refused=_file(run, "refused"),
        dataset=sql.bind(name), source=sql.bind(run.mapping.source_of(name)), raw=tables.RAW.table,
        named=sql.listed(_names_of_rows(run, name, named), " UNION ALL "),
    )  # fmt: skip


def _names_of_rows(run: Archived, name: str, named: Iterable[_Named]) -> Iterator[Sql]:
    for place, one in enumerate(named):
        yield fill(
            """SELECT t.id, {typed} || {key}::VARCHAR AS name
            FROM told t
            JOIN read_parquet({values}) v ON v.__seq = t.seq
            WHERE {key} IS NOT NULL""",
            typed=sql.bind(f"{place} typed "),
            key=sql.name(one.column),
            values=_file(run, f"val_{name}"),
        )
        if columns := columns_of(one.value):
            cells = [_bare(column) for column in dict.fromkeys(columns)]
            yield fill(
                "SELECT id, {read} || {cells} AS name FROM told WHERE {cells} <> {empty}",
                read=sql.bind(f"{place} read "), cells=sql.listed(cells, " || '|' || "),
                empty=sql.bind("|" * (len(cells) - 1)),
            )  # fmt: skip


def _bare(column: str) -> Sql:
    """A cell without blanks and signs, in lower case."""
    return fill(
        r"""regexp_replace(lower(coalesce(json_extract_string(cells, {path}), '')), '[^\pL\pN]', '', 'g')""",
        path=sql.bind('$."' + column.replace('"', '\\"') + '"'),
    )


def _file(run: Archived, name: str) -> Sql:
    return sql.bind(str(run.file(name)))
