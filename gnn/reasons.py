"""Reasons for a number: kinds of information, what each contributed to it, in words, with their records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.score_view.words import Clause, clause, in_words, kept

REASONS = 5
Reason = dict[str, Any]
"""`{text, said, feature, value, contribution, evidence}`.

The text states counts and ends in where they move the number; `said` is the same as clauses, to be told in
another language; `value` is its first count, 0 where the text says that there is none; evidence holds typed
ids such as `Ticket:desk-17`.
"""


@dataclass(frozen=True)
class Sentence:
    """A fact, and what it counts first, in the unit of the words; 0 where they say `none`."""

    clauses: tuple[Clause, ...]
    value: float

    @property
    def text(self) -> str:
        """It in English."""
        return in_words(self.clauses, "en")


@dataclass(frozen=True)
class Wording:
    """How contributions are told."""

    above: str
    """Name of the clause after what a contribution above 0 rests on."""
    below: str
    least: float
    """Contributions nearer to 0 are not worth a sentence; in their own unit."""


@dataclass(frozen=True)
class Explainer:
    """What the reasons of all rows are made from."""

    parts: Mapping[str, npt.NDArray[np.floating]]
    """Per kind of information its contribution to the number of every row."""
    sentence: Callable[[str, int], Sentence | None]
    """Of a kind of information about a row; None where there is nothing to count."""
    evidence: Callable[[str, int], list[str]]
    """Typed ids of the records behind a kind of information about a row."""
    wording: Wording

    def reasons(self, row: int) -> list[Reason]:
        """The strongest reasons of which there is something to say, by absolute contribution."""
        ranked = sorted(self.parts, key=lambda kind: -abs(self.parts[kind][row]))
        found = (
            self._reason(kind, row) for kind in ranked if abs(self.parts[kind][row]) >= self.wording.least
        )
        return [reason for reason in found if reason is not None][:REASONS]

    def _reason(self, kind: str, row: int) -> Reason | None:
        sentence, contribution = self.sentence(kind, row), float(self.parts[kind][row])
        if sentence is None:
            return None
        said = (*sentence.clauses, clause(self.wording.above if contribution > 0 else self.wording.below))
        return {
            "text": in_words(said, "en"),
            "said": kept(said),
            "feature": kind,
            "value": float(sentence.value),
            "contribution": round(contribution, 4),
            "evidence": self.evidence(kind, row),
        }
