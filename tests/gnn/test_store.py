"""Reading a snapshot from the graph, training on it and writing scores back, on every engine."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pandas as pd
import pytest

from cypher import Query, template
from gnn.churn.reasons import KINDS, WORDING
from gnn.churn.risk_scores import KEPT
from gnn.churn.task import CHURN
from gnn.cross_sell.task import CROSS_SELL
from gnn.deals.table import DealTable, Kind, deal_table
from gnn.features.feature_set import feature_set
from gnn.models import serve_again
from gnn.reasons import REASONS
from gnn.registry import ModelDamaged, ModelMissing, load
from gnn.snapshot import Log, SnapshotDamaged, content_hash, cut, log_of, read_log, take
from gnn.snapshot import load as load_snapshot
from gnn.snapshot.known import known_log
from gnn.standing import moved, strongest
from gnn.switch_off import NothingServes, switch_off
from gnn.tasks import find_task
from gnn.train import train
from gnn.write_back import promote, promoted, score
from graph.clock import fixed_clock, keep_clock
from graph.forecast import forecasts
from graph.merge import MergeWords, merge
from graph.profile.pages import page
from graph.profile.read import ProfileRequest, profiles
from graph.score_view.model import Risk
from graph.service import run_sync
from graph.store import Store
from graph.writing import Author
from relgraph.work.learning import outdated
from tests.conftest import Cli
from tests.gnn.synthetic import START, company
from tests.gnn.test_deals import with_deals
from tests.graph.world import World, ago

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CUTOFF = datetime(2024, 6, 1, tzinfo=UTC)
STANDING = Query(
    "test.standing",
    "MATCH (c:Customer)-[:SCORED]->(s:RiskScore) WHERE s.until IS NULL "
    "RETURN c.customer_id AS customer, s.score_id AS score_id, s.task AS task, s.probability AS probability, "
    "s.model_id AS model_id, s.band AS band, s.scored_at AS scored_at",
    frozenset(),
    "read",
)
SUGGESTED = Query(
    "test.suggested",
    "MATCH (r:Recommendation) RETURN r.recommendation_id AS id, r.model_id AS model_id",
    frozenset(),
    "read",
)
CHECKED = Query(
    "test.checked",
    "MATCH (m:Model) WHERE m.promoted = true RETURN m.checked_at AS at, m.checked_as_of AS as_of",
    frozenset(),
    "read",
)
CLOCKS = {"valid_from": "2024-02-01T00:00:00+00:00", "source": "crm", "basis": "observed"}


def iso(at: pd.Timestamp) -> str:
    """A naive UTC timestamp as the store takes it."""
    return f"{at.isoformat()}+00:00"


def node(identity: str, **props: Any) -> dict[str, Any]:
    """A node's row."""
    return {"id": identity, "props": props}


def part(start: str, end: str, **props: Any) -> dict[str, Any]:
    """A part's row."""
    return {"start": start, "end": end, "props": props}


def fact(start: str, end: str, number: int, **props: Any) -> dict[str, Any]:
    """A fact's row."""
    return {"start": start, "end": end, "fact_id": f"f{number}", "props": CLOCKS | props}


def load_orders(store: Store, log: Log) -> None:
    """Customers, products, orders and lines of a log into the graph."""
    store.upsert_nodes("Customer", [node(c, name=c) for c in log["customers"]["customer_id"]])
    store.upsert_nodes("Product", [node(p, name=f"Product {p}") for p in log["products"]["product_id"]])
    orders = log["orders"].to_dict("records")
    store.upsert_nodes(
        "Order",
        [node(o["order_id"], ordered_at=iso(o["at"]), kind=o["kind"], amount=o["amount"]) for o in orders],
    )
    store.upsert_parts("PLACED", "Customer", "Order", [part(o["customer_id"], o["order_id"]) for o in orders])
    rows = [
        {
            "start": line["order_id"],
            "end": line["product_id"],
            "key": int(line["line"]),
            "props": {"quantity": line["quantity"], "amount": line["amount"]},
        }
        for line in log["lines"].to_dict("records")
    ]
    store.upsert_parts("CONTAINS", "Order", "Product", rows)


def load_deals(store: Store, label: Kind) -> None:
    """Many deals or leads of the first customers, with what became of them."""
    key, name = ("opportunity_id", "opportunities") if label == "Opportunity" else ("lead_id", "leads")
    deals = with_deals(label, 300)[name]
    deals = deals[deals["customer_id"] < "C040"]
    rows = [
        node(
            one[key], opened_at=iso(one["opened_at"]), closed_at=iso(one["closed_at"]), outcome=one["outcome"]
        )
        for one in deals.to_dict("records")
    ]
    store.upsert_nodes(label, rows)
    parts = zip(deals[key], deals["customer_id"], strict=True)
    store.upsert_parts("FOR", label, "Customer", [part(deal, customer) for deal, customer in parts])


