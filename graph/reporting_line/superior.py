"""Who of a person's colleagues is the superior: signs, weighed by what the stated reporting lines show.

Naive Bayes over a person's colleagues: each sign of a colleague (ranks, departments, who is in copy on whose
mail, other reports) weighs `log P(sign | superior) − log P(sign | not)`, counted over the stated lines with
half a count added. The confidence of the best colleague is

    e^(s/softness) / (1 + Σ over colleagues e^(s/softness)),    s = Σ weights

where 1 stands for "none of them". Signs are not independent, so `softness` ≥ 1 takes their sum back to what
held on the stated lines of other customers (cross-validation, temperature scaling: Guo et al., 2017).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, log
from typing import Any, NamedTuple
from zlib import crc32

from graph.job import Job
from graph.reporting_line.copies import Copies

Sign = tuple[str, ...]
"""Kind of the sign, then its values."""
ENOUGH = 50
"""Stated lines from which weights are counted; with fewer the declared ones stand."""
FOLDS = 5
SOFTNESS = tuple(1.0 + step / 4 for step in range(13))
"""Tried from 1 to 4."""
DECLARED_SOFTNESS = 1.5
HALF = 0.5
NONE: Counter[Sign] = Counter()


class Colleague(NamedTuple):
    """Somebody at the same customer, with the signs for or against being the superior."""

    job: Job
    signs: tuple[Sign, ...]


class Case(NamedTuple):
    """A person, the colleagues, and whom the sources state as superior (null: nobody)."""

    person: Job
    colleagues: tuple[Colleague, ...]
    stated: str | None


@dataclass(frozen=True)
class SignCounts:
    """How often each sign was seen in superiors (`yes`) and in other colleagues (`no`), by kind of sign."""

    yes: Mapping[str, Counter[Sign]]
    no: Mapping[str, Counter[Sign]]

    def weigh(self, sign: Sign) -> float:
        """Log-odds of the sign among superiors against other colleagues, half a count added."""
        yes, no = self._totals.get(sign[0], (HALF, HALF))
        superiors, others = (counted.get(sign[0], NONE)[sign] for counted in (self.yes, self.no))
        return log((superiors + HALF) / yes) - log((others + HALF) / no)

    @cached_property
    def _totals(self) -> Mapping[str, tuple[float, float]]:
        """Per kind all signs in superiors and in others, half a count added for each sign and one unseen."""
        found = {}
        for kind in self.yes.keys() | self.no.keys():
            yes, no = self.yes.get(kind, NONE), self.no.get(kind, NONE)
            room = HALF * (len(yes.keys() | no.keys()) + 1)
            found[kind] = yes.total() + room, no.total() + room
        return found


@dataclass(frozen=True, slots=True)
class Weights:
    """How signs are weighed: as counted over stated lines, else (without counts) as declared here."""

    counts: SignCounts | None = None
    softness: float = DECLARED_SOFTNESS

    @property
    def learned(self) -> bool:
        """Whether stated lines were counted."""
        return self.counts is not None

    def weigh(self, sign: Sign) -> float:
        """The weight of a sign for being the superior, in log-odds."""
        return declared(sign) if self.counts is None else self.counts.weigh(sign)

    def to_rows(self) -> dict[str, Any]:
        """Plain values for `from_rows`: the softness, and `[sign…, yes, no]` of every sign counted."""
        rows = []
        if self.counts is not None:
            yes, no = (
                {sign: times for of_kind in counted.values() for sign, times in of_kind.items()}
                for counted in (self.counts.yes, self.counts.no)
            )
            rows = [[*sign, yes.get(sign, 0), no.get(sign, 0)] for sign in sorted(yes.keys() | no.keys())]
        return {"softness": self.softness, "learned": self.learned, "signs": rows}

    @classmethod
    def from_rows(cls, values: Mapping[str, Any]) -> "Weights":
        """The weights of `to_rows`."""
        if not values["learned"]:
            return cls(None, values["softness"])
        counted: tuple[dict[str, Counter[Sign]], ...] = (defaultdict(Counter), defaultdict(Counter))
        for *sign, yes, no in values["signs"]:
            for side, times in zip(counted, (yes, no), strict=True):
                if times:
                    side[sign[0]][tuple(sign)] = times
        return cls(SignCounts(*counted), values["softness"])


def case(person: Job, staff: Sequence[Job], stated: Mapping[str, str], copies: Copies) -> Case:
    """The signs of everybody in `staff` but the person. stated: contact → superior, of all of `staff`."""
    others = [job for job in staff if job.contact_id != person.contact_id]
    most = max((copies.times(person.contact_id, job.contact_id) for job in others), default=0)
    named = stated.get(person.contact_id)
    reports = Counter(boss for contact, boss in stated.items() if contact != person.contact_id)
    return Case(
        person,
        tuple(
            Colleague(
                job, (*_signs(person, job, copies, most), ("reports", str(min(reports[job.contact_id], 2))))
            )
            for job in others
        ),
        named,
    )


def _signs(person: Job, other: Job, copies: Copies, most: int) -> tuple[Sign, ...]:
    up = copies.times(person.contact_id, other.contact_id)
    down = copies.times(other.contact_id, person.contact_id)
    much = "much" if copies.mails.get(person.contact_id, 0) >= MUCH_MAIL else "little"
    place = "nobody" if most == 0 else "most" if up == most else "less"
    return (
        ("rank", str(person.reading.level), str(other.reading.level)),
        ("department", _department(person, other)),
        ("copied", str(min(up, 3)), place, much),
        ("copies", str(min(down, 2))),
    )


MUCH_MAIL = 5
"""Mails from which it says something that nobody was ever in copy."""


def _department(person: Job, other: Job) -> str:
    if other.department is not None and other.department == person.department:
        return "same"
    return "management" if other.department == "management" else "other"


def best(subject: Case, weights: Weights) -> tuple[Job, float] | None:
    """The likeliest superior and the confidence; null where there is no colleague."""
    if not subject.colleagues:
        return None
    sums = _sums(subject, weights)
    place = _likeliest(subject, sums)
    return subject.colleagues[place].job, _confidence(sums, place, weights.softness)


def _sums(subject: Case, weights: Weights) -> list[float]:
    """Per colleague the weights of the signs."""
    return [sum(map(weights.weigh, one.signs)) for one in subject.colleagues]


def _likeliest(subject: Case, sums: Sequence[float]) -> int:
    """The place of the colleague with the largest sum; of equal ones that with the last id."""
    return max(range(len(sums)), key=lambda place: (sums[place], subject.colleagues[place].job.contact_id))


def _confidence(sums: Sequence[float], place: int, softness: float) -> float:
    return exp(sums[place] / softness) / (1.0 + sum(exp(other / softness) for other in sums))


def learn(cases: Iterable[Case]) -> Weights:
    """Weights from the cases whose superior is stated; the declared ones where these are fewer than 50."""
    known = sorted(
        (one for one in cases if one.stated), key=lambda one: (one.person.customer_id, one.person.fact_id)
    )
    if len(known) < ENOUGH:
        return Weights()
    folds = [Weights(_count([one for one in known if _fold(one) != fold]), 1.0) for fold in range(FOLDS)]
    unseen = [_judged(one, folds[_fold(one)]) for one in known]
    return Weights(_count(known), min(SOFTNESS, key=lambda tried: _surprise(unseen, tried)))


def _fold(one: Case) -> int:
    return crc32(one.person.customer_id.encode()) % FOLDS


def _count(cases: Sequence[Case]) -> SignCounts:
    yes: dict[str, Counter[Sign]] = defaultdict(Counter)
    no: dict[str, Counter[Sign]] = defaultdict(Counter)
    for one in cases:
        if any(other.job.contact_id == one.stated for other in one.colleagues):
            for other in one.colleagues:
                side = yes if other.job.contact_id == one.stated else no
                for sign in other.signs:
                    side[sign[0]][sign] += 1
    return SignCounts(yes, no)


class _Judged(NamedTuple):
    """The colleagues of a case by weights that never saw its customer: no softness is applied yet."""

    sums: list[float]
    place: int
    """Of the likeliest; −1 where there is no colleague."""
    right: bool
    """Whether that is the one stated."""


def _judged(one: Case, weights: Weights) -> _Judged:
    if not one.colleagues:
        return _Judged([], -1, right=False)
    sums = _sums(one, weights)
    place = _likeliest(one, sums)
    return _Judged(sums, place, one.colleagues[place].job.contact_id == one.stated)


def _surprise(unseen: Sequence[_Judged], softness: float) -> float:
    """Mean log loss of "the likeliest is the stated one"."""
    total = 0.0
    for one in unseen:
        sure = _confidence(one.sums, one.place, softness) if one.sums else 0.0
        total -= log(max(sure if one.right else 1.0 - sure, 1e-9))
    return total / len(unseen)


def declared(sign: Sign) -> float:
    """Weights where too few lines are stated: judgements; copies count most, a lower rank speaks against."""
    kind, *values = sign
    if kind == "rank":
        return _declared_rank(*values)
    if kind == "department":
        return {"same": 0.7, "management": 0.3}.get(values[0], -0.5)
    if kind == "copied":
        return {"nobody": 0.0, "less": -1.5 if values[0] == "0" else float(values[0])}.get(
            values[1], min(1.0 + float(values[0]), 3.5)
        )
    return -float(values[0]) if kind == "copies" else 0.0


def _declared_rank(own: str, other: str) -> float:
    if "None" in (own, other):
        return -1.0
    step = int(other) - int(own)
    return -3.0 if step <= 0 else {1: 0.7, 2: 0.4}.get(step, 0.0)
