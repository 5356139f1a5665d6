"""Reporting lines from mails: on generated logs whose chart is known, and through the command."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from bench.hierarchy.distances import distance_log, draw_distances
from bench.hierarchy.habits import Habits, To, draw_habits, habit_log
from bench.hierarchy.plain import plain_log, plain_settings
from bench.hierarchy.sorts import makes
from bench.hierarchy.threads import draw_threads, thread_log
from gnn.evaluate.classification import brier
from gnn.features.history import Ints
from gnn.reporting_lines.boosted import Examples
from gnn.reporting_lines.calibration import calibrate
from gnn.reporting_lines.candidates import pairs_of
from gnn.reporting_lines.choice import choose
from gnn.reporting_lines.evaluate import (
    NoMails,
    Question,
    by_lines,
    by_mail,
    evaluate,
    fold_of,
    judge,
)
from gnn.reporting_lines.evidence import Evidence
from gnn.reporting_lines.fit_sureness import CHANGE, Case, fit_sureness
from gnn.reporting_lines.known_chart import Known, with_chart
from gnn.reporting_lines.line_signs import closeness, line_signs, supposed
from gnn.reporting_lines.mail_log import MailLog, mail_log
from gnn.reporting_lines.measures import Judged, measures
from gnn.reporting_lines.model import Knowledge, Look, Ranked, fitted, rank, softmax
from gnn.reporting_lines.pairs import Signals, signals
from gnn.reporting_lines.second_look import pairs_by_mail
from gnn.reporting_lines.traffic import traffic
from gnn.reporting_lines.truth import NOBODY, Truth, TruthUnreadable, find_people, read_truth
from graph.errors import UsageError
from graph.store import Store
from simulate.mail_log import export
from simulate.mail_log.mails import GeneratedLog, draw_log
from simulate.mail_log.settings import Kind, draw_settings
from tests.conftest import Cli
from tests.graph.world import World
from tests.paths import REPO

pytestmark = pytest.mark.slow

NAMES = ("hit@1", "hit@3", "ece", "ece_expected", "brier_skill", "people", "candidates")
PEOPLE = 70
MAPPING = REPO / "simulate/mail_log/mapping.yml"


def generated(seed: int = 3) -> GeneratedLog:
    """A small office."""
    settings = replace(
        draw_settings(Kind.OFFICE, seed, PEOPLE), mails=3_000, leads_unnamed=0.0, elsewhere=0.0
    )
    return draw_log(settings, seed)


@pytest.fixture(scope="module")
def office() -> GeneratedLog:
    return generated()


@pytest.fixture(scope="module")
def log(office: GeneratedLog) -> MailLog:
    return as_log(office, PEOPLE)


def as_log(made: GeneratedLog, people: int) -> MailLog:
    names = tuple(f"Employee|mail:{number}" for number in range(people))
    return MailLog(names, made.sender, made.at, made.mail, made.person, made.copied)


@pytest.fixture(scope="module")
def truth(office: GeneratedLog) -> Truth:
    return of(office.lines())


def of(lines: Sequence[tuple[int, int]]) -> Truth:
    array = np.array(lines, dtype=np.int64)
    return Truth(array[:, 0], array[:, 1], tuple(f"mail:{person}" for person in array[:, 0]))


@pytest.mark.parametrize(
    "question", [Question(), Question(known_managers=True), Question(known_share=0.8)], ids=str
)
def test_the_superior_is_found_far_more_often_than_by_chance(
    log: MailLog, truth: Truth, question: Question
) -> None:
    found = evaluate(log, truth, question)
    assert tuple(found) == NAMES
    assert found["people"] == len(truth.person)
    assert found["hit@1"] > 4 / found["candidates"]
    assert found["hit@3"] > found["hit@1"]
    assert found == evaluate(log, truth, question), "the same log, truth and seed give the same"


def test_what_is_told_helps() -> None:
    """Where mails alone say little: on the easy office they name nearly everybody's superior."""
    company = draw_log(replace(draw_settings(Kind.MATRIX, 905, 90), mails=4_000), 905)
    alone, managers, chart = (
        evaluate(as_log(company, 90), of(company.lines()), question)["hit@1"]
        for question in (Question(), Question(known_managers=True), Question(known_share=0.8))
    )
    assert alone < managers
    assert alone < chart


