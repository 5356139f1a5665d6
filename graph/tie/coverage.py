"""Who of us knew whom as of a past day: ties recomputed from what had happened by then."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from graph.model import Contact, Employee
from graph.record_version import own_values_as_of
from graph.service import GraphStore, Row
from graph.tie.model import Calibration, Tie
from graph.tie.read import interactions_of, ties_of


class Known(NamedTuple):
    """One of us who knows a contact: the tie, and the employee's own values as they stood that day."""

    employee_id: str
    employee: Row
    """Name, e-mail, team and role; each may be null."""
    tie: Tie


async def coverage_as_of(
    store: GraphStore, contact_ids: Sequence[str], moment: datetime, calibration: Calibration
) -> Mapping[str, Sequence[Known]]:
    """By contact who of us knew them at the moment, the strongest tie first; who knew nobody is left out.

    Employees who had left us by then do not count.
    """
    rows = await interactions_of(store, Contact, contact_ids, moment)
    employees = await _employees(store, rows, moment)
    coverage: dict[str, list[Known]] = defaultdict(list)
    for tie in ties_of(rows, contact_ids, moment, calibration):
        if tie.start_id in employees and tie.start_kind == "Employee":
            coverage[tie.end_id].append(Known(tie.start_id, employees[tie.start_id], tie))
    return {contact: sorted(known, key=_strongest_first) for contact, known in coverage.items()}


def _strongest_first(known: Known) -> tuple[float, str]:
    return -known.tie.strength, known.employee_id


async def _employees(store: GraphStore, rows: Sequence[Row], moment: datetime) -> dict[str, Row]:
    """Name, e-mail, team and role of those who worked for us, by id."""
    today = {key: own for row in rows for kind, key, _, own in row["people"] if kind == "Employee"}
    own_values = await own_values_as_of(store, Employee, today, moment)
    then = {key: own_values.of(own) for key, own in today.items()}
    return {
        key: {name: own[name] for name in ("name", "email", "team", "role")}
        for key, own in then.items()
        if own["active"] is not False
    }
