"""Measuring: one measure for each field, label and source, from the views of a history.

Everything is counted by statements over the history, each a single pass over its tables.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

import duckdb
import pyarrow as pa

from graph.country import country_codes
from graph.moment import naive
from graph.quality.completeness import completeness
from graph.quality.model import EVERY, NOTHING_TOLD, Aspect, Measure, Place, Share, Told
from graph.quality.rules import APART, EXPECTED_FROM, LEAST_GAPS, LINKED, USUAL, events
from graph.quality.stated import Counts, counted, of_kind, of_kinds, take_stated
from graph.sql import Sql, fill, listed, name, statement
from graph.sql.run import append, make, rows

Shares = dict[Place, dict[Aspect, Share]]
DOUBLE = pa.schema({"label": pa.string(), "id": pa.string()})


def measure(
    connection: duckdb.DuckDBPyConnection, now: datetime, doubles: Iterable[tuple[str, str]],
    told: Told = NOTHING_TOLD, before: Collection[Measure] = (),
) -> list[Measure]:  # fmt: skip
    """Every measure at `now`, the worst first, those of fields that are not expected last.

    doubles: label and id of what may be the same as something else. told: what loads say. before: the last
    measures, by which a field stays expected and is seen to be gone.
    """
    take_stated(connection)
    counts = counted(connection)
    once = {one.place for one in before if one.expected and one.place.source != EVERY}
    shares: Shares = defaultdict(dict)
    for part in (
        _complete(connection, counts, once), _complete_together(connection, counts),
        _valid(connection, counts, told), _unique(connection, doubles), _fresh(connection, now),
        _consistent(connection),
    ):  # fmt: skip
        for place, aspect, share in part:
            shares[place][aspect] = share
    made = [_measure(place, found, counts, once) for place, found in shares.items()]
    return sorted(made, key=lambda one: (not one.expected, one.worst, _order(one.place)))


def _order(place: Place) -> tuple[str, str, str]:
    return place.source, place.label, place.field or ""


def _measure(
    place: Place, shares: Mapping[Aspect, Share], counts: Counts, once: Collection[Place]
) -> Measure:
    records = counts.get(place._replace(field=None), 0)
    complete = shares.get("completeness")
    if place.source == EVERY and complete is not None:
        records = complete.whole
    kept = complete is None or complete.value >= EXPECTED_FROM or place in once
    return Measure(place, records, kept, shares)


Found = Iterator[tuple[Place, Aspect, Share]]


def _complete(connection: duckdb.DuckDBPyConnection, counts: Counts, once: Collection[Place]) -> Found:
    """Of what each source states; a field that was expected before is measured where nothing states it."""
    gone = {place: 0 for place in once if place.field is not None}
    having = {place: share.whole for place, share in of_kinds(connection).items()}
    for place, filled in (gone | dict(counts)).items():
        records = having.get(place, 0) if of_kind(place) else counts.get(place._replace(field=None), 0)
        if place.field is not None and records:
            yield place, "completeness", Share(filled, records)


def _complete_together(connection: duckdb.DuckDBPyConnection, counts: Counts) -> Found:
    """Of what all sources state together, for fields that any of them states."""
    stated = {(place.label, place.field) for place in counts}
    for one in completeness(connection):
        if (one.label, one.field) in stated:
            yield Place(EVERY, one.label, one.field), "completeness", Share(one.filled, one.records)


def _valid(connection: duckdb.DuckDBPyConnection, counts: Counts, told: Told) -> Found:
    """What was stated in the form of its kind, of that and what the loader refused."""
    found = {place: (filled, filled) for place, filled in counts.items()}
    countries = statement("quality.valid", countries=sorted(country_codes()))
    for row in rows(connection, countries):
        place = Place(row["source"], row["label"], row["field"])
        if place in found:
            found[place] = (row["valid"], row["stated"])
    for place in {*found, *told.refused}:
        valid, stated = found.get(place, (0, 0))
        if stated or told.refused.get(place):
            yield place, "validity", Share(valid, stated + told.refused.get(place, 0))


def _unique(connection: duckdb.DuckDBPyConnection, doubles: Iterable[tuple[str, str]]) -> Found:
    pairs = [{"label": label, "id": record} for label, record in sorted(set(doubles))]
    append(connection, "quality_double", pa.Table.from_pylist(pairs, DOUBLE), anew=True)
    for row in rows(connection, statement("quality.doubled", labels=list(LINKED))):
        yield Place(row["source"], row["label"], None), "uniqueness", Share(row["alone"], row["records"])


def _fresh(connection: duckdb.DuckDBPyConnection, now: datetime) -> Found:
    """Records within the rhythm of their versions; where records have no versions, whether any still come."""
    make(connection, "quality_rhythm", statement("quality.rhythm", least=LEAST_GAPS, usual=USUAL))
    make(connection, "quality_day", _days())
    at = naive(now)
    for row in rows(connection, statement("quality.delivered", now=at, least=LEAST_GAPS)):
        yield Place(row["source"], row["label"], None), "freshness", Share(int(row["delivers"]), 1)
    for row in rows(connection, statement("quality.fresh", now=at)):
        yield Place(row["source"], row["label"], None), "freshness", Share(row["fresh"], row["records"])


def _days() -> Sql:
    """A query for the days on which each source said something of each label."""
    happened = [
        fill(
            "SELECT split_part({key}, ':', 1) AS source, {of} AS label, CAST({at} AS DATE) AS day FROM {t}",
            key=name(table.key[0]), of=Sql(f"'{table.of}'"), at=name(table.event or ""), t=name(table.name),
        )
        for table in events()
    ]  # fmt: skip
    stated = Sql("SELECT source, label, CAST(stated_at AS DATE) AS day FROM quality_records")
    every = listed([stated, *happened], " UNION ALL ")
    return fill("SELECT DISTINCT source, label, day FROM ({every}) WHERE day IS NOT NULL", every=every)


def _consistent(connection: duckdb.DuckDBPyConnection) -> Found:
    for row in rows(connection, statement("quality.agreeing", apart=list(APART))):
        place = Place(row["source"], row["label"], row["field"])
        yield place, "consistency", Share(row["agreeing"], row["compared"])