def load_dealings(store: Store) -> None:
    """One of everything else, beside customers C000 and C001."""
    store.upsert_nodes("Contact", [node("p1")])
    store.upsert_nodes("Employee", [node("e1")])
    store.upsert_nodes(
        "Ticket",
        [node("t1", opened_at=iso(START), closed_at=iso(START), priority="Low", satisfaction=0.5)],
    )
    store.upsert_nodes("Opportunity", [node("d1", opened_at=iso(START), outcome="won")])
    store.upsert_nodes("Interaction", [node("i1", at=iso(START), scorer="email", direction="inbound")])
    store.upsert_facts("WORKS_AT", "Contact", "Customer", [fact("p1", "C000", 1, seniority="vp")])
    store.upsert_facts("HAS_ROLE", "Contact", "Opportunity", [fact("p1", "d1", 2, role="champion", stance=2)])
    inferred = fact("p1", "C000", 3, role="influencer") | {}
    inferred["props"] = inferred["props"] | {"basis": "inferred"}
    store.upsert_facts("HAS_ROLE", "Contact", "Customer", [inferred, fact("p1", "C000", 4, role="blocker")])
    store.upsert_facts("PARENT_OF", "Customer", "Customer", [fact("C000", "C001", 5)])
    store.upsert_facts("OWNS", "Employee", "Customer", [fact("e1", "C000", 6)])
    for label, identity in (("Ticket", "t1"), ("Opportunity", "d1"), ("Interaction", "i1")):
        store.upsert_parts("FOR", label, "Customer", [part(identity, "C000")])
    put = [part("d1", "P01", added_at=iso(START)), part("d1", "P02")]
    store.upsert_parts("ABOUT", "Opportunity", "Product", put)
    store.upsert_parts("ABOUT", "Ticket", "Product", [part("t1", "P02")])
    store.upsert_parts("PARTICIPATED_IN", "Contact", "Interaction", [part("p1", "i1")])


def load_versions(store: Store) -> None:
    """Two versions of C000's industry, one of P01's family."""
    for number, (label, identity, day, values) in enumerate(
        (
            ("Customer", "C000", "2024-02-01", {"industry": "Pumps"}),
            ("Customer", "C000", "2024-09-01", {"industry": "Optics"}),
            ("Product", "P01", "2024-02-01", {"family": "Seals"}),
            ("Product", "P02", "2026-01-01", {"name": "Undated pump"}),
            ("Product", "P02", "2026-02-01", {"name": "Pump of today"}),
            ("Ticket", "t1", "2024-02-01", {"priority": "Urgent"}),
            ("Ticket", "t1", "2024-03-01", {"priority": "Low"}),
        )
    ):
        record = {"source": "crm", "dataset": "d", "source_key": identity, "row_hash": "h", "run_id": "r"}
        known = f"{day}T00:00:00+00:00"
        store.upsert_nodes(
            "SourceRecord",
            [node(f"r{number}", known_from=known, values=orjson.dumps(values).decode(), **record)],
        )
        store.upsert_parts("RECORD_OF", "SourceRecord", label, [part(f"r{number}", identity)])


def test_orders_come_back_as_they_went_in(store: Store) -> None:
    log = company(customers=12)
    load_orders(store, log)
    found = read_log(store)
    for name in ("orders", "lines", "customers"):
        given = log[name].assign(at=log[name]["at"].dt.floor("ms")) if "at" in log[name] else log[name]
        pd.testing.assert_frame_equal(found[name], given)
    assert found["products"]["product_id"].tolist() == log["products"]["product_id"].tolist()
    assert found["customer_values"]["known_from"].isna().all()


def test_everything_else_comes_back_too(store: Store) -> None:
    load_orders(store, company(customers=12))
    load_dealings(store)
    load_versions(store)
    log = read_log(store, CUTOFF)
    first = {
        name: log[name].to_dict("records")[0]
        for name in ("jobs", "links", "owners", "tickets", "opportunities")
    }
    assert (first["jobs"]["contact_id"], first["jobs"]["seniority"]) == ("p1", "vp")
    assert (first["links"]["kind"], first["links"]["start_id"], first["links"]["end_id"]) == (
        "parent_of",
        "C000",
        "C001",
    )
    assert first["owners"]["employee_id"] == "e1"
    assert (first["tickets"]["urgent"], first["tickets"]["satisfaction"]) == (1.0, 0.5)
    assert first["opportunities"]["outcome"] == "won"
    assert log["roles"]["role"].tolist() == ["blocker", "champion"]
    assert log["interests"][["kind", "product_id"]].to_numpy().tolist() == [
        ["opportunity", "P01"],
        ["ticket", "P02"],
    ], "nobody knows since when the other product stands on the deal"
    assert log["interactions"]["customer_id"].tolist() == ["C000"]
    assert log["participations"]["person_id"].tolist() == ["p1"]
    values = log["customer_values"].set_index("customer_id")
    assert values.loc["C000", "industry"] == "Pumps"
    assert log["product_values"].set_index("product_id").loc["P01", "family"] == "Seals"


