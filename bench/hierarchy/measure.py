"""The tables: plain baselines and the model at three states of knowledge, kind by kind and all together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np

from bench.hierarchy.baselines import places, scored
from bench.hierarchy.companies import Company
from bench.report import Cell, Table
from gnn.reporting_lines.evaluate import Question, judge
from gnn.reporting_lines.measures import Judged, measures

SEED = 7
COLUMNS = ("who answers", "people", "hit@1", "hit@3", "ECE", "by chance", "Brier skill", "candidates")
STATES = {
    "mail alone": Question(),
    "superiors known": Question(known_managers=True),
    "80% of the chart known": Question(known_share=0.8),
}
Answers = dict[tuple[str, str], list[Judged]]


def measure(companies: Iterable[Company]) -> list[Table]:
    """A table per state of knowledge, all companies pooled; then one by kind of company."""
    answers, by_kind = defaultdict(list), defaultdict(list)
    for company in companies:
        for (state, who), judged in _answers(company).items():
            answers[state, who].append(judged)
            if who == "model":
                by_kind[state, str(company.kind)].append(judged)
    return [*(_table(state, answers) for state in STATES), _kinds(by_kind)]


def _answers(company: Company) -> Mapping[tuple[str, str], Judged]:
    found, truth, plain = {}, company.truth, scored(company.log)
    managers = np.zeros(len(company.log.people), dtype=np.bool_)
    managers[truth.manager] = True
    for state, question in STATES.items():
        for name, score in plain.items():
            among = managers if question.known_managers else None
            place = places(score, truth.person, truth.manager, among)
            found[state, name] = Judged(place, np.zeros(len(place)), np.zeros(len(place), dtype=np.int64))
        found[state, "model"] = judge(company.log, truth, question)
    return found


def pooled(parts: list[Judged]) -> Judged:
    """The rows of several companies together."""
    return Judged(
        np.concatenate([part.place for part in parts]),
        np.concatenate([part.probability for part in parts]),
        np.concatenate([part.candidates for part in parts]),
    )


def _table(state: str, answers: Mapping[tuple[str, str], list[Judged]]) -> Table:
    rows = [_row(who, pooled(parts)) for (known, who), parts in answers.items() if known == state]
    return Table(state, COLUMNS, rows)


def _kinds(by_kind: Mapping[tuple[str, str], list[Judged]]) -> Table:
    rows = [_row(f"{state}, {kind}", pooled(parts)) for (state, kind), parts in sorted(by_kind.items())]
    return Table("The model by kind of company", COLUMNS, rows)


def _row(who: str, judged: Judged) -> tuple[Cell, ...]:
    found = measures(judged, SEED)
    shown = [f"{found[name]:.3f}" for name in ("hit@1", "hit@3")]
    if judged.probability.any():
        shown += [f"{found[name]:.3f}" for name in ("ece", "ece_expected", "brier_skill")]
        shown.append(f"{found['candidates']:.0f}")
    else:
        shown += ["", "", "", ""]
    return (who, int(found["people"]), *shown)
