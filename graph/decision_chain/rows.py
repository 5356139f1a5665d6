"""The rows that chains are assembled from, and what the gap rules need of them beside the chain."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from graph.decision_chain import gaps
from graph.decision_chain.assemble import has_left, leading_roles
from graph.service import GraphStore, Row
from graph.tie.model import Calibration


async def chain_rows(
    store: GraphStore,
    targets: Sequence[Mapping[str, Any]],
    moment: datetime,
    viewer: str | None,
    *,
    derived: bool = True,
) -> list[Row]:
    """The rows of several chains; a target is `target(...)`.

    derived: with the reporting lines that the last derive left, which are those of its day.
    """
    return await store.read(
        "chain.of", targets=list(targets), as_of=moment.isoformat(), viewer=viewer or "", derived=derived
    )


def target(
    customer_id: str,
    opportunity_id: str | None = None,
    *,
    account: bool = False,
    superiors: Iterable[str] = (),
    sold: str = "",
) -> dict[str, Any]:
    """Which chain: of an opportunity, of the largest open one, or (`account`) of the account as a whole.

    superiors: contacts to read beside those that the graph leads to. sold: an opportunity whose customer is
    meant, where `customer_id` is ''.
    """
    return {
        "customer_id": customer_id,
        "sold": sold,
        "opportunity_id": opportunity_id,
        "account": account,
        "superiors": list(superiors),
    }


def circumstances(row: Mapping[str, Any], moment: datetime, calibration: Calibration) -> gaps.Circumstances:
    """What the gap rules need beside the chain of the same row."""
    deal = row["opportunity"] or {}
    known = [role["valid_from"] for role in row["roles"]]
    began = deal.get("opened_at") or row["customer_since"] or min(known, default=moment)
    companies = {job["customer_id"]: job["company"] for person in row["people"] for job in person["jobs"]}
    return gaps.Circumstances(began, calibration, tuple(_departures(row, moment)), companies, row["country"])


def _departures(row: Mapping[str, Any], moment: datetime) -> Iterable[gaps.Departure]:
    for person in row["people"]:
        left_at = has_left(person, row, moment)
        roles = leading_roles(r for r in row["roles"] if r["contact_id"] == person["contact_id"])
        if left_at is not None and roles:
            role = roles[0]
            now_at = _present_company(person, moment)
            yield gaps.Departure(person["contact_id"], role["role"], left_at, role["influence"], now_at)


def _present_company(person: Mapping[str, Any], moment: datetime) -> str | None:
    """Name of the customer of the person's newest job that goes on."""
    jobs = [job for job in person["jobs"] if job["valid_to"] is None or job["valid_to"] > moment]
    newest = max(jobs, key=lambda job: (job["valid_from"], job["customer_id"]), default=None)
    return newest["company"] if newest else None
