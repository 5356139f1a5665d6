"""The numbers of a report, counted from the tables of a run."""

import re
from collections.abc import Mapping as Named
from typing import Any

from ingest import sql
from ingest.mapping.model import Mapping
from ingest.report import DatasetReport, ReviewItem
from ingest.sql import Sql, fill
from ingest.staging.database import Staging
from ingest.staging.source import Source
from ingest.transform.keys import Rule
from ingest.transform.links import Link
from ingest.transform.text import clean_table
from ingest.transform.values import value_table

_STATES = """
WITH touched AS (SELECT DISTINCT t.seq FROM work.touch t JOIN work.todo d USING (item)
    WHERE t.dataset = {ds}),
waiting AS (SELECT seq FROM work.waiting WHERE dataset = {ds}),
bad AS (SELECT DISTINCT seq FROM work.bad WHERE dataset = {ds})
SELECT CASE WHEN v.__state = 'filtered' THEN 'filtered' WHEN b.seq IS NOT NULL THEN 'quarantined'
    WHEN v.__state = 'duplicate' THEN 'duplicates' WHEN t.seq IS NOT NULL THEN 'loaded'
    WHEN w.seq IS NOT NULL THEN w.state ELSE 'unchanged' END AS state, count(*)
FROM {t} v LEFT JOIN bad b ON b.seq = v.__seq LEFT JOIN touched t ON t.seq = v.__seq
LEFT JOIN (SELECT seq, max(state) AS state FROM work.waiting WHERE dataset = {ds} GROUP BY seq) w
ON w.seq = v.__seq
GROUP BY 1"""


def dataset_report(connection: Staging, name: str, sources: list[Source], links: list[Link]) -> DatasetReport:
    """The counts of one dataset."""
    found = connection.execute(fill(_STATES, ds=sql.bind(name), t=value_table(name))).fetchall()
    states = {str(state): int(count) for state, count in found}
    refused = _one(connection, "SELECT count(*) FROM work.refused WHERE dataset = {ds}", name)
    duplicates = states.get("duplicates", 0)
    return DatasetReport(
        read=sum(states.values()) + refused,
        loaded=states.get("loaded", 0),
        unchanged=states.get("unchanged", 0) + duplicates,
        quarantined=states.get("quarantined", 0) + refused,
        filtered=states.get("filtered", 0),
        review=states.get("review", 0),
        duplicates=duplicates,
        files={source.path.name: source.encoding for source in sources},
        without=_without(connection, [link for link in links if link.dataset == name]),
    )


def _one(connection: Staging, query: str, dataset: str) -> int:
    return int(connection.execute(fill(query, ds=sql.bind(dataset))).fetchall()[0][0])