def test_nobody_is_left_out(log: MailLog, truth: Truth) -> None:
    """Unknown people, an unknown superior, one's own superior and rows told twice all count."""
    odd = [(NOBODY, 3), (3, NOBODY), (NOBODY, NOBODY), (4, 4)]
    more = of([*zip(truth.person.tolist(), truth.manager.tolist(), strict=True), *odd, *odd])
    for question in (Question(), Question(known_managers=True), Question(known_share=0.8)):
        judged = judge(log, more, question)
        assert len(judged.place) == len(truth.person) + 2 * len(odd)
        assert not judged.place[-2 * len(odd) :].any()
        assert (judged.probability[more.person == NOBODY] == 0).all()


def test_superiors_whom_the_graph_does_not_know_are_no_candidates(log: MailLog, truth: Truth) -> None:
    strangers = replace(truth, manager=np.full(len(truth.manager), NOBODY))
    found = evaluate(log, strangers, Question(known_managers=True))
    assert (found["hit@3"], found["candidates"]) == (0.0, 0.0)
    assert found["people"] == len(truth.person)
    assert all(np.isfinite(value) for value in found.values())


def test_somebody_without_mail_is_a_miss(log: MailLog, truth: Truth) -> None:
    silent = replace(log, people=(*log.people, "Employee|mail:silent"))
    more = of([*zip(truth.person.tolist(), truth.manager.tolist(), strict=True), (PEOPLE, 0)])
    judged = judge(silent, more, Question())
    assert (judged.place[-1], judged.probability[-1], judged.candidates[-1]) == (0, 0.0, 0)


def test_a_graph_without_mails_says_what_to_do(log: MailLog, truth: Truth) -> None:
    nothing = np.zeros(0, dtype=np.int64)
    empty = MailLog(log.people, nothing, nothing, nothing, nothing, nothing.astype(np.bool_))
    with pytest.raises(NoMails, match="relgraph ingest"):
        evaluate(empty, truth, Question())


def test_every_row_is_hidden_once_and_a_person_whole(truth: Truth) -> None:
    twice = of([*zip(truth.person.tolist(), truth.manager.tolist(), strict=True)] * 2)
    folds = fold_of(twice, Question(known_share=0.8))
    assert set(folds) == set(range(5))
    assert (folds[: len(truth.person)] == folds[len(truth.person) :]).all()


def test_hidden_lines_do_not_reach_the_signs(log: MailLog, truth: Truth) -> None:
    """A known person's own line changes nothing in the signs of that person."""
    found = signals(traffic(log))
    person, manager = truth.person, truth.manager
    bosses, reports = np.unique(manager, return_counts=True)
    several = bosses[reports > 1]
    row = next(row for row in range(len(person)) if manager[row] in several)
    other = manager.copy()
    other[row] = next(boss for boss in several if boss not in {manager[row], person[row]})
    first, second = (
        _signs_of(found, person[row], Known.lines(person, lines, PEOPLE)) for lines in (manager, other)
    )
    pd.testing.assert_frame_equal(first, second)


def _signs_of(found: Signals, person: int, known: Known) -> pd.DataFrame:
    pairs = with_chart(pairs_of(found, known, only_managers=False), found, known)
    rows = pairs.person == person
    more = line_signs(pairs, found, closeness(found), known.matrix)
    return pd.DataFrame(pairs.values[rows], pairs.candidate[rows], list(pairs.names)).join(
        pd.DataFrame(more[rows], pairs.candidate[rows])
    )


def test_lines_are_supposed_of_those_who_are_not_known(log: MailLog, truth: Truth) -> None:
    found = signals(traffic(log))
    known = Known.lines(truth.person[::2], truth.manager[::2], PEOPLE)
    pairs = pairs_of(found, known, only_managers=False)
    lines = supposed(pairs, known, np.zeros(len(pairs.person)))
    stated = known.above != NOBODY
    assert (lines[stated] != known.matrix[stated]).nnz == 0
    asked = np.setdiff1d(pairs.person, np.flatnonzero(stated))
    assert len(asked), "somebody is not known"
    assert lines[asked].sum(axis=1).max() <= 1 + 1e-5
    counts = np.bincount(pairs.person, minlength=PEOPLE)
    few = asked[counts[asked] <= 50]
    np.testing.assert_allclose(lines[few].sum(axis=1), 1.0, rtol=1e-5)


