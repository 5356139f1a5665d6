"""Which role a person's signs make likely, counted over the stated roles of the same company.

Naive Bayes over the roles: `s(role) = log P(role) + Σ log P(sign | role)`, counted with half a count added;
the confidence of a role is the softmax of `s / softness`. Signs are not independent, so `softness` takes the
sums back to what held on stated roles of other customers (cross-validation, temperature scaling: Guo et al.,
2017).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import exp, log
from typing import Any, NamedTuple
from zlib import crc32

from graph.buying_role.signs import Sign

ENOUGH = 100
"""Stated roles from which signs are counted; with fewer only titles speak."""
DECIDES = frozenset({"decision_maker", "economic_buyer", "approver"})
"""Roles without whose yes nothing is bought."""
HALF = 0.5
FOLDS = 5
SOFTNESS = tuple(1.0 + step / 4 for step in range(13))
"""Tried from 1 to 4."""


class Case(NamedTuple):
    """A person's stated role in a deal, with the signs that do not rest on it."""

    customer_id: str
    role: str
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class RoleWeights:
    """How often each role was stated, and each sign with it; without counts nothing was learned."""

    roles: Mapping[str, int] = field(default_factory=dict)
    signs: Mapping[str, Counter[Sign]] = field(default_factory=dict)
    softness: float = 1.0

    @property
    def learned(self) -> bool:
        """Whether stated roles were counted."""
        return bool(self.roles)

    def likely(self, signs: Sequence[Sign]) -> dict[str, float]:
        """How likely each stated kind of role is; sums to 1."""
        return _softened(self.sums(signs), self.softness)

    def sums(self, signs: Sequence[Sign]) -> dict[str, float]:
        """`s(role)` of each stated kind of role, before softness."""
        return {role: self._sum(role, signs) for role in self.roles}

    def _sum(self, role: str, signs: Sequence[Sign]) -> float:
        count, seen = self.roles[role], self.signs[role]
        chances = (_chance(seen[sign], count, self._room[sign[0]]) for sign in signs)
        return log(count / sum(self.roles.values())) + sum(map(log, chances))

    @cached_property
    def _pooled(self) -> Counter[Sign]:
        return sum(self.signs.values(), Counter[Sign]())

    @cached_property
    def _room(self) -> Counter[str]:
        """Per kind of sign how many were seen, and one unseen."""
        seen = Counter(sign[0] for sign in self._pooled)
        return Counter({kind: values + 1 for kind, values in seen.items()})

    def to_rows(self) -> dict[str, Any]:
        """Plain values for `from_rows`."""
        counts = {
            role: [[*sign, times] for sign, times in sorted(of.items())] for role, of in self.signs.items()
        }
        return {"roles": dict(self.roles), "signs": counts, "softness": self.softness}

    @classmethod
    def from_rows(cls, values: Mapping[str, Any]) -> "RoleWeights":
        """The weights of `to_rows`."""
        signs = {
            role: Counter({tuple(sign): times for *sign, times in rows})
            for role, rows in values["signs"].items()
        }
        return cls(values["roles"], signs, values["softness"])


def _softened(sums: Mapping[str, float], softness: float) -> dict[str, float]:
    soft = {role: value / softness for role, value in sums.items()}
    highest = max(soft.values(), default=0.0)
    parts = {role: exp(value - highest) for role, value in soft.items()}
    whole = sum(parts.values())
    return {role: part / whole for role, part in parts.items()}


def _chance(seen: int, count: int, room: int) -> float:
    return (seen + HALF) / (count + HALF * max(room, 1))


def decision_power(likely: Mapping[str, float]) -> float:
    """How likely somebody decides, 0…1. likely: by role, as of `RoleWeights.likely`."""
    return sum(chance for role, chance in likely.items() if role in DECIDES)


def learn(cases: Iterable[Case]) -> RoleWeights:
    """Weights from stated roles; nothing is learned from fewer than `ENOUGH`.

    Where one customer states all of them, no other shows how far to trust the sums: the softest is taken.
    """
    known = sorted(cases)
    if len(known) < ENOUGH:
        return RoleWeights()
    folds = [_count([one for one in known if _fold(one) != fold]) for fold in range(FOLDS)]
    sums = [folds[_fold(one)].sums(one.signs) for one in known]
    return _count(known, min(reversed(SOFTNESS), key=lambda tried: _surprise(known, sums, tried)))


def _fold(one: Case) -> int:
    return crc32(one.customer_id.encode()) % FOLDS


def _count(cases: Sequence[Case], softness: float = 1.0) -> RoleWeights:
    signs: dict[str, Counter[Sign]] = defaultdict(Counter)
    for one in cases:
        signs[one.role].update(one.signs)
    return RoleWeights(
        dict(sorted(Counter(one.role for one in cases).items())), dict(sorted(signs.items())), softness
    )


def _surprise(cases: Sequence[Case], sums: Sequence[Mapping[str, float]], softness: float) -> float:
    """Mean log loss of the stated roles by the sums of weights that never saw their customer."""
    chances = (_softened(of, softness).get(one.role, 0.0) for one, of in zip(cases, sums, strict=True))
    return sum(-log(max(chance, 1e-9)) for chance in chances) / len(cases)
