"""Ties: how interactions add up and fade, against sums written out by hand and by brute force."""

from datetime import UTC, datetime, timedelta
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypher import Query
from cypher.macros import expand
from graph.store import Store
from graph.tie import fold
from graph.tie.model import Calibration, Participation, Tie
from graph.tie.strength import (
    CHANNEL_WEIGHT,
    CO_RECIPIENT,
    COPIED,
    FAINTEST,
    FLOOR,
    LARGEST_GROUP,
    ONE_SIDED,
    decayed,
    floor,
    strength,
)
from tests.graph.small_history import measured

NOW = datetime(2025, 6, 30, tzinfo=UTC)
MEASURE = Calibration(half_life_days=90.0, scale=1.0)


def diminished(weight: float, shape: float) -> float:
    """Raw weight: each further contact adds less, by a power; what weighs `FLOOR` stays what it is."""
    return float(FLOOR * (weight / FLOOR) ** shape)


def pair_weight(mutual: float, forth: float, back: float) -> float:
    """Weight of a pair: meetings count fully, mails as far as they are answered.

    mutual: undirected weight; forth, back: weight of what the one sent to the other, and the reverse.
    Homogeneous of degree one, so that decay passes through.
    """
    return mutual + ONE_SIDED * (forth + back) + (1.0 - ONE_SIDED) * 2.0 * min(forth, back)


def mail(
    key: str, days: float, sender: str, to: list[str], cc: list[str] | None = None
) -> list[Participation]:
    """A mail among contacts (`c…`) and employees (`e…`)."""
    at = NOW - timedelta(days=days)
    parts = [(sender, "from"), *((p, "to") for p in to), *((p, "cc") for p in cc or [])]
    return [
        Participation(key, at, "email", "Employee" if p[0] == "e" else "Contact", p, part)
        for p, part in parts
    ]


def ties_of(rows: list[Participation], measure: Calibration = MEASURE) -> dict[tuple[str, str], Tie]:
    """The ties at NOW by their people."""
    found = fold.ties(fold.pairs(fold.frame(rows)), NOW, measure)
    return {(tie.start_id, tie.end_id): tie for tie in found}


def test_an_unanswered_mail_counts_a_quarter() -> None:
    assert ties_of(mail("m", 0, "e1", ["c1"]))["e1", "c1"].raw == pytest.approx(0.25)


def test_an_answer_makes_both_count_in_full() -> None:
    rows = mail("m", 0, "e1", ["c1"]) + mail("n", 0, "c1", ["e1"])
    tie = ties_of(rows)["e1", "c1"]
    assert tie.raw == pytest.approx(2.0)
    assert tie.interactions == 2
    assert set(tie.evidence) == {"Interaction:m", "Interaction:n"}


def test_half_the_weight_after_a_half_life() -> None:
    rows = mail("m", 90, "e1", ["c1"]) + mail("n", 90, "c1", ["e1"])
    assert ties_of(rows)["e1", "c1"].raw == pytest.approx(1.0)


def test_recipients_are_shared_and_copies_count_half() -> None:
    ties = ties_of(mail("m", 0, "e1", ["c1"], cc=["c2"]), Calibration(90.0, 0.1))
    assert ties["e1", "c1"].raw == pytest.approx(0.25 / 2)
    assert ties["e1", "c2"].raw == pytest.approx(0.25 * COPIED / 2)
    assert ties["c1", "c2"].raw == pytest.approx(CO_RECIPIENT / 2)


def test_a_meeting_counts_in_full_both_ways() -> None:
    rows = [Participation("m", NOW, "meeting", "Employee", "e1", "organizer"),
            Participation("m", NOW, "meeting", "Contact", "c1", "attendee")]  # fmt: skip
    assert ties_of(rows)["e1", "c1"].raw == pytest.approx(CHANNEL_WEIGHT["meeting"])


def test_mass_mail_and_monologues_tie_nobody() -> None:
    crowd = mail("m", 0, "e1", [f"c{i}" for i in range(LARGEST_GROUP)])
    alone = [Participation("n", NOW, "email", "Employee", "e2", "from")]
    assert ties_of(crowd + alone) == {}
    assert ties_of([]) == {}


def test_a_person_named_twice_counts_once() -> None:
    rows = [*mail("m", 0, "e1", ["c1"]), *mail("m", 0, "e1", ["c1"])]
    assert ties_of(rows)["e1", "c1"].raw == pytest.approx(0.25)


def test_evidence_is_the_newest_twenty() -> None:
    rows = [p for day in range(30) for p in mail(f"m{day:02}", day, "e1", ["c1"])]
    tie = ties_of(rows)["e1", "c1"]
    assert tie.evidence == tuple(f"Interaction:m{day:02}" for day in range(20))
    assert tie.interactions == 30


@pytest.mark.parametrize("seed", range(5))
def test_against_brute_force(seed: int) -> None:
    random = Random(seed)
    people = [f"e{i}" for i in range(4)] + [f"c{i}" for i in range(8)]
    rows: list[Participation] = []
    for key in range(120):
        sender, *others = random.sample(people, random.randint(2, 6))
        copied = random.randint(0, len(others) - 1)
        rows += mail(f"m{key}", random.random() * 400, sender, others[copied:], others[:copied])
    expected = brute_force(rows)
    for shape in (1.0, 0.7):
        raw = {pair: diminished(weight, shape) for pair, weight in expected.items()}
        found = ties_of(rows, Calibration(90.0, 1.0, shape))
        assert found.keys() == {pair for pair in raw if strength(raw[pair], 1.0) >= FAINTEST}
        for pair, tie in found.items():
            assert tie.raw == pytest.approx(raw[pair])
            assert tie.strength == pytest.approx(strength(raw[pair], 1.0))