def _without(connection: Staging, links: list[Link]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for link in links:
        found = connection.execute(
            fill(
                """SELECT coalesce(start_problem, end_problem) AS why, count(DISTINCT __seq) FROM {t}
                WHERE start_id IS NULL OR end_id IS NULL GROUP BY why ORDER BY why""",
                t=link.table,
            )
        ).fetchall()
        for why, count in found:
            by_type = counts.setdefault(link.rule.type, {})
            by_type[why] = by_type.get(why, 0) + count
    return counts


def lookup_rows(connection: Staging, mapping: Mapping) -> dict[str, int]:
    """Rows of the datasets that make nothing themselves."""
    return {
        name: int(connection.execute(fill("SELECT count(*) FROM {t}", t=clean_table(name))).fetchall()[0][0])
        for name, dataset in mapping.datasets.items()
        if not dataset.nodes and not dataset.links
    }


def mark_waiting(connection: Staging, rules: list[Rule]) -> None:
    """Make `work.waiting`: the rows whose own entity waits in review, or is skipped by the mapping."""
    connection.execute("CREATE OR REPLACE TABLE work.waiting (dataset TEXT, seq BIGINT, state TEXT)")
    for rule in rules:
        connection.execute(
            fill(
                """INSERT INTO work.waiting
                SELECT {ds}, v.__seq, CASE k.state WHEN 'skip' THEN 'filtered' ELSE 'review' END FROM {t} v
                JOIN work.key k ON k.label = {label} AND k.source = {source} AND k.key = v.{key}
                WHERE k.id IS NULL AND v.__state IS NULL""",
                ds=sql.bind(rule.dataset), t=value_table(rule.dataset), label=sql.bind(rule.node.label),
                source=sql.bind(rule.source), key=rule.column("key"),
            )
        )  # fmt: skip


def review_items(connection: Staging) -> list[ReviewItem]:
    """What waits for a person, by dataset and key."""
    rows = connection.execute("SELECT * FROM work.review ORDER BY dataset, shown, key").fetchall()
    return [ReviewItem(*row) for row in rows]


SHOWN = 20
"""Values of one link that name more than one entity and are listed; the notes count all rows."""


def unclear_ends(connection: Staging, links: list[Link]) -> list[ReviewItem]:
    """The values by which links found more than one entity, with the entities and how many rows name them."""
    return [item for link in links for position in (0, 1) for item in _unclear(connection, link, position)]


def _unclear(connection: Staging, link: Link, position: int) -> list[ReviewItem]:
    end, side, letter = link.ends[position], ("start", "end")[position], "ab"[position]
    if end.by is None:
        return []
    field = next(iter(end.by))
    rows = connection.execute(
        fill(
            """SELECT value, rows, list(DISTINCT n.label ORDER BY n.label) AS labels,
                list(DISTINCT n.id ORDER BY n.id) AS ids
            FROM (SELECT lower({key}) AS value, count(*) AS rows FROM {t} WHERE {side}_problem = 'ambiguous'
                GROUP BY ALL) JOIN work.lookup_value n USING (value)
            WHERE n.label IN ({labels}) AND n.field = {field}
            GROUP BY ALL ORDER BY rows DESC, value LIMIT {shown}""",
            key=Sql(letter), t=link.table, side=Sql(side), labels=sql.bind_all(end.label),
            field=sql.bind(field), shown=sql.bind(SHOWN),
        )
    ).fetchall()  # fmt: skip
    told = f"names more than one by {field}: left out of {{}} {link.rule.type}"
    return [
        ReviewItem(link.dataset, " or ".join(labels), value, None, told.format(f"{count:,}"), ids)
        for value, count, labels, ids in rows
    ]


def written(connection: Staging) -> dict[str, int]:
    """Items to write, by label or type."""
    rows = connection.execute(
        "SELECT split_part(grp, '|', 2) AS name, count(*) FROM work.todo GROUP BY name ORDER BY name"
    ).fetchall()
    return {name: int(count) for name, count in rows}


def reasons(connection: Staging) -> list[dict[str, Any]]:
    """Quarantine reasons without the values that differ, with a count and an example each."""
    rows = connection.execute(
        "SELECT dataset, file, row, reason FROM work.quarantined ORDER BY ALL"
    ).fetchall()
    groups: dict[tuple[str, str], dict[str, Any]] = {}
    for dataset, file, row, reason in rows:
        general = re.sub(r"line \d+", "line …", re.sub(r"`[^`]*`", "`…`", reason))
        group = groups.setdefault(
            (dataset, general),
            {
                "dataset": dataset,
                "reason": general,
                "count": 0,
                "example": {"file": file, "row": row, "reason": reason},
            },
        )
        group["count"] += 1
    return sorted(groups.values(), key=lambda group: (-group["count"], group["dataset"], group["reason"]))


def looks_doubled(connection: Staging) -> dict[str, int]:
    """Entities of this run that share their name, without case, blanks and punctuation, with another one."""
    rows = connection.execute(
        r"""WITH named AS (
            SELECT label, id,
                regexp_replace(lower(json_extract_string(body, '$.name')), '[\s\p{P}]+', '', 'g') AS name
            FROM work.entity WHERE label IN ('Customer', 'Contact', 'Product'))
        SELECT label, sum(n)::BIGINT FROM (
            SELECT label, count(*) AS n FROM named WHERE name <> '' GROUP BY label, name HAVING count(*) > 1)
        GROUP BY label ORDER BY label"""
    ).fetchall()
    return {label: int(count) for label, count in rows}


def notes(connection: Staging, mapping: Mapping, datasets: Named[str, DatasetReport]) -> list[str]:
    """Sentences on what stays apart, what waits and what has no date."""
    told = [_unlinked(connection, name, item) for name, item in _unlinked_of(mapping)]
    for name, report in datasets.items():
        for kind, why in report.without.items():
            told += [
                f"{name}: {count:,} rows without {kind} ({_WHY[reason]})" for reason, count in why.items()
            ]
    return told


_WHY = {
    "empty": "the end is empty",
    "unknown": "the end names nothing known",
    "waiting": "its end waits in review",
    "ambiguous": "the value names more than one",
}


def _unlinked_of(mapping: Mapping) -> list[tuple[str, Any]]:
    return [(name, item) for name, dataset in mapping.datasets.items() for item in dataset.unlinked]


def _unlinked(connection: Staging, name: str, item: Any) -> str:
    query = "SELECT count(DISTINCT {c}) FROM {t}"
    count = connection.execute(fill(query, c=sql.name(item.column), t=clean_table(name))).fetchall()[0][0]
    return f"{name}: {count:,} values of {item.column} stay apart from {item.label}: {item.why}"
