"""The numbers of a report, counted from the relations of a run."""

import re
from collections.abc import Iterator
from collections.abc import Mapping as Named
from typing import Any

from graph import sql
from graph.sql import Relation, Sql, fill
from ingest import tables
from ingest.mapping.model import Mapping, Unlinked
from ingest.report import DatasetReport, ReviewItem
from ingest.sql import statement
from ingest.staging.database import Staging
from ingest.staging.source import Source
from ingest.transform.links import WITHOUT, Link
from ingest.transform.notes import value_notes
from ingest.transform.rule import Rule
from ingest.transform.text import clean_table
from ingest.transform.values import value_table


def waiting_rows(staging: Staging, rules: list[Rule], keys: Relation) -> Relation:
    """`tables.WAITING`: the rows whose own entity waits in review, or is skipped by the mapping."""
    waiting = staging.empty(tables.WAITING)
    for rule in rules:
        query = fill(
            """SELECT {dataset} AS dataset, v.__seq AS seq,
                CASE k.state WHEN 'skip' THEN 'filtered' ELSE 'review' END AS state
            FROM {values} v
            JOIN {keys} k ON k.label = {label} AND k.source = {source} AND k.key = v.{key}
            WHERE k.id IS NULL AND v.__state IS NULL""",
            dataset=sql.bind(rule.dataset), values=value_table(rule.dataset), keys=keys.table,
            label=sql.bind(rule.node.label), source=sql.bind(rule.source), key=rule.column("key"),
        )  # fmt: skip
        staging.append(waiting, query)
    return waiting


def dataset_report(
    staging: Staging, dataset: str, sources: list[Source], links: list[Link], waiting: Relation
) -> DatasetReport:
    """The counts of one dataset."""
    states = _states(staging, dataset, waiting)
    refused = int(staging.value(statement("report.refused", refused=tables.REFUSED, dataset=dataset)))
    duplicates = states.get("duplicates", 0)
    return DatasetReport(
        read=sum(states.values()) + refused,
        loaded=states.get("loaded", 0),
        unchanged=states.get("unchanged", 0) + duplicates + states.get("replaced", 0),
        quarantined=states.get("quarantined", 0) + refused,
        filtered=states.get("filtered", 0),
        review=states.get("review", 0),
        duplicates=duplicates,
        replaced=states.get("replaced", 0),
        files={source.path.name: source.encoding for source in sources},
        without=_without(staging, [link for link in links if link.dataset == dataset]),
    )


def _states(staging: Staging, dataset: str, waiting: Relation) -> dict[str, int]:
    query = statement(
        "report.states", dataset=dataset, values=tables.value_rows(dataset, {}), bad=tables.BAD,
        row_item=tables.ROW_ITEM, pending=tables.PENDING, waiting=waiting,
    )  # fmt: skip
    return {str(state): int(count) for state, count in staging.rows(query)}


def _without(staging: Staging, links: list[Link]) -> dict[str, dict[str, int]]:
    """Rows that make no relationship, by type and why."""
    counts: dict[str, dict[str, int]] = {}
    for link in links:
        for why, count in staging.rows(statement("report.without", ends=link.rows)):
            by_type = counts.setdefault(link.rule.type, {})
            by_type[why] = by_type.get(why, 0) + count
    return counts


def lookup_rows(staging: Staging, mapping: Mapping) -> dict[str, int]:
    """Rows of the datasets that make nothing themselves."""
    return {
        name: int(staging.value(fill("SELECT count(*) FROM {t}", t=clean_table(name))))
        for name, dataset in mapping.datasets.items()
        if not dataset.makes_something
    }


def review_items(staging: Staging, review: Relation) -> list[ReviewItem]:
    """What waits for a person, by dataset and key."""
    return [ReviewItem(*row) for row in staging.rows(statement("report.review", review=review))]


SHOWN = 20
"""Values of one link that name more than one entity and are listed; the notes count all rows."""


def unclear_ends(staging: Staging, links: list[Link]) -> list[ReviewItem]:
    """The values by which links found more than one entity, with the entities and how many rows name them."""
    return [item for link in links for position in (0, 1) for item in _unclear(staging, link, position)]


def _unclear(staging: Staging, link: Link, position: int) -> list[ReviewItem]:
    end, side, letter = link.ends[position], ("start", "end")[position], "ab"[position]
    if end.by is None:
        return []
    field = next(iter(end.by))
    query = fill(
        """SELECT value, rows, list(DISTINCT n.label ORDER BY n.label) AS labels,
            list(DISTINCT n.id ORDER BY n.id) AS ids
        FROM (
            SELECT lower({key}) AS value, count(*) AS rows FROM {ends} WHERE {side}_problem = 'ambiguous'
            GROUP BY ALL)
        JOIN {named} n USING (value)
        WHERE n.label IN ({labels}) AND n.field = {field}
        GROUP BY ALL
        ORDER BY rows DESC, value
        LIMIT {shown}""",
        key=Sql(letter), ends=link.rows.table, named=tables.FOUND_BY.table, side=Sql(side),
        labels=sql.bind_all(end.label),
        field=sql.bind(field), shown=sql.bind(SHOWN),
    )  # fmt: skip
    why = f"names more than one by {field}: left out of {{}} {link.rule.type}"
    return [
        ReviewItem(link.dataset, " or ".join(labels), value, None, why.format(f"{count:,}"), ids)
        for value, count, labels, ids in staging.rows(query)
    ]


