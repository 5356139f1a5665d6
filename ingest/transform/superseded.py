"""Rows of one file that another file of the same dataset replaces.

Several files of one dataset in one run give what they would give one after the other: what the file with the
newest stamp says of a record replaces what the others said; without stamps the later file counts as newer. A
list of lines may also be cut into several files; there a file only goes on with a record, unless it repeats a
line or gives the record other values.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from graph import sql
from graph.model import PARTS
from graph.sql import Relation, Sql, fill
from ingest import tables
from ingest.mapping.model import Dataset
from ingest.mapping.rules import LinkRule
from ingest.sql import statement
from ingest.staging.database import Staging
from ingest.transform.plan import is_fact, link_column, node_column, repeats_of

LINES = ("CONTAINS", "PARTICIPATED_IN", "ABOUT")
"""Parts of which a record has many."""


@dataclass(frozen=True, slots=True)
class _Record:
    """How to tell that a file speaks of a record again."""

    owner: Sql
    """What names the record."""
    when: Sql
    line: Sql
    """What names the line of the record; null where every row speaks of the whole record."""
    header: Sql
    """What all lines of a record say alike."""
    stamp: Sql
    """When the row was last changed, as its source says; null where it does not."""
    own_stamp: Sql = sql.NULL
    """The same of the row's own record alone, without its links."""


def superseded_rows(staging: Staging, dataset: Dataset, values: Relation, rows: Relation) -> Relation:
    """The typed `values`, with the state `superseded` where another file replaces the row.

    `rows`: the cleaned cells of the dataset, which name the file of each row.
    """
    for record in _records(dataset):
        replaced = staging.make(tables.SUPERSEDED, _replaced(record, values, rows))
        staging.execute(statement("rows.supersede", values=values, superseded=replaced))
    return values


def _records(dataset: Dataset) -> Iterator[_Record]:
    """The records that rows are, or whose lines or facts they are."""
    if dataset.nodes:
        if _one_state_per_file(dataset):
            yield _own_record(dataset)
    else:
        yield from (_linked_record(i, link) for i, link in enumerate(dataset.links))


def _one_state_per_file(dataset: Dataset) -> bool:
    """Whether what a file says of a record is one state of it.

    Not where each row is a dated state of its own, nor where the rows of a list add up to a value.
    """
    rule = dataset.nodes[0]
    if rule.repeats == "versions":
        return rule.known_from is None
    values = (*rule.fields.values(), *rule.attributes.values())
    return rule.repeats is None or not any(value.pick for value in values)


def _own_record(dataset: Dataset) -> _Record:
    owner, when = sql.name(node_column(0, "key")), sql.name(node_column(0, "when"))
    stamp = _row_stamp(dataset)
    lines = [(i, link) for i, link in enumerate(dataset.links) if _is_line(link)]
    if repeats_of(dataset, 0) in ("refuse", "versions") or not lines:
        return _Record(owner, when, sql.NULL, sql.NULL, stamp, _own_stamp(dataset))
    line = sql.listed((_line(i, link) for i, link in lines), " || chr(30) || ")
    fields = [
        node_column(0, f"f_{name}") for name, value in dataset.nodes[0].fields.items() if value.pick is None
    ]
    ends = [
        link_column(i, "end" if PARTS[link.type].anchor == "start" else "start")
        for i, link in enumerate(dataset.links)
        if link.type in PARTS and not _is_line(link)
    ]
    return _Record(owner, when, line, _joined([*fields, *ends]), stamp, _own_stamp(dataset))


def _own_stamp(dataset: Dataset) -> Sql:
    """The stamp of the row's own record; null where it names none."""
    return sql.NULL if dataset.nodes[0].known_from is None else sql.name(node_column(0, "known_from"))


def _row_stamp(dataset: Dataset) -> Sql:
    """The stamp of the row's own record, else the newest one of its links."""
    if dataset.nodes[0].known_from is not None:
        return _own_stamp(dataset)
    stamps = [
        link_column(i, "known_from") for i, link in enumerate(dataset.links) if link.known_from is not None
    ]
    return fill("greatest({stamps})", stamps=sql.listed(map(sql.name, stamps))) if stamps else sql.NULL


def _is_line(link: LinkRule) -> bool:
    """Whether each row gives the row's own record one more part."""
    if link.type not in LINES:
        return False
    return (link.start if PARTS[link.type].anchor == "start" else link.end) is None


def _linked_record(index: int, link: LinkRule) -> _Record:
    """The record whose line a row is; a fact is a record by itself."""
    when = sql.name(link_column(index, "when"))
    stamp = sql.NULL if link.known_from is None else sql.name(link_column(index, "known_from"))
    if is_fact(link.type):
        ends = [link_column(index, end) for end in ("start", "end")]
        return _Record(_joined(ends), when, sql.NULL, sql.NULL, stamp)
    owner = sql.name(link_column(index, PARTS[link.type].anchor))
    return _Record(owner, when, _line(index, link), sql.NULL, stamp)


def _line(index: int, link: LinkRule) -> Sql:
    """The other end of a part and, where the mapping names it, the number of the line."""
    part = PARTS[link.type]
    other = link_column(index, "end" if part.anchor == "start" else "start")
    number = [link_column(index, f"f_{part.part_key}")] if part.part_key in link.fields else []
    return _joined([other, *number])


def _joined(columns: list[str]) -> Sql:
    values = [fill("coalesce({c}::VARCHAR, '')", c=sql.name(column)) for column in columns]
    return sql.listed(values, " || chr(31) || ") if values else sql.NULL


def _replaced(record: _Record, values: Relation, rows: Relation) -> Sql:
    """The rows of a record outside the newest file that speaks of it, where that file says it anew.

    A row without a stamp counts as no older than those before it. A row stays whose copy in the newest file
    was dropped as its duplicate, and so does a deletion that bears a stamp: it ended the record then.
    """
    return fill(
        """WITH stated AS (
            SELECT v.__seq AS seq, r.__file AS file, r.__hash AS hash, v.__state AS state,
                ({owner})::VARCHAR AS owner, {line} AS line, {header} AS header, ({stamp})::VARCHAR AS stamp,
                ({own})::VARCHAR AS own_stamp
            FROM {values} v
            JOIN {rows} r USING (__seq)
            WHERE (v.__state IS NULL OR v.__state IN ('duplicate', 'deleted')) AND v.__bad IS NULL
                AND {when} AND ({owner}) IS NOT NULL),
        placed AS (
            SELECT owner, file, seq, coalesce(stamp, max(stamp) OVER (
                PARTITION BY owner ORDER BY seq ROWS UNBOUNDED PRECEDING), '') AS stamp
            FROM stated),
        shared AS (
            SELECT owner, arg_max(file, (stamp, seq)) AS newest
            FROM placed
            GROUP BY owner
            HAVING count(DISTINCT file) > 1),
        again AS (
            SELECT owner FROM stated GROUP BY owner, line HAVING count(DISTINCT file) > 1
            UNION
            SELECT owner FROM stated GROUP BY owner HAVING count(DISTINCT header) > 1)
        SELECT s.seq
        FROM stated s
        JOIN shared h ON h.owner = s.owner AND h.newest <> s.file
            AND (s.state IS DISTINCT FROM 'deleted' OR s.own_stamp IS NULL)
        SEMI JOIN again a ON a.owner = s.owner
        ANTI JOIN stated d ON d.hash = s.hash AND d.file = h.newest AND d.state = 'duplicate'""",
        owner=record.owner, line=record.line, header=record.header, stamp=record.stamp,
        values=values.table, rows=rows.table, when=record.when, own=record.own_stamp,
    )  # fmt: skip
