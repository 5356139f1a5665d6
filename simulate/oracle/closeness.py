"""How close an answer came to the truth."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `answered` answers are true; `known` true answers exist among what was asked."""

    right: int
    answered: int
    known: int

    @property
    def precision(self) -> float:
        """Right answers over answers given (nan without answers)."""
        return self.right / self.answered if self.answered else float("nan")

    @property
    def recall(self) -> float:
        """Right answers over true answers (nan without truth)."""
        return self.right / self.known if self.known else float("nan")


def share_right(
    truth: Mapping[str, str], answers: Mapping[str, str | None], asked: set[str] | None = None
) -> Share:
    """Compare `answers` (key → answer, None or absent: no answer) with `truth`, over `asked` (default: all
    of truth).

    Keys and values are ids of the exports, without `source:` prefix; answers to keys without truth are not
    counted.
    """
    keys = set(truth) if asked is None else asked & set(truth)
    given = {key: answers[key] for key in keys if answers.get(key) is not None}
    right = sum(answer == truth[key] for key, answer in given.items())
    return Share(right, len(given), len(keys))
