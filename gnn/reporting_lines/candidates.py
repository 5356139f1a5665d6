"""Whom to consider as the superior of whom."""

import numpy as np
import numpy.typing as npt

from gnn.features.history import Ints
from gnn.reporting_lines.known_chart import NOBODY, Known
from gnn.reporting_lines.pairs import Pairs, Signals, likely_candidates, mail_pairs
from gnn.reporting_lines.sparse_rows import Floats

MOST_MANAGERS = 400
"""Known superiors up to which each is considered for everybody; of more those that mails make likely."""
RELATIVE = (
    "sent_up_share", "sent_down_share", "alone_up_share", "copied_up_share", "group_down_share",
    "shared_up_share", "shared_down_share", "opened_up_share", "together_share", "like_first", "near_first",
    "like_writes", "near_writes", "gets_candidate", "pagerank_candidate", "circle_of_person",
)  # fmt: skip
"""Signs that are also told relative to the other candidates of the person."""


def pairs_of(found: Signals, known: Known, *, only_managers: bool) -> Pairs:
    """Candidates of everybody who mails, with the signs of the mails.

    Who is near in the mails; with known superiors these too, or nobody else (`only_managers`). Whom only the
    person's own line shows to be a superior is no candidate for that: of a hidden line nobody would be.
    """
    person, candidate = likely_candidates(found)
    if only_managers:
        keep = known.managers[candidate]
        person, candidate = person[keep], candidate[keep]
    managers = np.flatnonzero(known.managers)
    if 0 < len(managers) <= MOST_MANAGERS:
        mailing = np.flatnonzero(found.people.mails)
        more = np.stack(np.meshgrid(mailing, managers, indexing="ij"), axis=-1).reshape(-1, 2)
        person, candidate = _united(person, candidate, _without_own(more, known), len(known.above))
    return relative(mail_pairs(found, person, candidate))


def _without_own(pairs: Ints, known: Known) -> Ints:
    """The pairs (person, superior) but those that only a line of the person itself makes one."""
    stated = known.above[known.above != NOBODY]
    reports = np.bincount(stated, minlength=len(known.above))
    only = (known.above[pairs[:, 0]] == pairs[:, 1]) & (reports[pairs[:, 1]] == 1)
    return np.asarray(pairs[~only])


def _united(person: Ints, candidate: Ints, more: Ints, people: int) -> tuple[Ints, Ints]:
    more = more[more[:, 0] != more[:, 1]]
    keys = np.union1d(person * people + candidate, more[:, 0] * people + more[:, 1])
    return keys // people, keys % people


def relative(pairs: Pairs) -> Pairs:
    """The pairs with some signs also as a share of the largest among the person's candidates."""
    if not len(pairs.person):
        columns = [np.zeros(0, dtype=np.float32) for _ in RELATIVE]
    else:
        columns = [of_largest(pairs.person, pairs.values[:, pairs.names.index(name)]) for name in RELATIVE]
    names = (*pairs.names, *(f"{name}_relative" for name in RELATIVE))
    values = np.concatenate([pairs.values, np.stack(columns, axis=1)], axis=1)
    return Pairs(pairs.person, pairs.candidate, names, values)


def starts_of(person: Ints) -> npt.NDArray[np.int64]:
    """Where the rows of each person begin; `person` is sorted."""
    return np.flatnonzero(np.concatenate([[True], person[1:] != person[:-1]])) if len(person) else person[:0]


def of_largest(person: Ints, value: npt.NDArray[np.floating]) -> Floats:
    """Each value, or each of several columns, as a share of the largest of the person; below zero it is 0."""
    starts, above = starts_of(person), np.maximum(value, 0.0)
    largest = np.repeat(np.maximum.reduceat(above, starts), np.diff(np.append(starts, len(person))), axis=0)
    return np.asarray(above / np.maximum(largest, 1e-9), dtype=np.float32)