def test_a_choice_finds_the_weights_that_drew_it() -> None:
    """Of 500 people, each with five candidates, the chosen were drawn by known weights."""
    draw = np.random.default_rng(4)
    weight, person = np.array([1.5, -1.0, 0.0]), np.repeat(np.arange(500), 5)
    values, start = draw.normal(size=(2_500, 3)).astype(np.float32), draw.normal(size=2_500)
    noise = draw.gumbel(size=2_500)
    score = (start + values @ weight + noise).reshape(500, 5)
    true = (score == score.max(axis=1, keepdims=True)).ravel()
    true[: 5 * 20] = False  # twenty without a true candidate say nothing
    found = choose(Examples(person, values, true), start, ridge=0.1)
    np.testing.assert_allclose(found.weight, weight, atol=0.25)
    assert found.factor == pytest.approx(1.0, abs=0.25)
    held = choose(Examples(person, values, true), start, ridge=1e6)
    assert abs(held.weight).max() < 1e-3
    unknown = choose(Examples(person, values, np.zeros_like(true)), start, ridge=0.1)
    np.testing.assert_array_equal(unknown(start, values), start)


def test_known_lines_teach_what_no_model_was_fitted_on() -> None:
    """Conversations of which few follow the chart, of a make that no ranking was fitted on."""
    threads, above = thread_log(replace(draw_threads(610), people=120, hardness=0.9), 610)
    found, person = signals(traffic(threads)), np.flatnonzero(above != NOBODY)
    told = person[person % 5 != 0]
    known = Known.lines(told, above[told], len(above))
    pairs = with_chart(pairs_of(found, known, only_managers=False), found, known)
    plain = rank(pairs, fitted(Knowledge.CHART))
    corrected = by_lines(found, known, seed=7)
    hidden = person[person % 5 == 0]
    assert _right(corrected, hidden, above) > _right(plain, hidden, above)


def _right(lists: Ranked, person: Ints, above: Ints) -> int:
    first = np.flatnonzero(np.diff(lists.person, prepend=-1))
    chosen = dict(zip(lists.person[first].tolist(), lists.candidate[first].tolist(), strict=True))
    return sum(chosen.get(int(one)) == above[one] for one in person)


def test_softmax_is_per_person() -> None:
    found = softmax(np.array([0, 0, 5]), np.array([1.0, 2.0, 900.0]))
    power = np.exp([1.0, 2.0])
    np.testing.assert_allclose(found, [*(power / power.sum()), 1.0])


def test_calibration_takes_back_what_is_too_sure() -> None:
    draw = np.random.default_rng(0)
    true = draw.uniform(0.05, 0.6, 4_000)
    said = true**0.5
    right = draw.random(4_000) < true
    corrected = calibrate(said, right)(said)
    assert abs(corrected - true).mean() < 0.03
    assert calibrate(np.zeros(0), np.zeros(0, dtype=np.bool_))(np.array([0.0, 0.3])).tolist() == [
        0.0,
        pytest.approx(0.3),
    ]


def test_sureness_follows_the_evidence_and_keeps_the_order(log: MailLog) -> None:
    found = signals(traffic(log))
    before, after = rank(pairs_by_mail(found), fitted(Knowledge.MAIL, Look.SECOND)), by_mail(found)
    assert (before.person == after.person).all()
    assert (before.candidate == after.candidate).all()
    starts = np.flatnonzero(np.diff(after.person, prepend=-1))
    assert np.add.reduceat(after.probability, starts).max() <= 1 + 1e-9
    rest = np.diff(after.probability) <= 0
    assert rest[np.diff(after.person) == 0].all(), "the likeliest stays first"
    assert after.probability.min() >= 0
    assert after.probability.max() <= 1


def test_a_second_look_finds_more_than_the_first() -> None:
    """On companies that neither was fitted on: who mails with nobody above is known by the others."""
    first, second = 0, 0
    for company in makes(range(905, 907)):
        person = np.flatnonzero(company.above != NOBODY)
        found = signals(traffic(company.log))
        pairs = pairs_of(found, Known.nothing(len(company.above)), only_managers=False)
        first += _right(rank(pairs, fitted(Knowledge.MAIL)), person, company.above)
        second += _right(by_mail(found), person, company.above)
    assert second > 1.2 * first


