"""Choosing now: fixed, declared, the newest stamp that does not stand alone, or without any a file's date."""

from collections.abc import Iterator
from collections.abc import Mapping as Named
from dataclasses import dataclass, replace
from datetime import datetime

from graph.clock import Clock, fixed_clock
from graph.errors import UsageError
from graph.moment import in_utc
from graph.sql import Relation
from ingest.clock.spacing import ONE_IN, Day, newest, quiet_days
from ingest.sql import statement
from ingest.staging.database import Staging

DAY = len("2025-06-30")
EARLY_YEARS = 10
"""Years without any event behind which the few before are named."""
EARLIER_FILES = "the newest date of an earlier load's files, whose rows bore no stamp"
SHOWN = 3
"""Stamps that are named as not taken."""


class ExportedInFuture(UsageError):
    """A declared date of export that has not come yet."""

    def __init__(self, declared: str) -> None:
        super().__init__(f"exported_at {declared} is after today; correct the date of the export")


@dataclass(frozen=True, slots=True)
class Dates:
    """What is known of a load's time beside its rows.

    wall: the wall clock, or the fixed now in its place. files: the newest date of each dataset's files, UTC
    ISO text. exported: the declared export date of the datasets that have one, as written.
    """

    wall: datetime
    files: Named[str, str]
    exported: Named[str, str]
    fixed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The now of a load, which dates its rows without a stamp, and the company's now after it."""

    load: Clock
    company: Clock


def choose(staging: Staging, stamp: Relation, dates: Dates, kept: Clock | None) -> Chosen:
    """The now of a load. kept: the company's before it. Raises ExportedInFuture."""
    if dates.fixed is not None:
        clock = fixed_clock(dates.fixed)
        return Chosen(clock, clock)
    load = _of_load(staging, stamp, dates, kept)
    return Chosen(load, later(load, kept))


def declared(text: str, wall: datetime) -> datetime:
    """A declared export date (a bare date means its end, today's means now). Raises ExportedInFuture."""
    moment = in_utc(datetime.fromisoformat(text))
    if moment > wall:
        raise ExportedInFuture(text)
    return min(moment.replace(hour=23, minute=59, second=59), wall) if len(text) == DAY else moment


def _of_load(staging: Staging, stamp: Relation, dates: Dates, kept: Clock | None) -> Clock:
    known = kept if kept is not None and kept.basis != "fixed" else None
    found = [*_declared(dates), *_stamped(staging, stamp, dates.wall, known)]
    if found:
        return max(found, key=lambda clock: clock.now)
    if known is not None and known.basis != "file":
        return known
    newest_file = min(datetime.fromisoformat(max(dates.files.values())), dates.wall)
    return Clock(newest_file, "file", "the newest date of the files, for no row bears a stamp")


def later(load: Clock, kept: Clock | None) -> Clock:
    """The kept clock after a load.

    An older export loaded late does not move now back; a fixed now does not outlive its load.
    """
    if kept is None or kept.basis == "fixed" or kept.now <= load.now:
        return load
    reason = EARLIER_FILES if kept.basis == "file" else kept.reason
    return replace(kept, reason=reason, quiet_days=load.quiet_days or kept.quiet_days)


def stays(chosen: Chosen) -> list[str]:
    """A sentence where now is the date of an earlier load's files, though this load bears stamps of its own.

    The rows of that load are dated by it, so that now cannot move back before them.
    """
    load, company = chosen.load, chosen.company
    if company.basis != "file" or load.basis == "file" or load.now >= company.now:
        return []
    day = load.now.date()
    return [
        f"now stays at {company.now.date()}, the date of an earlier load's files, by which its rows are "
        f"dated; what is loaded here ends on {day}: if that is now, load everything at once into a new home"
    ]


def _declared(dates: Dates) -> Iterator[Clock]:
    if dates.exported:
        newest_export = max(declared(text, dates.wall) for text in dates.exported.values())
        yield Clock(newest_export, "declared", "the declared date of the export")


def _stamped(staging: Staging, stamp: Relation, wall: datetime, known: Clock | None) -> Iterator[Clock]:
    """The newest stamp that does not stand alone, and the newest of a live source, where there are any."""
    until = wall.isoformat()
    rows = staging.rows(statement("stamp.days", stamp=stamp, until=until))
    days = [Day(_moment(first), _moment(last), records, event) for first, last, records, event in rows]
    quiet = quiet_days(days, known.quiet_days if known else None)
    day = newest(days, quiet, known.now if known else None) if days else None
    if day is not None:
        reason = f"the newest stamp, {_named(staging, stamp, day.last)}"
        yield Clock(day.last, "stamp", reason, quiet)
    live = staging.value(statement("stamp.newest_live", stamp=stamp, until=until))
    if live is not None:
        yield Clock(_moment(live), "live", "the newest event of a live source")


def _named(staging: Staging, stamp: Relation, at: datetime) -> str:
    dataset, field = staging.rows(statement("stamp.bearer", stamp=stamp, at=at.isoformat()))[0]
    return f"{field} in {dataset}"


def not_taken(staging: Staging, stamp: Relation, now: datetime, wall: datetime) -> list[str]:
    """A sentence on the latest stamps after `now`, the load's, and why none of them is now."""
    rows = staging.rows(statement("stamp.later", stamp=stamp, now=now.isoformat(), shown=SHOWN))
    return [
        f"{dataset}: {field} {moment[:DAY]} is not taken as now: it {_why_not(moment, wall)}"
        for dataset, field, moment in rows
    ]


def long_before(staging: Staging, stamp: Relation) -> list[str]:
    """A sentence on the few events that lie `EARLY_YEARS` before all others: a mistyped year looks so."""
    rows = staging.rows(statement("stamp.early", stamp=stamp, years=EARLY_YEARS, one_in=ONE_IN, shown=SHOWN))
    return [
        f"{dataset}: {field} {day} lies long before all later events, which begin on {later}: check its year"
        for dataset, field, day, later in rows
    ]


def _why_not(at: str, wall: datetime) -> str:
    if _moment(at) > wall:
        return "lies after the wall clock"
    return f"stands alone; if it is true, load with --exported-at {at[:DAY]} or a later day, else correct it"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