def test_what_was_deleted_says_when(store: Store) -> None:
    """All records stay, with the day; a moment before it knows nothing of the deletion."""
    log = company(customers=12)
    load_orders(store, log)
    load_dealings(store)
    store.upsert_nodes("Lead", [node("l1", opened_at=iso(START))])
    store.upsert_nodes("Invoice", [node("v1", issued_at=iso(START), kind="invoice", amount=9.0)])
    store.upsert_parts("FOR", "Lead", "Customer", [part("l1", "C000")])
    store.upsert_parts("FOR", "Invoice", "Customer", [part("v1", "C000")])
    order = log["orders"].sort_values("at")["order_id"].iloc[0]
    records = (
        ("Order", order), ("Ticket", "t1"), ("Opportunity", "d1"), ("Interaction", "i1"), ("Lead", "l1"),
        ("Invoice", "v1"), ("Customer", "C003"),
    )  # fmt: skip
    ended = "2024-05-01T00:00:00+00:00"
    for label, identity in records:
        store.upsert_nodes(label, [node(identity, ended_at=ended)])
    found = read_log(store, CUTOFF)
    tables = ("orders", "tickets", "opportunities", "interactions", "leads", "invoices", "customers")
    for (_, identity), name in zip(records, tables, strict=True):
        table = found[name]
        assert table.loc[table["ended_at"].notna()].iloc[:, 0].tolist() == [identity]
        assert table["ended_at"].max() == pd.Timestamp("2024-05-01")
        assert cut(found, pd.Timestamp("2024-05-01"))[name]["ended_at"].isna().all()
    assert set(found["lines"]["order_id"]) == set(found["orders"]["order_id"])
    assert {"p1"} == set(found["participations"]["person_id"])
    assert {"opportunity", "ticket"} == set(found["interests"]["kind"])


def test_a_ticket_knows_nothing_from_after_the_moment(store: Store) -> None:
    """Neither what it was raised to, where its first row told no priority, nor a product added later."""
    load_orders(store, company(customers=12))
    late = "2024-06-02T00:00:00+00:00"
    opened = {"opened_at": iso(START), "priority": "Urgent"}
    store.upsert_nodes("Ticket", [node("t1", **opened), node("t2", **opened)])
    store.upsert_parts("FOR", "Ticket", "Customer", [part("t1", "C000"), part("t2", "C000")])
    store.upsert_parts("ABOUT", "Ticket", "Product", [part("t1", "P01"), part("t1", "P02", added_at=late)])
    record = {"source": "crm", "dataset": "d", "source_key": "t1", "row_hash": "h", "run_id": "r"}
    told: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("r1", iso(START), {}),
        ("r2", late, {"priority": "Urgent"}),
    )
    for name, known, values in told:
        stated = {"known_from": known, "values": orjson.dumps(values).decode(), **record}
        store.upsert_nodes("SourceRecord", [node(name, **stated)])
        store.upsert_parts("RECORD_OF", "SourceRecord", "Ticket", [part(name, "t1")])
    log = read_log(store, CUTOFF)
    assert log["tickets"].set_index("ticket_id")["urgent"].to_dict() == {"t1": 0.0, "t2": 1.0}
    assert log["interests"]["product_id"].tolist() == ["P01"]


def test_what_was_sold_had_its_first_name(store: Store) -> None:
    """A product's only dated row may be an export of today; its later rows stay where they are."""
    log = company(customers=12)
    load_orders(store, log)
    load_versions(store)
    lines = log["lines"].merge(log["orders"], on="order_id")
    first_sold = lines.loc[lines["product_id"] == "P02", "at"].min()
    for moment, names in ((first_sold, []), (CUTOFF.replace(tzinfo=None), ["Undated pump"])):
        values = read_log(store, moment.replace(tzinfo=UTC))["product_values"]
        assert values.loc[values["product_id"] == "P02", "name"].tolist() == names
    values = read_log(store)["product_values"].query("product_id == 'P02'")
    assert sorted(values["known_from"]) == [first_sold.floor("ms"), pd.Timestamp("2026-02-01")]


@pytest.mark.slow
def test_a_snapshot_keeps_its_hash_when_the_future_changes(store: Store, tmp_path: Path) -> None:
    load_orders(store, company(customers=12))
    load_dealings(store)
    load_versions(store)
    before = take(store, CUTOFF, tmp_path / "a")
    store.upsert_nodes("Order", [node("new", ordered_at="2024-06-01T00:00:00+00:00", kind="sale")])
    store.upsert_parts("PLACED", "Customer", "Order", [part("C000", "new")])
    store.upsert_facts(
        "PARTNER_OF",
        "Customer",
        "Customer",
        [fact("C000", "C001", 9, known_from="2024-06-01T00:00:00+00:00")],
    )
    after = take(store, CUTOFF, tmp_path / "b")
    assert after.content_hash == before.content_hash == load_snapshot(tmp_path / "b").content_hash
    assert content_hash(cut(read_log(store), pd.Timestamp("2024-07-01"))) != before.content_hash


def test_a_damaged_snapshot_is_refused(store: Store, tmp_path: Path) -> None:
    load_orders(store, company(customers=4))
    folder = take(store, CUTOFF, tmp_path).folder
    pd.DataFrame({"customer_id": ["x"]}).to_parquet(folder / "customers.parquet")
    with pytest.raises(SnapshotDamaged, match="differ from the manifest"):
        load_snapshot(folder)
    (folder / "orders.parquet").unlink()
    with pytest.raises(SnapshotDamaged, match="missing"):
        load_snapshot(folder)


def test_a_kept_history_gives_the_same_log(store: Store, tmp_path: Path) -> None:
    load_orders(store, company(customers=6))
    load_dealings(store)
    load_versions(store)
    read, _ = known_log(store, NOW)
    kept, _ = known_log(store, NOW, tmp_path)
    assert content_hash(kept) == content_hash(read)


