"""A job as a record: the evidence of what is told of a person by where they work."""

from graph.record.model import Link, Record
from graph.record.past import told_then
from graph.record.seen import Seen
from graph.service import GraphStore, Row

JOB = "WORKS_AT"
"""The kind of its typed id, `WORKS_AT:` and the id of the fact."""


async def job(store: GraphStore, fact_id: str, seen: Seen) -> Record | None:
    """The job with who has it and where, as it stood at the moment; None where the viewer may not see it."""
    rows = await store.read("record.job", id=fact_id, as_of=seen.moment.isoformat(), viewer=seen.viewer)
    if not rows:
        return None
    told = rows[0]["job"]
    if told["valid_to"] is not None and told["valid_to"] > seen.moment:
        told = told | {"valid_to": None}
    values = tuple((name, value) for name, value in sorted(told.items()) if value is not None)
    ends = (("Contact", "contact"), ("Customer", "customer"))
    links: list[Row] = [
        {"kind": kind, "record_id": rows[0][f"{end}_id"], "name": rows[0][f"{end}_name"]}
        for kind, end in ends
    ]
    if seen.past:
        links = await told_then(store, links, seen.moment)
    return Record(JOB, fact_id, told["title"], values, tuple(Link(JOB, **link) for link in links))
