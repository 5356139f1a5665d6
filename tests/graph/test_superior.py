"""Superiors: what signs weigh, against counts by hand; that confidence means what it says."""

from datetime import UTC, datetime
from math import exp, log
from random import Random

import pytest

from graph.job import Job
from graph.parameters import Parameters, from_json
from graph.reporting_line.copies import Copied, Copies
from graph.reporting_line.superior import (
    DECLARED_SOFTNESS,
    ENOUGH,
    Case,
    best,
    case,
    declared,
    learn,
)
from graph.tie.model import Calibration
from graph.title import read_title

SINCE = datetime(2024, 1, 1, tzinfo=UTC)
TITLES = ("CEO", "Sales Director", "Purchasing Manager", "Purchasing Agent", "Engineer")


def job(contact: str, title: str, customer: str = "acme") -> Job:
    """A job that goes on."""
    reading = read_title(title)
    key = f"{customer}-{contact}"
    return Job(customer, contact, key, reading, reading.department, SINCE, None, SINCE, None, "company", None)


def seen(**pairs: int) -> Copies:
    """`bob_ann=2`: Ann was in copy on two of Bob's mails."""
    split = {tuple(pair.split("_")): times for pair, times in pairs.items()}
    return Copies(
        {(one, other): Copied(times, SINCE, ("Interaction:m",)) for (one, other), times in split.items()},
        {one: 2 * times for (one, _), times in split.items()},
    )


STAFF = [job("ann", "CEO"), job("bob", "Purchasing Manager"), job("cat", "Purchasing Agent")]


def test_without_stated_lines_the_declared_weights_stand() -> None:
    weights = learn([])
    assert (weights.learned, weights.softness) == (False, DECLARED_SOFTNESS)
    asked = case(STAFF[2], STAFF, {}, seen(cat_bob=2))
    found = best(asked, weights)
    assert found is not None
    scores = {
        one.job.contact_id: sum(map(declared, one.signs)) / DECLARED_SOFTNESS for one in asked.colleagues
    }
    assert found[0].contact_id == "bob"
    assert found[1] == pytest.approx(exp(scores["bob"]) / (1 + sum(map(exp, scores.values()))))
    assert found[1] > 0.8


def test_the_highest_has_nobody_above_with_confidence() -> None:
    found = best(case(STAFF[0], STAFF, {}, Copies()), learn([]))
    assert found is not None
    assert found[1] < 0.2


def test_who_works_alone_has_no_superior() -> None:
    assert best(case(STAFF[0], STAFF[:1], {}, Copies()), learn([])) is None


def test_copies_outweigh_the_title() -> None:
    found = best(case(STAFF[2], STAFF, {}, seen(cat_ann=3)), learn([]))
    assert found is not None
    assert found[0].contact_id == "ann"


def test_the_line_in_question_is_no_sign_of_itself() -> None:
    asked = case(STAFF[2], STAFF, {"cat": "bob", "dan": "ann"}, Copies())
    reports = {one.job.contact_id: one.signs[-1] for one in asked.colleagues}
    assert reports == {"ann": ("reports", "1"), "bob": ("reports", "0")}


def world(companies: int, seed: int) -> list[Case]:
    """Companies of five; the superior is one of the higher, in copy on 70% of one's mails, others on 5%."""
    random = Random(seed)
    cases = []
    for number in range(companies):
        name = f"c{number}"
        staff = [job(f"{name}p{rank}", title, name) for rank, title in enumerate(TITLES)]
        above = {one.contact_id: random.choice(staff[:rank]) for rank, one in enumerate(staff) if rank}
        pairs = {}
        for one in staff:
            for other in staff:
                chance = 0.7 if above.get(one.contact_id) == other else 0.05
                times = sum(random.random() < chance for _ in range(3))
                if one != other and times:
                    pairs[one.contact_id, other.contact_id] = Copied(times, SINCE, ())
        told = {person: boss.contact_id for person, boss in above.items()}
        copies = Copies(pairs, dict.fromkeys((one.contact_id for one in staff), 3))
        cases += [case(one, staff, told, copies) for one in staff]
    return cases


def test_learned_confidence_means_what_it_says() -> None:
    weights = learn(world(200, 1))
    assert weights.learned
    fresh = [(one.stated, best(one, weights)) for one in world(200, 2) if one.stated]
    right = [found[0].contact_id == stated for stated, found in fresh if found]
    sure = [found[1] for _, found in fresh if found]
    assert sum(right) / len(right) > 0.8
    assert sum(sure) / len(sure) == pytest.approx(sum(right) / len(right), abs=0.04)


def test_a_weight_is_the_log_ratio_of_counted_shares() -> None:
    cases = world(60, 3)
    weigh = learn(cases).weigh
    signs = [
        (one.stated == other.job.contact_id, sign)
        for one in cases
        if one.stated
        for other in one.colleagues
        for sign in other.signs
        if sign[0] == "department"
    ]
    kinds = {sign for _, sign in signs}
    for sign in kinds:
        shares = []
        for side in (True, False):
            counted = [found for said, found in signs if said == side]
            shares.append((counted.count(sign) + 0.5) / (len(counted) + 0.5 * (len(kinds) + 1)))
        assert weigh(sign) == pytest.approx(log(shares[0] / shares[1]))


def test_too_few_lines_teach_nothing() -> None:
    known = [one for one in world(20, 4) if one.stated][: ENOUGH - 1]
    assert not learn(known).learned


def test_learning_does_not_depend_on_order() -> None:
    cases = world(40, 5)
    one, other = learn(cases), learn(cases[::-1])
    assert one.softness == other.softness
    assert [best(asked, one) for asked in cases] == [best(asked, other) for asked in cases]


def test_parameters_that_were_kept_are_those_that_were_learned() -> None:
    known = world(40, 6)
    parameters = Parameters(Calibration(90.0, 2.0, 0.7), learn(known))
    kept = from_json(parameters.to_json())
    assert kept.calibration == parameters.calibration
    assert kept.weights.learned
    assert [best(one, kept.weights) for one in known] == [best(one, parameters.weights) for one in known]
    assert from_json('{"half_life_days": 60.0, "scale": 1.0}').weights == learn([])