@pytest.mark.query("score_write.promoted", "score_write.demote", "score_write.standing_recommendations")
def test_train_and_score_write_what_the_api_reads(store: Store, tmp_path: Path) -> None:
    log = company(customers=40)
    load_orders(store, log)
    store.upsert_nodes("Customer", [node("newcomer", name="Newcomer", created_at=iso(START))])
    log = read_log(store)
    with pytest.raises(ModelMissing, match="relgraph train"):
        score(store, log, tmp_path, now=NOW, as_of=NOW)
    for task in ("churn", "cross-sell"):
        promote(store, train(log, find_task(task), tmp_path, 1, NOW, horizon_days=60).node)
    report = score(store, log, tmp_path, now=NOW, as_of=NOW)
    again = score(store, log, tmp_path, now=NOW.replace(day=2), as_of=NOW)
    assert {**report, "written": 0} == {**again, "written": 0}
    assert report["written"] == {
        name: report[name] for name in ("risk_scores", "recommendations", "embeddings")
    }
    assert (again["written"]["risk_scores"], again["written"]["recommendations"]) == (0, 0)
    assert (report["risk_scores"], report["embeddings"]) == (40, 41)
    assert len(store.read("score_write.promoted", task="churn")) == 1
    request = ProfileRequest(NOW.replace(day=3), frozenset({"risk", "suggestions"}), suggestions=99)
    found_of = run_sync(store, profiles, customer_ids=["C001", "newcomer"], request=request)
    risk, found = found_of["C001"].parts["risk"], found_of["C001"].parts["suggestions"]
    assert risk is not None
    assert risk.band in ("high", "medium", "low")
    assert 1 <= len(risk.reasons) <= REASONS
    assert all(abs(reason.contribution) >= WORDING.least and reason.text for reason in risk.reasons)
    assert {reason.feature for reason in risk.reasons} <= set(KINDS)
    owned = set(log["lines"].merge(log["orders"], on="order_id").query("customer_id == 'C001'")["product_id"])
    assert [item.rank for item in found] == list(range(1, len(found) + 1))
    assert len(found) == 10
    assert not owned & {item.product_id for item in found}
    assert {cold.fallback for cold in found_of["newcomer"].parts["suggestions"]} == {"no_history"}


