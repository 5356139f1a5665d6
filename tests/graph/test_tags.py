"""Tags and segments by rule: since when, until when, and why; one's own definitions; nothing done twice."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from cypher import Query
from graph.customer_filter.yaml import document
from graph.customer_group.definition import Definition, definitions
from graph.customer_group.find import samples, unheard
from graph.customer_group.standing import define, remove, standing
from graph.derive.groups import derive_groups, look_at_customers, profile_customers
from graph.derive.report import Counts
from graph.errors import NotFound, UsageError
from graph.history import open_history, read_history
from graph.merge import MergeWords, merge
from graph.profile.read import profile
from graph.service import run_sync
from graph.store import Store
from graph.writing import Author
from tests.conftest import Cli
from tests.graph.world import NOW, World, ago
from tests.history.test_kept import same_as_graph

CARRIED = Query(
    "test.carried",
    "MATCH (c:Customer)-[r:TAGGED|IN_SEGMENT]->(g:Tag|Segment) RETURN c.customer_id AS customer, "
    "coalesce(g.tag_id, g.segment_id) AS what, r.valid_from AS since, r.valid_to AS until, "
    "r.rule_version AS version, r.figures AS figures, r.source AS source ORDER BY customer, what, since",
    frozenset(),
    "read",
)
PROFILES = Query(
    "test.profiles", "MATCH (f:Profile) RETURN properties(f) AS props ORDER BY props.customer_id",
    frozenset(), "read",
)  # fmt: skip


def company() -> World:
    """Four customers: an even buyer, one that ceased, one that never bought, and one that has ended."""
    world = World()
    for key in ("even", "ceased", "never"):
        world.customer(key, created_at=ago(1000), country="DE")
    world.customer("ended", created_at=ago(1000), ended_at=ago(1))
    world.node("Product", "pump", name="Pump", family="pumps")
    for number, days in enumerate(range(20, 620, 30)):
        world.order(f"e{number}", "even", ago(days), [("pump", 1.0, 100.0)])
    for number, days in enumerate(range(230, 620, 30)):
        world.order(f"c{number}", "ceased", ago(days), [("pump", 1.0, 50.0)])
    world.node("Ticket", "t1", opened_at=ago(10))
    world.part("FOR", ("Ticket", "t1"), ("Customer", "never"))
    world.contact("ann", "even", "CEO")
    for number in range(6):
        world.met(f"m{number}", ago(5 + number), [("Contact", "ann", "from")], channel="wechat")
    return world


def derived(store: Store, now: datetime = NOW) -> dict[str, Counts]:
    """Derive profiles, tags and segments."""
    with read_history(store) as history:
        counts = {"profiles": profile_customers(store, history.connection, now)}
        for kind in ("tag", "segment"):
            counts[kind] = derive_groups(store, history.connection, kind, now)
    return counts


def carried(store: Store, what: str) -> list[dict[str, Any]]:
    """Who carries it or did."""
    return [row for row in store.read(CARRIED) if row["what"] == what]


def own(text: str) -> tuple[Definition, ...]:
    """Tags of a YAML text."""
    return definitions(document(text, "own.yml"), "tag")


def test_profiles_say_what_is_known_of_each_customer(store: Store) -> None:
    company().load(store)
    derived(store)
    found = {row["props"]["customer_id"]: row["props"] for row in store.read(PROFILES)}
    assert found.keys() == {"even", "ceased", "never"}
    even = found["even"]
    assert (even["lifecycle"], even["orders_365"], even["rhythm_days"]) == ("active", 12, 30.0)
    assert (even["value_currencies"], even["value_amounts"]) == (["EUR"], [1200.0])
    assert even["last_order_at"] == ago(20)
    assert even["due_on"] == (ago(20) + timedelta(days=30)).replace(hour=0)
    assert (even["channel"], even["hour"], even["contacts"]) == ("wechat", 12, 1)
    assert even["last_contact_at"] == ago(5)
    assert even["families_365"] == ["pumps"]
    assert even["value_change"] == pytest.approx(50.0)
    assert (even["recency"], even["frequency"], even["monetary"]) == (5, 5, 5)
    assert found["ceased"]["lifecycle"] == "lost"
    assert (found["ceased"]["recency"], found["ceased"]["monetary"]) == (1, 1)
    assert (found["never"]["lifecycle"], found["never"]["open_tickets"]) == ("potential", 1)
    assert "recency" not in found["never"]


@pytest.mark.query("profile_figures.drop", "profile_figures.standing")
def test_a_second_derive_writes_nothing_and_what_ended_goes(store: Store) -> None:
    world = company()
    world.load(store)
    derived(store)
    again = derived(store)
    assert {name: (done.written, done.removed) for name, done in again.items()} == dict.fromkeys(
        again, (0, 0)
    )
    world.restate("Customer", "never", ended_at=ago(0))
    world.load(store)
    assert derived(store)["profiles"] == Counts(2, 0, 1)


@pytest.mark.parametrize(
    ("days", "lifecycle"), [(89, "active"), (91, "dormant"), (179, "dormant"), (181, "lost")]
)
def test_how_long_a_customer_is_active(store: Store, days: int, lifecycle: str) -> None:
    world = World()
    world.customer("acme")
    world.node("Product", "pump", name="Pump")
    for number in range(6):
        world.order(f"o{number}", "acme", ago(days + 20 * number), [("pump", 1.0, 1.0)])
    world.load(store)
    derived(store)
    assert store.read(PROFILES)[0]["props"]["lifecycle"] == lifecycle


@pytest.mark.query("group.close")
def test_a_tag_begins_with_its_reason_and_ends_when_the_rule_no_longer_holds(store: Store) -> None:
    world = company()
    world.load(store)
    derived(store, ago(2))
    assert carried(store, "core:in_negotiation") == []
    deal = world.opportunity("d1", "even", opened_at=ago(1))
    world.load(store)
    derived(store, ago(1))
    (row,) = carried(store, "core:in_negotiation")
    assert (row["customer"], row["since"], row["until"], row["version"]) == ("even", ago(1), None, 1)
    assert orjson.loads(row["figures"]) == {"open_deals": 1}
    world.restate("Opportunity", deal, closed_at=ago(0.5), outcome="won")
    world.load(store)
    derived(store)
    (over,) = carried(store, "core:in_negotiation")
    assert (over["since"], over["until"]) == (ago(1), NOW)
    assert {row["what"] for row in store.read(CARRIED) if row["customer"] == "even"} >= {
        "core:loyal", "core:high_value", "core:growing", "rfm:champions",
    }  # fmt: skip


@pytest.mark.query("profile_figures.bands")
def test_the_band_of_the_churn_score_that_stands(store: Store) -> None:
    world = company()
    world.risk("s1", "even", 0.9, as_of=ago(9), until=ago(3))
    world.risk("s2", "even", 0.1, as_of=ago(3))
    world.risk("s3", "ceased", 0.9)
    world.load(store)
    derived(store)
    assert [row["customer"] for row in carried(store, "core:churn_risk")] == ["ceased"]


def test_a_tag_of_ones_own(store: Store) -> None:
    world = company()
    world.node("Tag", "vip", name="VIP", dimension="hand")
    world.fact("TAGGED", ("Customer", "never"), ("Tag", "vip"), basis="asserted")
    world.load(store)
    text = "id: quiet\nname: Quiet\nwhen:\n  any:\n    - lifecycle: lost\n    - tag: vip\n"
    (kept,) = define(store, own(text), NOW.isoformat(), NOW)
    assert kept.version == 1
    derived(store)
    assert [row["customer"] for row in carried(store, "quiet")] == ["ceased", "never"]
    (changed,) = define(store, own(text.replace("lost", "dormant")), NOW.isoformat(), NOW)
    assert changed.version == 2
    derived(store, NOW + timedelta(days=1))
    live = [row for row in carried(store, "quiet") if row["until"] is None]
    assert [(row["customer"], row["version"]) for row in live] == [("never", 2)]
    remove(store, "tag", "quiet", NOW.isoformat(), NOW)
    derived(store, NOW + timedelta(days=2))
    assert [row for row in carried(store, "quiet") if row["until"] is None] == []
    assert len(carried(store, "vip")) == 1


def test_a_tag_for_a_time_and_with_a_weight(store: Store) -> None:
    company().load(store)
    text = "id: fair\nname: Fair\nfrom: 2025-06-29\nuntil: 2025-07-02\nweight: 5\nwhen: {lifecycle: lost}\n"
    define(store, own(text), NOW.isoformat(), NOW)
    derived(store, ago(3))
    assert carried(store, "fair") == []
    derived(store, NOW)
    assert [(row["customer"], row["until"]) for row in carried(store, "fair")] == [("ceased", None)]
    (kept,) = [one for one in standing(store, "tag") if one.group_id == "fair"]
    assert (kept.weight, kept.starts_at, kept.ends_at) == (5.0, ago(1.5), ago(-1.5))
    told = run_sync(store, profile, customer_id="ceased", now=NOW)
    assert (told.parts["tags"][0].tag_id, told.parts["tags"][0].weight) == ("fair", 5.0)
    derived(store, NOW + timedelta(days=2))
    assert [row["until"] for row in carried(store, "fair")] == [NOW + timedelta(days=2)]
    with pytest.raises(UsageError, match="line 3, column 1: `from` is a day such as 2026-01-31, not `soon`"):
        own("id: a\nname: A\nfrom: soon\nweight: 99\nwhen: {country: DE}")


def test_a_tag_that_two_customers_carried_who_became_one_stands_once(store: Store) -> None:
    world = company()
    world.employee("eva")
    world.opportunity("d1", "even")
    world.opportunity("d2", "never")
    world.load(store)
    derived(store, ago(1))
    author = Author("eva", "k1", NOW, NOW)
    run_sync(store, merge, author, MergeWords("Customer", "even", "never"))
    derived(store)
    ends = sorted(row["until"] is None for row in carried(store, "core:in_negotiation"))
    assert ends == [False, True]
    assert derived(store)["tag"].removed == 0


def test_the_history_has_the_rule_that_was_defined_last_on_a_day(store: Store, tmp_path: Path) -> None:
    company().load(store)
    text = "id: quiet\nname: Quiet\nwhen: {lifecycle: lost}\n"
    open_history(store, tmp_path).close()
    for one in (text, text.replace("lost", "dormant")):
        define(store, own(one), NOW.isoformat(), NOW)
        assert same_as_graph(store, tmp_path)
    remove(store, "tag", "quiet", NOW.isoformat(), NOW)
    assert same_as_graph(store, tmp_path)


def test_a_tag_of_the_program_can_be_switched_off(store: Store) -> None:
    company().load(store)
    derived(store)
    remove(store, "tag", "core:loyal", NOW.isoformat(), NOW)
    assert "core:loyal" not in {one.group_id for one in standing(store, "tag")}
    derived(store, NOW + timedelta(hours=1))
    assert [row["until"] for row in carried(store, "core:loyal")] == [NOW + timedelta(hours=1)]
    with pytest.raises(NotFound):
        remove(store, "tag", "core:loyal", NOW.isoformat(), NOW)
    with pytest.raises(UsageError, match="take another id"):
        define(store, own("id: core:loyal\nname: x\nwhen: {country: DE}"), NOW.isoformat(), NOW)


def test_words_that_a_source_gave_as_a_rule_are_no_condition(store: Store) -> None:
    world = company()
    world.node("Segment", "big", name="Big", rule="revenue above 1M")
    world.load(store)
    assert "big" not in {one.group_id for one in standing(store, "segment")}
    assert "segment" in derived(store)


def test_a_preview_counts_shows_and_says_what_nobody_has(store: Store) -> None:
    company().load(store)
    (one,) = own("id: a\nname: A\nwhen: {country: [DE, Germany], orders_365: {at_least: 1}}")
    with read_history(store) as history:
        look_at_customers(store, history.connection, NOW)
        count, some = samples(history.connection, one.condition, NOW)
        assert (count, sorted(sample.customer_id for sample in some)) == (2, ["ceased", "even"])
        assert list(unheard(history.connection, one.condition)) == [
            "no customer has `country` 'Germany'; the commonest: DE (3)"
        ]
    assert store.read(PROFILES) == []


@pytest.mark.slow
@pytest.mark.long_on("neo4j")
def test_by_the_command_line(store: Store, cli: Cli, tmp_path: Path) -> None:
    company().load(store)
    file = tmp_path / "mine.yml"
    file.write_text("id: mine\nname: Mine\nwhen: {lifecycle: active}\n", encoding="utf-8")
    shown = orjson.loads(cli("tags", "define", file, "--preview", "--json").stdout)
    assert [(one["id"], one["customers"]) for one in shown["defined"]] == [("mine", 1)]
    assert "mine" not in cli("tags", "list").stdout
    cli("tags", "define", file)
    counts = orjson.loads(cli("derive", "tags", "--now", NOW.isoformat(), "--json").stdout)["counts"]
    assert counts["tags"]["written"] > 0
    listed = orjson.loads(cli("tags", "list", "--json").stdout)["definitions"]
    assert {one["id"]: one["customers"] for one in listed}["mine"] == 1
    assert cli("tags", "remove", "nothing", check=False).returncode == 1
    file.write_text("id: mine\nname: Mine\nwhen: {lifecycel: active}\n", encoding="utf-8")
    wrong = cli("tags", "define", file, check=False)
    assert wrong.returncode == 2
    assert "mine.yml, line 3, column 8: there is no field `lifecycel`" in wrong.stderr
