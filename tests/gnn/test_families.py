"""What speaks for a product by way of its family: counts, tastes, and sentences that tell them."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from gnn.cross_sell.families import Families
from gnn.cross_sell.ranking import RankingInput
from gnn.cross_sell.reasons import Paths
from gnn.cross_sell.scorers import OF_FAMILIES, SCORERS, CandidateScorers, scaled
from gnn.cross_sell.subjects import subjects
from gnn.cross_sell.taste import taste
from gnn.features.feature_set import feature_set
from gnn.features.history import History
from gnn.snapshot import Log, log_of
from gnn.snapshot.cut import as_of
from tests.gnn.synthetic import START, full, tables

CUTOFF, HORIZON = START + pd.Timedelta(days=100), pd.Timedelta(days=50)


def small(**more: pd.DataFrame) -> Log:
    """C000 bought of two families, long ago and lately; C001 of one; P3 has no family."""
    orders = [
        ("O0", "C000", "sale", 1.0, START),
        ("O1", "C000", "sale", 1.0, START + pd.Timedelta(days=50)),
        ("O2", "C001", "sale", 1.0, START + pd.Timedelta(days=50)),
        ("O3", "C002", "sale", 1.0, START + pd.Timedelta(days=50)),
    ]
    lines = [
        (order, product, number, 1.0, 1.0)
        for number, (order, product) in enumerate(
            [("O0", "P0"), ("O1", "P1"), ("O1", "P2"), ("O2", "P2"), ("O3", "P3")]
        )
    ]
    described = pd.DataFrame(
        {"product_id": ["P0", "P1", "P2", "P3"], "family": ["pumps", "pumps", "valves", None]}
    )
    return log_of(dict(tables(orders, lines, 3)) | {"product_values": described} | more)


def history(log: Log) -> History:
    return History(as_of(log, CUTOFF), CUTOFF, HORIZON)


def subject_tables() -> dict[str, pd.DataFrame]:
    """A closed deal about valves and a ticket of the same id about pumps; an open deal about pumps."""
    early = START + pd.Timedelta(days=50)
    deals = pd.DataFrame(
        {
            "opportunity_id": ["1", "2"],
            "customer_id": ["C001", "C002"],
            "opened_at": early,
            "closed_at": [early + pd.Timedelta(days=10), pd.NaT],
        }
    )
    tickets = pd.DataFrame({"ticket_id": ["1"], "customer_id": ["C002"], "opened_at": [early]})
    about = pd.DataFrame(
        {
            "kind": ["opportunity", "ticket", "opportunity"],
            "source_id": ["1", "1", "2"],
            "product_id": ["P2", "P0", "P1"],
            "at": early,
        }
    )
    return {"opportunities": deals, "tickets": tickets, "interests": about}


def test_a_family_is_used_lately_and_since_when() -> None:
    families = Families(history(small()))
    assert families.codes.tolist() == [0, 0, 1, -1]
    assert families.used.toarray().tolist() == [[1, 1], [0, 1], [0, 0]]
    assert families.lately.toarray() == pytest.approx(np.array([[2**-0.5, 2**-0.5], [0, 2**-0.5], [0, 0]]))
    assert families.begun.toarray() == pytest.approx(np.array([[0.25, 0.5], [0, 0.5], [0, 0]]))


def test_deals_and_tickets_speak_for_families_and_are_told_apart() -> None:
    """A deal and a ticket may have one id."""
    log = small(**subject_tables())
    told = subjects(history(log))
    assert [(row, column) for row, column in zip(told["row"], told["column"], strict=True)] == [
        (1, 2), (2, 1), (2, 0)
    ]  # fmt: skip
    scorers = CandidateScorers(history(log))
    assert scorers.families.discussed.toarray() == pytest.approx(
        np.array([[0, 0], [0, 2**-0.5], [2 * 2**-0.5, 0]])
    )
    assert np.argwhere(scorers.interest.toarray()).tolist() == [[2, 1]], "open deals alone"


def test_without_families_nothing_is_said_of_them() -> None:
    log = small(product_values=pd.DataFrame({"product_id": ["P0"], "name": ["a"]}))
    scorers = CandidateScorers(history(log))
    rows = np.arange(3)
    assert not any(scorers.paths[name](rows).any() for name in (*OF_FAMILIES, "taste"))
    every, products = {name: scorers.paths[name] for name in SCORERS}, len(scorers.range)
    np.testing.assert_array_equal(scaled(scorers.ranged, rows, products), scaled(every, rows, products))


def test_the_range_is_told_what_all_products_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = CandidateScorers(history(small())).paths
    monkeypatch.setattr("gnn.cross_sell.scorers.RANGE", 2)
    part, rows = CandidateScorers(history(small())), np.arange(3)
    assert part.range_is_part
    assert part.neighbours.conditional.shape[1] == 2
    cut = {name: whole[name].only(part.range) for name in SCORERS}
    np.testing.assert_array_equal(scaled(part.ranged, rows, 2), scaled(cut, rows, 2))


def test_taste_is_told_across_families_and_not_by_how_much_is_bought() -> None:
    """Products 0–2 and 3–5 are families; who takes the first of one takes the first of the other."""
    draw = np.random.default_rng(1)
    kind = np.repeat([0, 1, 2], 40)
    bought = np.zeros((120, 6))
    for start in (0, 3):
        own = draw.random((120, 3)) < np.where(np.arange(3) == kind[:, None], 0.7, 0.1)
        bought[:, start : start + 3] = own & (draw.random(120) < 0.8)[:, None]
    families = sparse.csr_matrix(np.repeat(np.eye(2), 3, axis=0))
    model = taste(sparse.csr_matrix(bought), families, 1.0)
    few, many = np.array([[1.0, 0, 0, 0, 0, 0]]), np.array([[1.0, 1, 1, 0, 0, 0]])
    said = model.scores(sparse.csr_matrix(few))[0, 3:]
    assert said[0] > max(said[1:]) + 0.01
    assert np.ptp(model.scores(sparse.csr_matrix(many))[0, 3:]) < np.ptp(said) / 3, (
        "all of a family: no taste"
    )
    alone = taste(sparse.csr_matrix(bought), sparse.csr_matrix((6, 1)), 1.0)
    assert not alone.scores(sparse.csr_matrix(few)).any()


def test_sentences_count_families() -> None:
    """Every sentence about a family says what a recount of the log says."""
    log = full()
    names = {f"P{number:02d}": f"family {number // 5}" for number in range(30)}
    described = pd.DataFrame({"product_id": list(names), "family": list(names.values())})
    log = log_of(dict(log.tables) | {"product_values": described})
    features = feature_set(log, START + pd.Timedelta(days=300), HORIZON)
    past = features.history.log
    bought = past["lines"].merge(past["orders"], on="order_id")
    users = bought.assign(family=bought["product_id"].map(names)).groupby("family")["customer_id"].agg(set)
    industry = past["customer_values"].set_index("customer_id")["industry"]
    links, paths, seen = past["links"], Paths(RankingInput(features)), set()
    for row in range(0, 80, 5):
        customer = features.history.customers[row]
        linked = set(links.loc[links["start_id"] == customer, "end_id"]) | set(
            links.loc[links["end_id"] == customer, "start_id"]
        )
        peers = {one for one in set(bought["customer_id"]) if industry[one] == industry[customer]}
        for column in range(0, 30, 2):
            family = names[features.history.products[column]]
            for kind in ("linked_family", "industry_family", "discussed"):
                found = paths._describe[kind](row, column)
                if found is None:
                    continue
                said = found[0].figures
                seen.add(kind)
                assert said["family"] == family
                if kind == "linked_family":
                    assert (said["buyers"], said["linked"]) == (len(users[family] & linked), len(linked))
                if kind == "industry_family":
                    assert (said["buyers"], said["among"]) == (len(users[family] & peers), len(peers))
    assert seen == {"linked_family", "industry_family", "discussed"}
