"""By which calibration to derive, and what to look at."""

from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from graph.buying_role.weights import RoleWeights
from graph.derive.calibration import (
    Extent,
    LastDerive,
    Version,
    drifted,
    extent,
    measured,
    standing_version,
)
from graph.derive.scope import History, Scope, Since, touched, whole
from graph.parameters import Parameters
from graph.reporting_line.superior import Weights
from graph.store import Store
from graph.tie.model import Calibration


@dataclass(frozen=True, slots=True)
class Choice:
    """A calibration to derive by."""

    number: int
    calibration: Calibration
    weights: Weights | None
    """None: still to be counted, after the ties."""
    extent: Extent
    """What there was when the data were last looked at for drift."""
    new: bool
    off: tuple[str, ...] = ()
    """Rules that are switched off: what they derived is withdrawn."""
    roles: RoleWeights | None = None
    """None: still to be counted."""


def choose(
    store: Store,
    connection: duckdb.DuckDBPyConnection,
    now: datetime,
    last: LastDerive | None,
    given: Parameters | None,
    *,
    recalibrate: bool,
    off: tuple[str, ...] = (),
) -> Choice:
    """The given parameters, else the newest calibration, else (or where the data have drifted) a new one.

    One by which other rules were off counts as another: what answers of past days go by is dated with it.
    `tie_groups` must stand.
    """
    standing = standing_version(store)
    choice = _choice(connection, now, last, given, standing, recalibrate=recalibrate)
    if standing is not None and not choice.new and set(standing.parameters.off) != set(off):
        return replace(choice, number=choice.number + 1, new=True, off=off)
    return replace(choice, off=off)


def _choice(
    connection: duckdb.DuckDBPyConnection,
    now: datetime,
    last: LastDerive | None,
    given: Parameters | None,
    standing: Version | None,
    *,
    recalibrate: bool,
) -> Choice:
    present = extent(connection, now)
    number = standing.number if standing else 0
    if given is not None:
        new = standing is None or standing.parameters != given
        return Choice(number + new, given.calibration, given.weights, present, new, roles=given.roles)
    if standing is None or recalibrate:
        return Choice(number + 1, measured(connection, now), None, present, True)
    parameters = standing.parameters
    if last is not None and not present.grown(last.extent):
        return Choice(
            number, parameters.calibration, parameters.weights, last.extent, False, roles=parameters.roles
        )
    calibration = measured(connection, now)
    if drifted(calibration, parameters.calibration) or (last and present.more_lines(last.extent)):
        return Choice(number + 1, calibration, None, present, True)
    return Choice(number, parameters.calibration, parameters.weights, present, False, roles=parameters.roles)


def scope_of(history: History, last: LastDerive | None, choice: Choice, now: datetime) -> Scope:
    """What changed since the last derive, where it ended, by this calibration, and at no later moment."""
    if last is None or choice.new or not _follows(history, last, choice, now):
        return whole(history.connection)
    return touched(history, Since(last.position, last.now), now)


def _follows(history: History, last: LastDerive, choice: Choice, now: datetime) -> bool:
    """Whether this derive goes on where the last one ended, and the history can say what came since."""
    known = history.position > 0 and history.complete_since <= last.position <= history.position
    return known and last.finished and last.calibration == choice.number and last.now <= now
