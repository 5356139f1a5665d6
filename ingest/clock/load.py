"""The clock of one load: chosen from its rows, applied to them, kept in the graph."""

from collections.abc import Mapping as Named
from dataclasses import dataclass
from datetime import datetime

from graph.clock import Clock
from graph.moment import in_utc
from graph.sql import Relation, bind, fill
from ingest import tables
from ingest.clock.choose import Chosen, Dates, choose, long_before, not_taken, stays
from ingest.clock.future import future_rows, planned
from ingest.clock.stamps import StampColumn, stamps
from ingest.mapping.model import Mapping
from ingest.sql import statement
from ingest.staging.database import Staging


@dataclass(frozen=True, slots=True)
class LoadClock:
    """What a load chose, and what lies after it."""

    chosen: Chosen
    kept: Clock | None
    """The company's clock before this load."""
    notes: list[str]
    exported: Relation
    """`tables.EXPORTED`"""
    bad: Relation
    """`tables.BAD` with the rows of the future added."""
    newest: Named[str, str]
    """By dataset the newest moment that its rows bear, UTC ISO text."""


def clock_of_load(
    staging: Staging, mapping: Mapping, columns: list[StampColumn], dates: Dates, kept: Clock | None,
    bad: Relation,
) -> LoadClock:  # fmt: skip
    """Choose now, refuse what lies after it, and date the exports.

    kept: the company's clock before this load. Raises ExportedInFuture.
    """
    stamp = stamps(staging, columns, mapping, bad)
    chosen = choose(staging, stamp, dates, kept)
    load, now = chosen.load.now, chosen.company.now
    notes = [*not_taken(staging, stamp, load, dates.wall), *planned(staging, stamp, now)]
    notes += [*long_before(staging, stamp), *stays(chosen)]
    exported = _exports(staging, mapping, load)
    newest = dict(staging.rows(statement("stamp.newest_of_datasets", until=now.isoformat(), stamp=stamp)))
    bad = future_rows(staging, stamp, now, dates.wall, bad)
    return LoadClock(chosen, kept, notes, exported, bad, newest)


def dates_of(mapping: Mapping, files: Named[str, str], wall: datetime, fixed: datetime | None) -> Dates:
    """What is known of a load's time beside its rows; a fixed now stands for the wall clock."""
    exported = {name: at for name in mapping.datasets if (at := mapping.exported(name)) is not None}
    return Dates(fixed or wall, files, exported, fixed)


def _exports(staging: Staging, mapping: Mapping, now: datetime) -> Relation:
    """A change whose row has no stamp happened when its file was exported: as declared, else at now."""
    exported = staging.empty(tables.EXPORTED)
    for name in mapping.datasets:
        declared = mapping.exported(name)
        query = fill(
            """SELECT {dataset} AS dataset, {stamp} AS stamp, {declared}::BOOLEAN AS declared,
                (SELECT string_agg(cells, chr(10)) FROM {refused} WHERE dataset = {dataset}) AS broken""",
            dataset=bind(name), stamp=bind(canonical(declared or now.isoformat())),
            declared=bind(declared is not None), refused=tables.REFUSED.table,
        )  # fmt: skip
        staging.append(exported, query)
    return exported


def canonical(at: str) -> str:
    """A date or moment as UTC ISO text; naive means UTC."""
    return in_utc(datetime.fromisoformat(at)).isoformat()
