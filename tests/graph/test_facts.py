"""The identity of a fact, and the rules by which facts are read: as of a moment, for a viewer."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypher import Query
from cypher.macros import expand
from graph.facts import fact_id
from graph.store import Store
from tests.graph.world import World

DAY = datetime(2024, 1, 1, tzinfo=UTC)
PARTS = ("OWNS", "e1", "c1", "crm", "k1", DAY)


def test_an_id_is_the_same_for_ever() -> None:
    assert fact_id(*PARTS) == "79577a4074dc52b06e4b989d1efe5816"
    assert len(fact_id(*PARTS)) == 32


WEST = timezone(timedelta(hours=-5))
TEXTS = st.tuples(*[st.text(max_size=4)] * 5)


@pytest.mark.parametrize(
    "same", [DAY.replace(tzinfo=None), "2024-01-01", "2024-01-01T08:00:00+08:00", DAY.astimezone(WEST)]
)
def test_the_moment_counts_not_its_spelling(same: datetime | str) -> None:
    assert fact_id(*PARTS[:5], same) == fact_id(*PARTS)


@given(TEXTS, TEXTS)
def test_other_parts_other_id(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert (fact_id(*one, DAY) == fact_id(*other, DAY)) == (one == other)  # type: ignore[call-arg] # five texts


def test_a_moment_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="yesterday"):
        fact_id(*PARTS[:5], "yesterday")


def clocks(
    valid_from: datetime,
    valid_to: datetime | None = None,
    known_from: datetime | None = None,
    known_to: datetime | None = None,
) -> dict[str, str | None]:
    """The four moments of a fact, as text."""
    moments = {"valid_from": valid_from, "valid_to": valid_to, "known_from": known_from, "known_to": known_to}
    return {name: moment.isoformat() if moment else None for name, moment in moments.items()}  # fmt: skip


FACTS = {
    "begins now": (clocks(DAY), True, True),
    "begins later": (clocks(DAY + timedelta(seconds=1)), False, False),
    "ends now": (clocks(DAY - timedelta(days=9), DAY), False, True),
    "ends later": (clocks(DAY - timedelta(days=9), DAY + timedelta(seconds=1)), True, True),
    "known from now": (clocks(DAY - timedelta(days=9), known_from=DAY), True, True),
    "known later": (clocks(DAY - timedelta(days=9), known_from=DAY + timedelta(days=1)), False, False),
    "retracted now": (clocks(DAY - timedelta(days=9), known_to=DAY), False, False),
    "retracted later": (clocks(DAY - timedelta(days=9), known_to=DAY + timedelta(days=1)), True, True),
}
TEXT, _ = expand("""
    WITH datetime($at) AS t
    UNWIND $facts AS fact
    WITH t, {valid_from: datetime(fact.valid_from), valid_to: datetime(fact.valid_to),
      known_from: datetime(fact.known_from), known_to: datetime(fact.known_to)} AS w
    RETURN {{true_at w t}} AS true_then, {{known_at w t}} AS known_then
""")
AS_OF = Query("test.as_of", TEXT, frozenset({"at", "facts"}), "read")


def test_as_of_wants_both_clocks(store: Store) -> None:
    rows = store.read(AS_OF, at=DAY.isoformat(), facts=[fact for fact, _, _ in FACTS.values()])
    found = {name: (row["true_then"], row["known_then"]) for name, row in zip(FACTS, rows, strict=True)}
    assert found == {name: (true, known) for name, (_, true, known) in FACTS.items()}


VISIBLE = {
    "": {"unmarked", "company"},
    "eva": {"unmarked", "company", "evas", "evas team's"},
    "emil": {"unmarked", "company", "evas team's"},
    "sol": {"unmarked", "company", "sols team's"},
    "tom": {"unmarked", "company"},
}
TEXT, PARAMS = expand("""
    MATCH (:Employee {employee_id: 'eva'})-[w:OWNS]->(c:Customer)
    WHERE {{seen_by_viewer w}} RETURN c.customer_id AS name, {{seen_by_company w}} AS to_all
""")
SEEN = Query("test.seen", TEXT, PARAMS, "read")


def test_a_fact_is_seen_by_all_by_its_owner_or_by_the_owners_team(store: Store) -> None:
    """Eva and Emil are a team, Tom is of another; Sol and Pia have none and share nothing."""
    world = World()
    for employee, team in {"eva": "north", "emil": "north", "tom": "south", "sol": None, "pia": None}.items():
        world.employee(employee, team=team)
    marks: dict[str, dict[str, str | None]] = {
        "unmarked": {},
        "company": {"visibility": "company", "owner_id": "tom"},
        "evas": {"visibility": "owner", "owner_id": "eva"},
        "evas team's": {"visibility": "team", "owner_id": "eva"},
        "sols team's": {"visibility": "team", "owner_id": "sol"},
        "nobody's": {"visibility": "owner"},
        "a team's, of nobody": {"visibility": "team"},
        "a stranger's team's": {"visibility": "team", "owner_id": "gone"},
    }
    for name, mark in marks.items():
        world.customer(name)
        world.fact("OWNS", ("Employee", "eva"), ("Customer", name), **mark)
    world.load(store)
    for viewer, expected in VISIBLE.items():
        rows = store.read(SEEN, viewer=viewer)
        assert {row["name"] for row in rows} == expected, viewer
        assert {row["name"] for row in rows if row["to_all"]} == VISIBLE[""]