def tidy() -> Habits:
    """A company with one habit only: mails to the superior."""
    shares = np.zeros(len(To))
    shares[[To.SUPERIOR, To.CIRCLE]] = 1.0, 1e-9
    return replace(
        draw_habits(1), people=60, mails=1_200, span=5.0, mailboxes=1.0, charted=1.0, copies=True,
        moments=True, shares=shares, silent=0.0, unheard=0.0, elsewhere=0.0, assistants=0.0,
        copy_superior=0.0, copy_several=0.0, answers=0.0, bursts=0.0, lost=0.0,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_logs_of_every_make_are_logs(seed: int) -> None:
    """The same seed gives the same; nobody writes to themselves or twice to one."""
    habits, distances = draw_habits(seed), draw_distances(seed)
    twice = zip(
        (habit_log(habits, seed), distance_log(distances, seed)),
        (habit_log(habits, seed), distance_log(distances, seed)),
        strict=True,
    )
    for (log, above), (again, same) in twice:
        np.testing.assert_array_equal(log.person, again.person)
        np.testing.assert_array_equal(above, same)
        assert (log.sender[log.mail] != log.person).all()
        parts = np.stack([log.mail, log.person], axis=1)
        assert len(np.unique(parts, axis=0)) == len(parts)
        assert (log.recipients > 0).all()
        named = np.flatnonzero(above != NOBODY)
        assert (above[named] != named).all()
        assert (above[above[named]] != named).all(), "nobody reports to somebody who reports to them"


def test_each_habit_shows_in_the_mails() -> None:
    plain, above = habit_log(tidy(), 1)
    to_superior = plain.person == above[plain.sender[plain.mail]]
    assert to_superior[plain.sender[plain.mail] != 0].all(), "only the head has none to write to"
    assert not plain.copied.any()
    silent, _ = habit_log(replace(tidy(), silent=1.0), 1)
    assert (silent.person != above[silent.sender[silent.mail]]).mean() > 0.9
    assistants, _ = habit_log(replace(tidy(), assistants=1.0), 1)
    assert (assistants.person != above[assistants.sender[assistants.mail]]).any()
    lost, _ = habit_log(replace(tidy(), lost=0.5), 1)
    assert 0.4 < len(lost.person) / len(plain.person) < 0.6
    few, _ = habit_log(replace(tidy(), mailboxes=0.1, senior_mailboxes=False), 1)
    assert len(few.sender) < len(plain.sender) / 2
    answered, _ = habit_log(replace(tidy(), answers=0.5), 1)
    assert 1.3 < len(answered.sender) / len(plain.sender) < 1.7
    days, _ = habit_log(replace(tidy(), moments=False), 1)
    assert not (days.at % 86_400).any()
    paper = habit_log(replace(tidy(), elsewhere=1.0), 1)[1]
    assert (paper != above).mean() > 0.8
    named = habit_log(replace(tidy(), charted=0.5), 1)[1]
    assert (named == NOBODY).mean() > 0.3


def test_mails_fall_off_with_distance() -> None:
    settings = replace(draw_distances(2), people=80, mails=8_000, fall=1.2, desks=0.0, silent=0.0,
                       elsewhere=0.0, several=0.0)  # fmt: skip
    log, above = distance_log(settings, 2)
    near = (log.person == above[log.sender[log.mail]]) | (above[log.person] == log.sender[log.mail])
    pairs = 2 * (above != NOBODY).sum() / (80 * 79)
    assert near.mean() > 3 * pairs


def test_a_plain_log_is_surer_than_one_without_a_chart() -> None:
    easy, people = plain_log(replace(plain_settings(0.0, 3), people=60, mails=1_500), 3)
    draw = np.random.default_rng(3)
    noise = replace(easy, person=draw.permutation(easy.person), sender=draw.permutation(easy.sender))
    sure, unsure = (by_mail(signals(traffic(one))) for one in (easy, noise))
    mean_sure, mean_unsure = (
        one.probability[np.flatnonzero(np.diff(one.person, prepend=-1))].mean() for one in (sure, unsure)
    )
    assert mean_sure > mean_unsure + 0.2
    person = np.flatnonzero(people != NOBODY)
    found = evaluate(easy, of([(int(one), int(people[one])) for one in person]), Question())
    assert found["hit@1"] > 0.7
    assert found["ece"] < 0.15, "0.3 before sureness was adapted"


def test_sureness_is_found_again() -> None:
    """Labels drawn from changed log odds: the fit finds the change, on people it has not seen."""
    draw = np.random.default_rng(1)
    taught = [drawn_case(draw) for _ in range(40)]
    adapted = fit_sureness(taught, Knowledge.MAIL)
    fresh = [drawn_case(draw) for _ in range(20)]
    right = np.concatenate([case.right for case in fresh])
    said = np.concatenate([case.probability for case in fresh])
    corrected = np.concatenate([adapted(case.probability, case.evidence) for case in fresh])
    assert brier(right.astype(float), corrected) < brier(right.astype(float), said) - 0.05
    assert abs(corrected.mean() - right.mean()) < 0.05


def drawn_case(draw: np.random.Generator) -> Case:
    """A company of 50 whose first candidates are right by `odds`, while half is said of everybody."""
    everybody = np.arange(50)
    names = {name.removeprefix("mean_") for name in CHANGE[Knowledge.MAIL]}
    signs = {name: draw.normal(size=50) for name in sorted(names)}
    right = draw.random(50) < expit(1.0 + 2.0 * signs["odds"])
    evidence = Evidence(everybody, everybody, signs)
    return Case(evidence, np.full(50, 0.5), np.ones(50, dtype=np.bool_), right)


def test_measures_by_hand() -> None:
    judged = Judged(np.array([1, 3, 4, 0]), np.array([0.9, 0.4, 0.3, 0.0]), np.array([5, 5, 5, 0]))
    found = measures(judged, seed=1)
    assert (found["hit@1"], found["hit@3"], found["people"], found["candidates"]) == (0.25, 0.5, 4, 3.75)
    assert found["ece"] == pytest.approx((0.1 + 0.4 + 0.3) / 4)
    assert found["brier_skill"] == pytest.approx(1 - (0.01 + 0.16 + 0.09) / (0.5625 + 3 * 0.0625))


def test_one_mail_written_once_per_recipient_is_one_mail() -> None:
    parts = pd.DataFrame(
        {"mailing": [1, 2, 3], "sender": 0, "at": [100, 100, 200], "person": [1, 2, 1], "copied": False}
    )
    assert mail_log(("a", "b", "c"), parts).recipients.tolist() == [2, 1]
    days = parts.assign(at=86_400)
    assert mail_log(("a", "b", "c"), days).recipients.tolist() == [1, 1, 1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("person,boss\na,b\n", "columns person and manager"),
        ("", "columns person and manager"),
        ("person,manager\n", "at least one row"),
        ("person,manager\n\xff".encode("latin-1"), "UTF-8"),
    ],
)
def test_a_file_that_is_no_truth_is_refused(text: str | bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / "truth.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(TruthUnreadable, match=said):
        read_truth(file)


def test_rows_are_read_as_they_stand(tmp_path: Path) -> None:
    file = tmp_path / "truth.csv"
    file.write_text("\ufeffManager; person;unit\nb ;a;x\n;c;\n", encoding="utf-8")
    assert read_truth(file) == [("a", "b"), ("c", "")]
    with pytest.raises(TruthUnreadable, match="cannot be read"):
        read_truth(tmp_path / "absent.csv")


@pytest.mark.parametrize(
    "wrong",
    [
        {"known_managers": True, "known_share": 0.8},
        {"known_share": 1.0},
        {"known_share": 0.8, "folds": 4},
    ],
)
def test_questions_that_contradict_themselves(wrong: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        Question(**wrong)  # type: ignore[arg-type]


@pytest.mark.query("alias.people")
def test_people_by_every_kind_of_id(store: Store) -> None:
    world = World()
    world.customer("acme")
    world.contact("c1", None)
    world.node("Employee", "e1", name="E")
    for alias, label, one in (
        ("Employee|hr:7", "Employee", "e1"),
        ("Contact|hr:7", "Contact", "c1"),
        ("Contact|crm:8", "Contact", "c1"),
    ):
        world.node("Alias", alias)
        world.part("ALIAS_OF", ("Alias", alias), (label, one))
    world.load(store)
    lines = [("hr:7", "crm:8"), ("e1", "c1"), ("nobody", "")]
    found = find_people(store, ("Contact|c1", "Employee|e1"), lines)
    assert found.person.tolist() == [1, 1, NOBODY]
    assert found.manager.tolist() == [0, 0, NOBODY]


@pytest.mark.long_on("neo4j")
def test_the_command_judges_what_ingest_loaded(office: GeneratedLog, cli: Cli, tmp_path: Path) -> None:
    export.write_exports(office, tmp_path / "mails")
    export.write_truth(office, tmp_path / "truth.csv")
    cli("ingest", tmp_path / "mails", "--mapping", MAPPING)
    done = cli(
        "evaluate",
        "hierarchy",
        "--truth",
        tmp_path / "truth.csv",
        "--known-share",
        0.8,
        "--folds",
        5,
        "--json",
    )
    assert done.stdout.count("\n") == 1
    found = json.loads(done.stdout)
    assert tuple(found) == NAMES
    assert all(isinstance(value, (int, float)) for value in found.values())
    assert found["people"] == len(office.lines())
    assert found["hit@1"] > 0.2
    wrong = cli("evaluate", "hierarchy", "--truth", MAPPING, check=False)
    assert wrong.returncode == 2
    assert "person and manager" in wrong.stderr
    assert cli("evaluate", "hierarchy", check=False).returncode == 2
    assert cli("evaluate", "churn", check=False).returncode == 2
