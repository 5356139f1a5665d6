"""What the graph keeps of today only, as it stood on the day that is asked for."""

from collections.abc import Sequence

from graph.day.span import Span
from graph.model import Contact, Customer, Product, Task
from graph.model.base import Node
from graph.parameters import parameters_as_of
from graph.record_version import Names, names_as_of, own_values_as_of
from graph.reporting_line.lines import Line
from graph.reporting_line.read import lines_as_of
from graph.service import GraphStore, Row


async def names_then(
    store: GraphStore, kind: type[Node], today: Names, span: Span, field: str = "name"
) -> Names:
    """The names (`field`) as of the day; those of `today` where the day is today."""
    if not span.past:
        return today
    return await names_as_of(store, kind, today, span.as_of, field)


async def customers_then(store: GraphStore, rows: Sequence[Row], span: Span) -> list[Row]:
    """Rows of `customer_id` and `customer_name` with the names of the day."""
    today = {row["customer_id"]: row["customer_name"] for row in rows}
    names = await names_then(store, Customer, today, span)
    return [row | {"customer_name": names[row["customer_id"]]} for row in rows]


async def attendees_then(store: GraphStore, meetings: Sequence[Row], span: Span) -> list[Row]:
    """Rows of `day.meetings` with people and companies as they were called."""
    people = [one for row in meetings for one in row["attendees"]]
    names = await names_then(store, Contact, {one["contact_id"]: one["name"] for one in people}, span)
    jobs = [job for one in people for job in one["jobs"]]
    firms = await names_then(
        store, Customer, {job["customer_id"]: job["customer_name"] for job in jobs}, span
    )

    def then(one: Row) -> Row:
        held = [job | {"customer_name": firms[job["customer_id"]]} for job in one["jobs"]]
        return one | {"name": names[one["contact_id"]], "jobs": held}

    return [row | {"attendees": [then(one) for one in row["attendees"]]} for row in meetings]


async def tasks_then(store: GraphStore, tasks: Sequence[Row], span: Span) -> list[Row]:
    """Rows of `day.tasks` with their subjects and companies as they were called."""
    today = {row["task_id"]: row["subject"] for row in tasks}
    subjects = await names_then(store, Task, today, span, "subject")
    firms = {one["customer_id"]: one["name"] for row in tasks for one in row["customers"]}
    names = await names_then(store, Customer, firms, span)
    return [
        row
        | {
            "subject": subjects[row["task_id"]],
            "customers": [one | {"name": names[one["customer_id"]]} for one in row["customers"]],
        }
        for row in tasks
    ]


async def products_then(store: GraphStore, rows: Sequence[Row], span: Span) -> list[Row]:
    """Rows of `day.repeats` of products that were sold that day, as they were called."""
    if not span.past:
        return [row for row in rows if row["active"] is not False]
    own = await own_values_as_of(store, Product, {row["product_id"] for row in rows}, span.as_of)
    then = [
        (row, own.of({"product_id": row["product_id"], "name": row["product_name"], "active": row["active"]}))
        for row in rows
    ]
    return [row | {"product_name": was["name"]} for row, was in then if was["active"] is not False]


async def facts_then(store: GraphStore, rows: Sequence[Row], span: Span) -> list[Row]:
    """Rows of `day.facts` with the lines that could be inferred that day, and the names of the day."""
    if not span.past:
        return list(rows)
    fitted = await parameters_as_of(store, span.as_of)
    people = sorted({person for row in rows for person in row["people"]})
    off = "reporting_lines" in fitted.off or not people
    lines = () if off else await lines_as_of(store, people, span.as_of, fitted.weights)
    names = await _people_then(store, rows, lines, span)

    def then(row: Row) -> Row:
        deciders = {
            name: [one | {"name": names[one["contact_id"]]} for one in row[name]]
            for name in ("on_deal", "on_account")
        }
        found = [_line(line, names) for line in lines if line.person.contact_id in row["people"]]
        return row | deciders | {"lines": found}

    return [then(row) for row in rows]


async def _people_then(store: GraphStore, rows: Sequence[Row], lines: Sequence[Line], span: Span) -> Names:
    """The names of the day of everybody who decides or stands on a line."""
    deciders = {one["contact_id"] for row in rows for one in (*row["on_deal"], *row["on_account"])}
    asked = deciders | {one.contact_id for line in lines for one in (line.person, line.superior)}
    known = await store.read("day.people", contact_ids=sorted(asked))
    return await names_then(store, Contact, {row["contact_id"]: row["name"] for row in known}, span)


def _line(line: Line, names: Names) -> Row:
    person, superior = line.person.contact_id, line.superior.contact_id
    told = {"name": names[person], "superior_id": superior, "superior": names[superior]}
    return {"contact_id": person, "confidence": line.confidence, **told}
