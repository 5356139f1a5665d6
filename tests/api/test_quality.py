"""The quality of the data through the API: for whoever sees all rows, and for no widget."""

from datetime import timedelta

from graph.quality import Measure, Origin, Place, Share, Told
from graph.quality.keep import keep
from graph.quality.missing import raise_alerts
from graph.store import Store
from graphql_api.config import wall_clock
from graphql_api.security import TokenBook
from tests.api.client import Client
from tests.api.conftest import Signed
from tests.graph.world import NOW, World

PHONE = Place("crm", "Customer", "phone")
TOLD = Told(origins={PHONE: Origin("accounts", "accounts.csv", ("Tel",))})
ASKED = """{ quality { at since
  measures(label: "Customer") { source label field records expected completeness { part whole value }
    validity { value } changeOf change }
  alerts(locale: ZH) { message severity source label field state play { withinDays } } } }"""


def measures(filled: int) -> list[Measure]:
    shares = {"completeness": Share(filled, 10)}
    return [
        Measure(PHONE, 10, True, shares),  # type: ignore[arg-type] # a test's own word
        Measure(Place("", "Contact", "email"), 4, True, {}),
    ]


async def test_the_newest_measurement_and_what_to_repair(store: Store, signed: Signed) -> None:
    assert (await signed(None, "executive").data(ASKED))["quality"] is None
    keep(store, measures(6), NOW - timedelta(days=30), NOW)
    keep(store, measures(8), NOW, NOW)
    keep(store, measures(1), NOW + timedelta(days=400), NOW)
    raise_alerts(store, measures(8), TOLD, NOW)
    told = (await signed(None, "executive").data(ASKED))["quality"]
    (measure,) = told["measures"]
    assert measure == {
        "source": "crm", "label": "Customer", "field": "phone", "records": 10, "expected": True,
        "completeness": {"part": 8, "whole": 10, "value": 0.8}, "validity": None,
        "changeOf": "COMPLETENESS", "change": measure["change"],
    }  # fmt: skip
    assert round(measure["change"], 6) == 0.2
    (alert,) = told["alerts"]
    assert "“Tel”" in alert["message"]
    assert (alert["source"], alert["field"], alert["state"]) == ("crm", "phone", "OPEN")


async def test_what_is_to_be_repaired_is_decided_like_any_alert(store: Store, signed: Signed) -> None:
    world = World()
    world.employee("eva")
    world.load(store)
    raise_alerts(store, measures(8), TOLD, NOW)
    (row,) = store.read("quality.alerts", kind="field_missing", limit=5, scope={"all": True})
    decide = """mutation ($id: ID!) { muteAlert(input: {alert: $id, reason: "known"}) { __typename
      ... on DataAlertDecided { repeated dataAlert { source field state } } } }"""
    alert_id = row["alert"]["alert_id"]
    done = await signed("eva").data(decide, id=alert_id)
    assert done["muteAlert"] == {
        "__typename": "DataAlertDecided", "repeated": False,
        "dataAlert": {"source": "crm", "field": "phone", "state": "MUTED"},
    }  # fmt: skip
    refused = await signed("eva", "account_manager").data(decide, id=alert_id)
    assert refused["muteAlert"]["__typename"] == "AlertNotFound"


async def test_a_decision_sent_again_when_all_is_repaired_is_told_so(store: Store, signed: Signed) -> None:
    world = World()
    world.employee("eva")
    world.load(store)
    raise_alerts(store, measures(8), TOLD, NOW)
    (row,) = store.read("quality.alerts", kind="field_missing", limit=5, scope={"all": True})
    decide = """mutation ($id: ID!) { completeAlert(input: {alert: $id, key: "k"}) { __typename } }"""
    alert_id = row["alert"]["alert_id"]
    done = await signed("eva").data(decide, id=alert_id)
    assert done["completeAlert"]["__typename"] == "DataAlertDecided"
    raise_alerts(store, measures(10), TOLD, NOW)
    again = await signed("eva").data(decide, id=alert_id)
    assert again["completeAlert"]["__typename"] == "AlertIsOver"


async def test_whoever_sees_some_rows_only_is_told_nothing(
    store: Store, signed: Signed, book: TokenBook
) -> None:
    keep(store, measures(8), NOW, NOW)
    for role in ("account_manager", "team_lead", "widget"):
        assert await signed("ann", role).codes(ASKED) == ["FORBIDDEN"]
    of_region = book.create(employee_id=None, role="support", days=1, now=wall_clock(), regions=("north",))
    assert (await Client(signed().http, of_region.token).data(ASKED))["quality"] is None
