"""Own values of several customers at once."""

from collections.abc import Mapping, Sequence

from graph.plan import Ask, Plan
from graph.profile.assemble import company
from graph.profile.model import Company


def companies(*, customer_ids: Sequence[str]) -> Plan[Mapping[str, Company]]:
    """Today's own values by customer id; ids that do not exist are left out."""
    rows = yield Ask("profile.companies", {"customer_ids": list(customer_ids)})
    return {row["company"]["customer_id"]: company(row) for row in rows}