@pytest.mark.slow
@pytest.mark.query(
    "score_write.scores_of", "score_write.recommendations_of", "score_write.forecasts_of"
)  # fmt: skip
def test_a_task_that_is_switched_off_says_nothing_more(
    store: Store, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gnn.switch_off.BATCH", 7)
    monkeypatch.setattr("gnn.churn.fit.MAX_EPOCHS", 2)
    load_orders(store, company(customers=40))
    log, home = read_log(store), store.config.home
    with pytest.raises(NothingServes):
        switch_off(store, "churn", NOW)
    churn = train(log, find_task("churn"), home, 1, NOW, horizon_days=60)
    promote(store, churn.node)
    as_of = (START + pd.Timedelta(days=450)).to_pydatetime().replace(tzinfo=UTC)
    written = score(store, log, home, now=NOW, as_of=as_of)
    load_sayings(store, as_of)
    later = as_of + timedelta(days=1)
    report = orjson.loads(cli("models", "off", "churn", "--now", later.isoformat(), "--json").stdout)
    nothing = {"risk_scores": 0, "recommendations": 0, "forecasts": 0}
    assert (report["task"], report["withdrawn"]) == (
        "churn",
        nothing | {"risk_scores": written["risk_scores"]},
    )
    assert _risk(store, later) is None
    assert _risk(store, later - timedelta(hours=1)) is not None, "what was said stays readable on that day"
    assert len(store.read(SUGGESTED)) == 9, "other tasks go on"
    store.write("score_write.demote", task="cross-sell", model_id="")  # cut off behind its first step
    assert switch_off(store, "cross-sell", later) == nothing | {"recommendations": 8}
    assert [row["model_id"] for row in store.read(SUGGESTED)] == ["another"]
    assert len(run_sync(store, forecasts, ["Customer:C001"], now=later, viewer=None)) == 1
    assert switch_off(store, "value", later) == nothing | {"forecasts": 1}
    assert run_sync(store, forecasts, ["Customer:C001"], now=later, viewer=None) == []
    assert outdated(store, NOW + timedelta(days=999)) == [], "the worker leaves them off"
    with pytest.raises(ModelMissing):
        score(store, log, home, now=NOW, as_of=later)
    serve_again(store, home, churn.artefact.model_id)
    written = score(store, log, home, now=NOW, as_of=later)
    assert _risk(store, later) is not None
    ended = later + timedelta(days=1)
    assert switch_off(store, "churn", ended) == nothing | {"risk_scores": written["risk_scores"]}
    assert _risk(store, ended) is None


def load_sayings(store: Store, as_of: datetime) -> None:
    """Models of two tasks with a forecast and eight suggestions of theirs, and one of another model."""
    at = as_of.isoformat()
    said = {"scored_at": at, "as_of": at, "horizon_days": 60}
    for task in ("value", "cross-sell"):
        store.upsert_nodes(
            "Model", [node(f"{task}-1", task=task, promoted=True, trained_at=at, metrics="{}")]
        )
    suggested = [node(f"s{n}", model_id="cross-sell-1", rank=n, **said) for n in range(8)]
    store.upsert_nodes("Recommendation", [*suggested, node("s8", model_id="another", rank=1, **said)])
    forecast = {"task": "value", "model_id": "value-1", "unit": "amount", "value": 9.0}
    store.upsert_nodes("Forecast", [node("f", **said, **forecast)])
    store.upsert_parts("FORECAST", "Customer", "Forecast", [part("C001", "f")])


def _risk(store: Store, moment: datetime) -> Risk | None:
    request = ProfileRequest(moment, frozenset({"risk"}))
    return run_sync(store, profiles, customer_ids=["C001"], request=request)["C001"].parts["risk"]


@pytest.mark.slow
@pytest.mark.query(
    "score_write.standing_forecasts", "score_write.end_forecasts", "forecast.of_customers",
    "forecast.of_deals",
)  # fmt: skip
def test_forecasts_are_written_once_and_end_with_their_deal(store: Store, tmp_path: Path) -> None:
    orders = company(customers=40)
    load_orders(store, orders)
    store.upsert_nodes("Order", [node(one, currency="JPY") for one in orders["orders"]["order_id"]])
    for label in ("Opportunity", "Lead"):
        load_deals(store, label)
    log = read_log(store)
    tasks = ("win", "lead", "next-order", "value")
    for task in tasks:
        promote(store, train(log, find_task(task), tmp_path, 1, NOW, horizon_days=60).node)
    now = START + pd.Timedelta(days=450)
    as_of = now.to_pydatetime().replace(tzinfo=UTC)
    known = cut(log, now)
    first = score(store, known, tmp_path, now=NOW, as_of=as_of)
    again = score(store, known, tmp_path, now=NOW.replace(day=2), as_of=as_of)
    assert first["written"]["forecasts"] == first["forecasts"] == again["forecasts"]
    assert again["written"]["forecasts"] == 0
    deals = known["opportunities"]
    still = sorted(deals.loc[deals["closed_at"].isna(), "opportunity_id"])
    asked = [*(f"Opportunity:{one}" for one in still[:2]), "Customer:C001", "Opportunity:absent"]
    found = run_sync(store, forecasts, asked, now=NOW, viewer=None)
    assert [(one.record, one.task, one.unit) for one in found] == [
        (asked[0], "win", "probability"), (asked[1], "win", "probability"),
        ("Customer:C001", "next-order", "days"), ("Customer:C001", "value", "amount"),
    ]  # fmt: skip
    assert all(0 <= one.value <= (1 if one.unit == "probability" else 1e6) for one in found)
    assert [one.currency for one in found] == [None, None, None, "JPY"]
    assert [one.low is None for one in found] == [True, True, False, False]
    assert all(one.reasons and one.reasons[0].told("zh") != one.reasons[0].text for one in found)
    assert "Contact" not in {named.kind for one in found[2:] for why in one.reasons for named in why.evidence}
    later = deals.assign(closed_at=deals["closed_at"].fillna(now), outcome=deals["outcome"].fillna("lost"))
    closed = log_of({**known.tables, "opportunities": later})
    score(store, closed, tmp_path, now=NOW, as_of=as_of)
    assert [one.record for one in run_sync(store, forecasts, asked, now=NOW, viewer=None)] == [
        "Customer:C001"
    ] * 2
    ended = store.read("score_write.forecasts_of", task="win")
    assert len(ended) == 0 < len(still), "all have ended, and are kept to be judged"
    about = template("track_record.forecasts").render(label="Opportunity", key="opportunity_id")
    assert len(store.read(about, ids=still)) == len(still)


@pytest.mark.query("score_write.old_forecasts", "score_write.drop_forecasts")
def test_only_the_newest_forecasts_are_kept(store: Store) -> None:
    """Of each record, and none as of a moment that is not now any more."""
    store.upsert_nodes("Customer", [node("C1", name="C1"), node("C2", name="C2")])
    said = {"task": "value", "unit": "amount", "value": 1.0, "scored_at": NOW.isoformat()}
    days = [f"2025-01-{day:02d}T00:00:00+00:00" for day in range(1, KEPT + 3)]
    of = {"C1": [*days, NOW.replace(year=2206).isoformat()], "C2": days[:1]}
    for customer, moments in of.items():
        nodes = [node(f"{customer} {one[:10]}", as_of=one, **said) for one in moments]
        store.upsert_nodes("Forecast", nodes)
        store.upsert_parts("FORECAST", "Customer", "Forecast", [part(customer, one["id"]) for one in nodes])
    asked = {"task": "value", "keep": KEPT, "as_of": NOW.isoformat()}
    old = [row["forecast_id"] for row in store.read("score_write.old_forecasts", **asked)]
    assert sorted(old) == ["C1 2025-01-01", "C1 2025-01-02", "C1 2206-01-01"]
    assert store.write("score_write.drop_forecasts", ids=old).rows[0]["dropped"] == 3


@pytest.mark.query("score_write.ended_forecasts", "score_write.end_forecasts")
def test_a_forecast_ends_with_a_deal_that_its_source_deleted(store: Store, tmp_path: Path) -> None:
    load_orders(store, company(customers=40))
    load_deals(store, "Opportunity")
    log = read_log(store)
    promote(store, train(log, find_task("win"), tmp_path, 1, NOW, horizon_days=60).node)
    now = START + pd.Timedelta(days=450)
    as_of = now.to_pydatetime().replace(tzinfo=UTC)
    known = cut(log, now)
    score(store, known, tmp_path, now=NOW, as_of=as_of)
    deals = known["opportunities"]
    deal = sorted(deals.loc[deals["closed_at"].isna(), "opportunity_id"])[0]
    store.upsert_nodes("Opportunity", [node(deal, ended_at=iso(now))])
    asked = [f"Opportunity:{deal}"]
    before = (as_of - timedelta(days=1), as_of)
    shown = [len(run_sync(store, forecasts, asked, now=one, viewer=None)) for one in before]
    assert shown == [1, 0], "not shown any more, before anything is scored again"
    without = deals[deals["opportunity_id"] != deal]
    score(store, log_of({**known.tables, "opportunities": without}), tmp_path, now=NOW, as_of=as_of)
    assert run_sync(store, forecasts, asked, now=before[0], viewer=None) == []
    about = template("track_record.forecasts").render(label="Opportunity", key="opportunity_id")
    assert len(store.read(about, ids=[deal])) == 1, "kept to be judged, also of who left"


@pytest.mark.query("forecast.of_customers", "alias.resolve_each")
def test_after_a_merge_the_newer_forecast_counts_by_any_id(store: Store) -> None:
    world = World()
    for customer, day, value in (("acme", 9, 20.0), ("twin", 2, 35.0)):
        world.customer(customer)
        expected = {
            "task": "next-order", "model_id": "m", "unit": "days", "value": value, "horizon_days": 90,
            "scored_at": ago(day), "as_of": ago(day),
        }  # fmt: skip
        world.node("Forecast", f"f-{customer}", **expected)
        world.part("FORECAST", ("Customer", customer), ("Forecast", f"f-{customer}"))
    world.employee("eva")
    world.load(store)
    author = Author("eva", "k", NOW, NOW, "one firm")
    run_sync(store, merge, author, MergeWords("Customer", "acme", "twin"))
    asked = ["Customer:twin", "Customer:acme", "Customer:nobody"]
    found = run_sync(store, forecasts, asked, now=NOW, viewer=None)
    assert [(one.record, one.value) for one in found] == [("Customer:twin", 35.0), ("Customer:acme", 35.0)]


def test_the_same_number_of_days_from_a_later_moment_is_another_day() -> None:
    january, june = (f"2025-{month}-01T00:00:00+00:00" for month in ("01", "06"))
    props = {"model_id": "m", "unit": "days", "value": 90.0, "low": 10.0, "high": 90.0, "as_of": january}
    stands = props | {"as_of": datetime.fromisoformat(january)}
    days = (datetime.fromisoformat(june) - datetime.fromisoformat(january)).days
    ahead = {"value": 200.0, "low": 160.0, "high": 220.0}
    same_day = {name: number - days for name, number in ahead.items()}
    assert not moved(stands, props)
    assert moved(stands, props | {"as_of": june})
    assert not moved(stands | ahead, props | same_day | {"as_of": june})
    assert moved(stands, props | {"high": 95.0})
    assert moved(stands, props | {"low": 5.0})


def load_pipeline(store: Store) -> None:
    """A deal and a lead that are open at the cut-off, with a stage, an amount and a role known by then."""
    store.upsert_nodes("Contact", [node("p1"), node("p2")])
    store.upsert_nodes("Opportunity", [node("open", opened_at="2024-05-01T00:00:00+00:00")])
    store.upsert_nodes("Lead", [node("lead", opened_at="2024-05-01T00:00:00+00:00")])
    store.upsert_parts("FOR", "Opportunity", "Customer", [part("open", "C000")])
    store.upsert_facts(
        "HAS_ROLE", "Contact", "Opportunity", [fact("p1", "open", 1, role="champion", stance=2)]
    )
    load_record(store, "r1", "Opportunity", "open", "2024-05-01", {"stage": "talks", "amount": 100})
    load_record(store, "r2", "Lead", "lead", "2024-05-01", {"stage": "new"})


def load_record(
    store: Store, record: str, label: str, identity: str, day: str, values: dict[str, Any]
) -> None:
    """What a source said of a record on a day."""
    known = {"known_from": f"{day}T00:00:00+00:00", "values": orjson.dumps(values).decode()}
    origin = {"source": "crm", "dataset": "d", "source_key": identity, "row_hash": record, "run_id": "r"}
    store.upsert_nodes("SourceRecord", [node(record, **known, **origin)])
    store.upsert_parts("RECORD_OF", "SourceRecord", label, [part(record, identity)])


def change_the_future(store: Store) -> None:
    """After the cut-off both are won: products and customers are linked, roles, amounts and owners change."""
    late = "2024-07-01T00:00:00+00:00"
    won_late = {"closed_at": late, "opened_at": "2024-05-01T00:00:00+00:00"}
    store.upsert_nodes("Opportunity", [node("open", outcome="won", **won_late)])
    store.upsert_nodes("Lead", [node("lead", outcome="converted", **won_late)])
    store.upsert_parts("ABOUT", "Opportunity", "Product", [part("open", f"P{n:02d}") for n in range(1, 6)])
    store.upsert_parts("FOR", "Lead", "Customer", [part("lead", "C001")])
    load_record(store, "r3", "Opportunity", "open", "2024-07-01", {"stage": "won", "amount": 9e6})
    load_record(store, "r4", "Lead", "lead", "2024-07-01", {"stage": "converted", "outcome": "converted"})
    dismissed = fact("p1", "open", 1, role="champion", stance=2, dismissed_at=late)
    learned = fact("p2", "open", 2, role="blocker", stance=-2, known_from=late)
    store.upsert_facts("HAS_ROLE", "Contact", "Opportunity", [dismissed, learned])
    store.upsert_nodes("Employee", [node("e1")])
    store.upsert_facts("OWNS", "Employee", "Opportunity", [fact("e1", "open", 3, valid_from=late)])
    store.upsert_facts("OWNS", "Employee", "Customer", [fact("e1", "C000", 4, valid_from=late)])
    store.upsert_facts("WORKS_AT", "Contact", "Customer", [fact("p2", "C000", 5, known_from=late)])
    ticket = node("t1", opened_at="2024-05-01T00:00:00+00:00", closed_at=late, satisfaction=0.1)
    store.upsert_nodes("Ticket", [ticket, node("t2", opened_at=late)])
    store.upsert_parts("FOR", "Ticket", "Customer", [part("t1", "C000"), part("t2", "C000")])
    store.upsert_nodes("Order", [node("later", ordered_at=late, kind="sale", amount=9e6, currency="JPY")])
    store.upsert_parts("PLACED", "Customer", "Order", [part("C000", "later")])


def test_what_becomes_known_later_changes_no_feature_of_deals(store: Store) -> None:
    load_orders(store, company(customers=12))
    opened = {"opened_at": "2024-05-01T00:00:00+00:00"}
    store.upsert_nodes("Ticket", [node("t1", **opened)])
    store.upsert_parts("FOR", "Ticket", "Customer", [part("t1", "C000")])
    load_pipeline(store)
    before = features_of_deals(store)
    assert [len(table.ids) for table in before] == [1, 1]
    change_the_future(store)
    for was, now in zip(before, features_of_deals(store), strict=True):
        assert now.ids.tolist() == was.ids.tolist()
        assert now.stages.tolist() == was.stages.tolist()
        names = [name for name, a, b in zip(was.names, was.values[0], now.values[0], strict=True) if a != b]
        assert names == []


def features_of_deals(store: Store) -> list[DealTable]:
    """Of deals and leads at the cut-off, from all that is known today."""
    at_cutoff = feature_set(read_log(store), pd.Timestamp("2024-06-01"), pd.Timedelta(days=60))
    return [deal_table(at_cutoff, "Opportunity"), deal_table(at_cutoff, "Lead")]


@pytest.mark.query("score_write.old_scores", "score_write.drop_scores")
def test_only_the_newest_scores_are_kept(store: Store) -> None:
    store.upsert_nodes("Customer", [node("C1", name="C1")])
    for day in range(1, KEPT + 3):
        store.upsert_nodes(
            "RiskScore", [node(f"s{day:02d}", task="churn", scored_at=f"2025-01-{day:02d}T00:00:00+00:00")]
        )
        store.upsert_parts("SCORED", "Customer", "RiskScore", [part("C1", f"s{day:02d}")])
    asked = {"task": "churn", "keep": KEPT, "as_of": NOW.isoformat()}
    old = [row["score_id"] for row in store.read("score_write.old_scores", **asked)]
    assert sorted(old) == ["s01", "s02"]
    assert store.write("score_write.drop_scores", score_ids=old).rows[0]["dropped"] == 2


def test_a_score_as_of_a_later_moment_is_replaced(store: Store) -> None:
    """Such as one made while a mistyped year had moved the company's now."""
    store.upsert_nodes("Customer", [node("C1", name="C1")])
    for key, as_of in (("right", NOW), ("mistyped", NOW.replace(year=2206))):
        stamps = {"scored_at": NOW.isoformat(), "as_of": as_of.isoformat()}
        store.upsert_nodes("RiskScore", [node(key, task="churn", **stamps)])
        store.upsert_parts("SCORED", "Customer", "RiskScore", [part("C1", key)])
    dropped = store.read("score_write.old_scores", task="churn", keep=KEPT, as_of=NOW.isoformat())
    assert [row["score_id"] for row in dropped] == ["mistyped"]


def test_the_log_ends_at_the_companys_now(store: Store) -> None:
    """Meetings ahead are in the graph, and are no history."""
    load_orders(store, company(customers=3))
    keep_clock(store, fixed_clock(NOW), NOW)
    met = {"met": NOW, "planned": NOW + timedelta(days=3)}
    store.upsert_nodes(
        "Interaction", [node(key, at=at.isoformat(), channel="visit") for key, at in met.items()]
    )
    log, now = known_log(store)
    assert now == NOW
    assert log["interactions"]["interaction_id"].tolist() == ["met"]
    assert known_log(store, NOW - timedelta(days=1))[1] == NOW - timedelta(days=1)


@pytest.mark.query("score_write.standing_scores", "score_write.end_scores")
def test_what_did_not_change_is_not_written_again_and_stays_current(store: Store, tmp_path: Path) -> None:
    """Of forty customers one's score was another, and one has a score though it has no order any more."""
    load_orders(store, company(customers=40))
    store.upsert_nodes("Customer", [node("former", name="Former")])
    log, later = read_log(store), NOW + timedelta(hours=5)
    promote(store, train(log, CHURN, tmp_path, 1, NOW, horizon_days=60).node)
    score(store, log, tmp_path, now=NOW, as_of=NOW)
    by_customer = {risk["customer"]: risk for risk in store.read(STANDING)}
    former = by_customer["C000"] | {
        "score_id": "former",
        "scored_at": NOW.isoformat(),
        "as_of": NOW.isoformat(),
    }
    props = {name: former[name] for name in former if name not in ("customer", "score_id")}
    store.upsert_nodes("RiskScore", [{"id": "former", "props": props}])
    store.upsert_parts("SCORED", "Customer", "RiskScore", [part("former", "former")])
    other = by_customer["C001"]
    store.upsert_nodes("RiskScore", [node(other["score_id"], probability=abs(other["probability"] - 0.02))])
    near = by_customer["C002"]
    store.upsert_nodes("RiskScore", [node(near["score_id"], probability=abs(near["probability"] - 0.004))])

    report = score(store, log, tmp_path, now=later, as_of=later)

    assert (report["risk_scores"], report["written"]["risk_scores"]) == (40, 1)
    now_standing = {risk["customer"]: risk for risk in store.read(STANDING)}
    renewed = {key for key, risk in now_standing.items() if risk["scored_at"] == later}
    assert renewed == {"C001"}
    assert now_standing["C001"]["probability"] == other["probability"]
    assert "former" not in now_standing
    lines = run_sync(store, page, request=ProfileRequest(later), first=100, order="risk").lines
    assert {line.customer_id for line in lines if line.parts["risk"] is not None} == set(now_standing)
    assert len(lines) == 41
    (checked,) = store.read(CHECKED)
    assert (checked["at"], checked["as_of"]) == (later, later)


def test_what_is_compared_says_whether_a_score_moved() -> None:
    why: list[dict[str, Any]] = [
        {"text": "the last order is 12 days old: lowers the risk", "contribution": -0.2}
    ]
    other = [{"text": "the last order is 190 days old: raises the risk", "contribution": 0.4}]
    stands = {"model_id": "m", "band": "low", "probability": 0.1, "strongest": strongest(why)}
    assert strongest(why) != strongest(other)
    assert strongest([{"text": "the last order is 13 days old: lowers the risk"}]) == stands["strongest"]
    assert not moved(stands, stands | {"probability": 0.1099})
    changes: list[dict[str, Any]] = [
        {"probability": 0.11}, {"band": "medium"}, {"model_id": "n"}, {"strongest": strongest(other)},
        {"rank": 2}, {"fallback": "no_history"},
    ]  # fmt: skip
    assert all(moved(stands, stands | change) for change in changes)


@pytest.mark.query("score_write.promoted", "score_write.demote", "score_write.stray_recommendations")
def test_one_model_serves_and_stray_suggestions_go(store: Store, tmp_path: Path) -> None:
    for name in ("a", "b"):
        promote(store, node(name, task="churn", trained_at=NOW.isoformat(), promoted=True))
    assert [row["model_id"] for row in store.read("score_write.promoted", task="churn")] == ["b"]
    with pytest.raises(ModelMissing, match="RELGRAPH_HOME"):
        promoted(store, tmp_path, "churn")
    stamps = {"old": "2025-01-01", "new": "2025-01-02", "mistyped": "2205-01-02"}
    rows = [node(name, model_id="m", as_of=f"{day}T00:00:00+00:00") for name, day in stamps.items()]
    store.upsert_nodes(
        "Recommendation", [*rows, node("other", model_id="x", as_of="2025-01-01T00:00:00+00:00")]
    )
    stray = {"model_ids": ["m"], "as_of": NOW.isoformat(), "limit": 10}
    assert store.write("score_write.stray_recommendations", **stray).rows[0]["dropped"] == 2


@pytest.mark.query("score_write.drop_recommendations")
def test_a_suggestion_that_is_made_no_longer_goes(store: Store, tmp_path: Path) -> None:
    load_orders(store, company(customers=40))
    log = read_log(store)
    promote(store, train(log, CROSS_SELL, tmp_path, 1, NOW, horizon_days=60).node)
    score(store, log, tmp_path, now=NOW, as_of=NOW)
    before = sorted(row["id"] for row in store.read(SUGGESTED))
    store.upsert_nodes(
        "Recommendation", [node("gone", model_id=store.read(SUGGESTED)[0]["model_id"], rank=11)]
    )
    store.upsert_parts("FOR", "Recommendation", "Customer", [part("gone", "C000")])
    score(store, log, tmp_path, now=NOW, as_of=NOW)
    assert sorted(row["id"] for row in store.read(SUGGESTED)) == before


@pytest.mark.slow
def test_an_artefact_is_itself_and_nothing_else(tmp_path: Path) -> None:
    first = train(company(customers=30), CROSS_SELL, tmp_path, 5, NOW, horizon_days=60)
    second = train(company(customers=30), CROSS_SELL, tmp_path / "again", 5, NOW, horizon_days=60)
    assert first.artefact.model_id == second.artefact.model_id
    assert load(tmp_path / "models", first.artefact.model_id).config == first.artefact.config
    config = first.folder / "config.json"
    config.write_bytes(config.read_bytes().replace(b'"seed": 5', b'"seed": 6'))
    with pytest.raises(ModelDamaged, match="altered"):
        load(tmp_path / "models", first.artefact.model_id)
    (first.folder / "weights.pt").write_bytes(b"no tensors")
    with pytest.raises(ModelDamaged, match="cannot be read"):
        load(tmp_path / "models", first.artefact.model_id)
