"""Exports of a pipeline, month by month: as of a past day a deal is what the export of that day said."""

from datetime import UTC, datetime
from typing import Any

import pytest

from graph.decision_chain.read import chain
from graph.profile.read import profile
from graph.service import run_sync
from tests.ingest.conftest import Workshop
from tests.ingest.test_clock import now

PIPELINE = """
source: crm
currency: EUR
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name}}]
  deals:
    file: deals.csv
    nodes:
      - label: Opportunity
        key: deal
        fields: {name: deal, stage: stage, amount: amount, opened_at: opened}
        known_from: modified
    links: [{type: FOR, to: {Customer: account}}]
"""
MONTHS = (
    "D1,1,Demo,5,2024-01-05,2024-01-10",
    "D1,1,Offer,7,2024-01-05,2024-02-10",
    "D1,1,Closing,9,2024-01-05,2024-03-10",
)
SMALLER = "D2,1,Demo,6,2024-01-05,2024-01-06\n"


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_stage_and_amount_of_each_month_in_whatever_order_they_were_loaded(
    workshop: Workshop, order: tuple[int, ...]
) -> None:
    workshop.put(accounts_csv="id,name\n1,Alpha\n")
    for month in order:
        workshop.put(deals_csv=f"deal,account,stage,amount,opened,modified\n{MONTHS[month]}\n{SMALLER}")
        workshop.load(PIPELINE)
    shown = {}
    for month in (1, 2, 3):
        as_of = min(datetime(2024, month, 20, tzinfo=UTC), now(workshop))
        asked: dict[str, Any] = {"customer_id": "crm:1", "now": now(workshop), "as_of": as_of}
        deals = {deal.name: deal for deal in run_sync(workshop.store, profile, **asked).parts["deals"]}
        chosen = run_sync(workshop.store, chain, **asked)
        shown[month] = (deals["D1"].stage, deals["D1"].amount, chosen.opportunity_name, chosen.amount)
    assert shown == {
        1: ("Demo", 5.0, "D2", 6.0), 2: ("Offer", 7.0, "D1", 7.0), 3: ("Closing", 9.0, "D1", 9.0)
    }  # fmt: skip
