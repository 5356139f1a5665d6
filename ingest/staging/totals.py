"""Rows of a report that sum up others (合计, 小计, Total): no records, but a check of those that are.

A row is one where its first filled cell names a total and all others are numbers; of a partial total (小计)
the group that it is of may stand before or beside it. "Total" in letters counts in the last rows of a file
only, for companies are called so. A row that has a key of its own is a record, whatever its name; a key cell
of a total may hold how many rows stand above it.
"""

from collections.abc import Iterator, Sequence

from graph import sql
from graph.sql import Relation, Sql, fill
from ingest import tables
from ingest.sql import statement
from ingest.staging.database import Staging

PARTIAL = r"(.*小计|本页合计|sub-?\s?totals?|zwischensumme|sous-total)"
WHOLE = r"(合计|总计|共计|(本年|本月)?累计|总合计|平均值?)"
LATIN = (
    r"((grand )?totals?|sum|summe|gesamt(summe)?|total général|totale|suma"
    r"|average|avg|mean|durchschnitt|moyenne|promedio)"
)
END = r"\s*[:：]?\s*"
NUMBER = r"^[-+(]?\s*[¥￥$€£]?\s*[-+]?\d[\d.,，\s]*%?\)?(\s*([¥￥$€£]|[A-Z]{3}))?$"


def take_totals(staging: Staging, dataset: str, columns: Sequence[str]) -> Relation:
    """`tables.TOTAL_ROW` with the total rows of a dataset, which leave its rows."""
    rows = tables.raw_rows(dataset, columns)
    cells = sql.listed(
        fill("nullif(trim(coalesce({c}, '')), '')", c=rows.column(column)) for column in columns
    )
    packed = sql.packed_whole({column: fill("r.{c}", c=rows.column(column)) for column in columns})
    found = fill(
        """WITH told AS (
            SELECT __file, __row, list_filter([{cells}], lambda c: c IS NOT NULL) AS filled FROM {rows}),
        texts AS (
            SELECT *, list_filter(filled, lambda c: NOT regexp_matches(c, {number})) AS texts,
                row_number() OVER (PARTITION BY __file ORDER BY __row DESC) AS from_end
            FROM told),
        total AS (
            SELECT *,
                len(texts) BETWEEN 1 AND 2 AND len(list_filter(
                    texts, lambda c: regexp_full_match(lower(c), {partial}))) = 1 AS partial,
                len(texts) = 1 AND filled[1] = texts[1] AND (
                    regexp_full_match(filled[1], {whole})
                    OR from_end <= 2 AND regexp_full_match(lower(filled[1]), {latin})) AS whole
            FROM texts
            WHERE len(filled) > len(texts))
        SELECT {dataset} AS dataset, r.__file AS file, r.__row AS row, array_to_string(t.texts, ' ') AS label,
            t.partial, {packed}::TEXT AS cells
        FROM total t
        JOIN {rows} r ON r.__file = t.__file AND r.__row = t.__row
        WHERE t.partial OR t.whole AND NOT {record}""",
        cells=cells, rows=rows.table, number=sql.bind(NUMBER), partial=sql.bind(PARTIAL + END),
        whole=sql.bind(WHOLE + END), latin=sql.bind(LATIN + END), dataset=sql.bind(dataset), packed=packed,
        record=_is_record(staging, dataset, rows),
    )  # fmt: skip
    staging.append(tables.TOTAL_ROW, found)
    taken = statement("totals.take", total=tables.TOTAL_ROW, raw=rows, dataset=dataset)
    staging.execute(taken)
    return tables.TOTAL_ROW


def _is_record(staging: Staging, dataset: str, rows: Relation) -> Sql:
    """Whether all key cells of a row hold more than the total's own word or the number of rows above."""
    names = staging.rows(fill("SELECT name FROM {t}", t=tables.key_columns(dataset).table))
    filled = [
        fill(
            "coalesce(trim(r.{c}) NOT IN ('', t.filled[1], (r.__row - 1)::VARCHAR), false)",
            c=rows.column(name),
        )
        for (name,) in names if name in rows.columns
    ]  # fmt: skip
    return fill("({all})", all=sql.listed(filled, " AND ")) if filled else Sql("false")


def total_notes(staging: Staging) -> Iterator[str]:
    """A sentence for each dataset whose files have total rows."""
    for dataset, count in staging.rows(statement("totals.counts", total=tables.TOTAL_ROW)):
        rows = (
            "row sums up others and is no record" if count == 1 else "rows sum up others and are no records"
        )
        yield f"{dataset}: {count:,} {rows}; `relgraph verify` compares"