def brute_force(rows: list[Participation]) -> dict[tuple[str, str], float]:
    """The formula pair by pair, without data frames."""
    sums: dict[tuple[str, str], list[float]] = {}
    for key in {row.interaction_id for row in rows}:
        group = sorted(
            (r for r in rows if r.interaction_id == key), key=lambda r: (r.kind != "Employee", r.person_id)
        )
        age = (NOW - group[0].at).total_seconds() / 86400
        weight = 0.5 ** (age / 90) / (len(group) - 1)
        for one, other in combinations(group, 2):
            mutual, forth, back = sums.setdefault((one.person_id, other.person_id), [0.0, 0.0, 0.0])
            reach = {"to": 1.0, "cc": COPIED}
            if one.part == "from":
                forth += weight * reach[str(other.part)]
            elif other.part == "from":
                back += weight * reach[str(one.part)]
            else:
                mutual += weight * CO_RECIPIENT
            sums[one.person_id, other.person_id] = [mutual, forth, back]
    return {pair: pair_weight(*parts) for pair, parts in sums.items()}


@given(
    raw=st.floats(0.001, 8.0),
    days=st.floats(0.0, 700.0),
    half_life=st.floats(30.0, 365.0),
    scale=st.floats(0.5, 5),
)
def test_reading_later_equals_deriving_later(raw: float, days: float, half_life: float, scale: float) -> None:
    later = strength(raw * 0.5 ** (days / half_life), scale)
    read = decayed(strength(raw, scale), NOW, NOW + timedelta(days=days), half_life)
    assert read == pytest.approx(later, abs=1e-9)


def test_deriving_later_is_reading_later_with_diminishing_returns() -> None:
    rows = mail("m", 3, "e1", ["c1"]) + mail("n", 40, "c1", ["e1"]) + mail("o", 200, "e1", ["c1", "c2"])
    measure = Calibration(90.0, 0.6, 0.75)
    met = fold.pairs(fold.frame(rows))
    later = NOW + timedelta(days=123)
    for now, then in zip(fold.ties(met, NOW, measure), fold.ties(met, later, measure), strict=True):
        read = decayed(now.strength, NOW, later, measure.raw_half_life_days)
        assert read == pytest.approx(then.strength)


def test_what_is_worth_an_introduction_does_not_move_with_the_shape() -> None:
    assert diminished(0.125, 0.6) == pytest.approx(0.125)
    assert strength(diminished(0.125, 0.6), 0.5) == pytest.approx(floor(0.5))


@pytest.mark.slow
def test_strengths_spread_over_the_scale() -> None:
    random = Random(11)
    rows = []
    for pair in range(400):
        for key in range(max(1, round(random.lognormvariate(1.0, 1.2)))):
            ends = [f"e{pair}", f"c{pair}"]
            random.shuffle(ends)
            rows += mail(f"m{pair}-{key}", random.random() * 60, ends[0], [ends[1]])
    met = fold.pairs(fold.frame(rows))
    measure = measured(rows, NOW)
    in_use = NOW - timedelta(days=measure.half_life_days)
    found = sorted(tie.strength for tie in fold.ties(met, NOW, measure) if tie.last_at >= in_use)
    assert found[len(found) // 2] == pytest.approx(0.35, abs=0.01)
    assert found[int(len(found) * 0.95)] == pytest.approx(0.9, abs=0.02)


@given(st.floats(0.0, 0.999), st.floats(0.0, 300.0), st.floats(0.0, 300.0))
def test_decay_composes(start: float, first: float, second: float) -> None:
    middle = NOW + timedelta(days=first)
    end = middle + timedelta(days=second)
    in_two = decayed(decayed(start, NOW, middle, 90.0), middle, end, 90.0)
    assert in_two == pytest.approx(decayed(start, NOW, end, 90.0), abs=1e-9)


@pytest.mark.parametrize("days", [0.0, 1.5, 90.0, 4000.0])
def test_queries_fade_a_tie_as_python_does(store: Store, days: float) -> None:
    text, params = expand("""
        WITH {strength: 0.7, raw: 3.0, derived_at: datetime($then), half_life_days: 90.0} AS k,
          datetime($now) AS t
        RETURN {{strength k t}} AS strength, {{raw_weight k t}} AS raw
    """)
    faded = Query("test.faded", text, params | {"then", "now"}, "read")
    row = store.read(faded, then=NOW.isoformat(), now=(NOW + timedelta(days=days)).isoformat())[0]
    assert row["strength"] == pytest.approx(decayed(0.7, NOW, NOW + timedelta(days=days), 90.0))
    assert row["raw"] == pytest.approx(3.0 * 0.5 ** (days / 90.0))


def test_the_half_life_is_the_gap_that_three_of_four_contacts_keep() -> None:
    rows = [p for day in range(0, 4000, 40) for p in mail(f"m{day}", day, "e1", ["c1"])]
    assert measured(rows, NOW).half_life_days == pytest.approx(40.0)


def test_too_little_data_leaves_the_stated_defaults() -> None:
    assert measured(mail("m", 0, "e1", ["c1"]), NOW) == Calibration(90.0, 2.0, 1.0)