def written(staging: Staging, pending: Relation) -> dict[str, int]:
    """Items to write, by label or type."""
    return {name: int(count) for name, count in staging.rows(statement("target.written", pending=pending))}


def reasons(staging: Staging, quarantined: Relation) -> list[dict[str, Any]]:
    """Quarantine reasons without the values that differ, with a count and an example each."""
    groups: dict[tuple[str, str], dict[str, Any]] = {}
    for dataset, file, row, reason in staging.rows(statement("report.reasons", quarantined=quarantined)):
        general = re.sub(r"line \d+", "line …", re.sub(r"`[^`]*`", "`…`", reason))
        example = {"file": file, "row": row, "reason": reason}
        group = groups.setdefault(
            (dataset, general), {"dataset": dataset, "reason": general, "count": 0, "example": example}
        )
        group["count"] += 1
    return sorted(groups.values(), key=lambda group: (-group["count"], group["dataset"], group["reason"]))


def looks_doubled(staging: Staging, entity: Relation) -> dict[str, int]:
    """Entities of this run that share their name with another one."""
    return {label: int(count) for label, count in staging.rows(statement("report.doubled", entity=entity))}


def closed_before_opened(staging: Staging, entity: Relation) -> list[str]:
    """A sentence on tickets and deals of this run that end before they begin, with one of them."""
    return [
        f"{label}: {_counted(count, 'record')} closed before {'it was' if count == 1 else 'they were'}"
        f" opened, such as `{example}`: check both dates, or which column is which"
        for label, count, example in staging.rows(statement("report.closed_before", entity=entity))
    ]


def reused_keys(staging: Staging, database_id: str) -> list[str]:
    """A sentence on keys that now seem to name another company or person, with one of them."""
    query = statement(
        "report.reused", contribution=tables.CONTRIBUTION, record=tables.RECORD, database_id=database_id
    )
    return [
        f"{label}: {_counted(count, 'key')} with another name and another number, address or day of creation "
        f"than before, such as `{example}`: if it is used again, its history is of two"
        for label, count, example in staging.rows(query)
    ]


def ended_before_begun(staging: Staging, fact: Relation) -> list[str]:
    """A sentence on facts of this run that end before they begin, with the ends of one of them."""
    return [
        f"{kind}: {count:,} with an end before the beginning, such as `{example}`, so on no day: check both "
        "dates, or which column is which"
        for kind, count, example in staging.rows(statement("report.ended_before", fact=fact))
    ]


def circles(staging: Staging, fact: Relation) -> list[str]:
    """A sentence on the records of this run of which each stands above itself, with one of them."""
    return [
        f"{kind}: {count:,} records stand above themselves in a circle, such as `{example}`: a link is wrong"
        for kind, count, example in staging.rows(statement("report.circles", fact=fact))
    ]


_WHY = {
    "empty": "the end is empty",
    "unknown": "the end names nothing known",
    "waiting": "its end waits in review",
    "ambiguous": "the value names more than one",
    "itself": "it refers to itself",
}


def notes(staging: Staging, mapping: Mapping, datasets: Named[str, DatasetReport]) -> list[str]:
    """Sentences on what stays apart, what waits and what has no date."""
    return [
        *_unlinked(staging, mapping),
        *value_notes(staging),
        *_replaced(datasets),
        *_deleted(staging, mapping),
        *_without_links(datasets),
    ]


def _replaced(datasets: Named[str, DatasetReport]) -> Iterator[str]:
    for name, report in datasets.items():
        if report.replaced:
            yield f"{name}: {_counted(report.replaced, 'row')} replaced by newer ones of another file"


def _deleted(staging: Staging, mapping: Mapping) -> Iterator[str]:
    """Also where no load knew the record: such a row brings nothing."""
    for name, dataset in mapping.datasets.items():
        if dataset.deleted:
            query = fill("SELECT count(*) FROM {t} WHERE __state = 'deleted'", t=value_table(name))
            if count := int(staging.value(query)):
                says = "says that its record is" if count == 1 else "say that their record is"
                yield f"{name}: {_counted(count, 'row')} {says} deleted"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _unlinked(staging: Staging, mapping: Mapping) -> Iterator[str]:
    for name, dataset in mapping.datasets.items():
        for item in dataset.unlinked:
            count = staging.value(_values_of(name, item))
            stay = f"{_counted(count, 'value')} of {item.column} {'stays' if count == 1 else 'stay'} apart"
            yield f"{name}: {stay} from {item.label}: {item.why}"


def _values_of(dataset: str, item: Unlinked) -> Sql:
    return fill("SELECT count(DISTINCT {c}) FROM {t}", c=sql.name(item.column), t=clean_table(dataset))


def _why(reason: str) -> str:
    """Why a row makes no link, in words."""
    return f"its {reason.removeprefix(WITHOUT)} is empty" if reason.startswith(WITHOUT) else _WHY[reason]


def _without_links(datasets: Named[str, DatasetReport]) -> Iterator[str]:
    for name, report in datasets.items():
        for kind, why in report.without.items():
            for reason, count in why.items():
                yield f"{name}: {_counted(count, 'row')} without {kind} ({_why(reason)})"
