"""Signs that one person is another's superior, from mails alone: a row per pair of person and candidate.

All signs are shares, ranks and differences, so that they say the same in a small log and a large one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gnn.features.history import Ints
from gnn.reporting_lines.people import PersonSigns, person_signs
from gnn.reporting_lines.sparse_rows import (
    Floats,
    Matrix,
    at,
    cosine_unit,
    likest,
    reciprocal_ranks,
    shares,
    strongest,
)
from gnn.reporting_lines.traffic import Traffic

LIKE = 15
"""How many people are asked of whom they are like."""
TOP = 40
"""Candidates per person and sort of closeness."""


@dataclass(frozen=True)
class Pairs:
    """Candidates of people, sorted by person then candidate."""

    person: Ints
    candidate: Ints
    names: tuple[str, ...]
    values: Floats
    """Pairs × names."""


@dataclass(frozen=True)
class Signals:
    """What all pairs are read from, made once per log."""

    traffic: Traffic
    people: PersonSigns
    likeness: Matrix
    """Per person the `LIKE` people with the likest correspondents, by cosine."""
    near: Matrix
    """Per person the `LIKE` people with whom most mails are received together."""


def signals(counted: Traffic) -> Signals:
    """The signals of a log."""
    both = counted.both
    both.data = np.log1p(both.data)
    return Signals(
        counted,
        person_signs(counted),
        likest(cosine_unit(both), LIKE),
        strongest(counted.together, LIKE),
    )


def likely_candidates(found: Signals) -> tuple[Ints, Ints]:
    """Pairs worth looking at: who is near in mails, in mails received together, or among those like one."""
    both = found.traffic.both
    sorts = [both, found.traffic.shared.T.tocsr(), found.traffic.together]
    sorts.append(shares(found.likeness) @ shares(found.traffic.sent))
    sorts.append(shares(found.near) @ shares(found.traffic.sent))
    union = sum(
        (strongest(sparse.csr_matrix(sort), TOP) > 0 for sort in sorts), sparse.csr_matrix(both.shape)
    )
    pairs = sparse.coo_matrix(union)
    keep = pairs.row != pairs.col
    order = np.lexsort((pairs.col[keep], pairs.row[keep]))
    return pairs.row[keep][order].astype(np.int64), pairs.col[keep][order].astype(np.int64)


def mail_pairs(found: Signals, person: Ints, candidate: Ints) -> Pairs:
    """The signs of these pairs."""
    columns = dict(_columns(found, person, candidate))
    values = np.stack(list(columns.values()), axis=1).astype(np.float32)
    return Pairs(person, candidate, tuple(columns), values)


def _columns(found: Signals, person: Ints, candidate: Ints) -> Iterator[tuple[str, Floats]]:
    yield from _traffic_signs(found.traffic, person, candidate)
    yield from _asymmetries(found.traffic, person, candidate)
    yield from _through_others(found, person, candidate)
    own, other = found.people.values[person], found.people.values[candidate]
    for place, name in enumerate(found.people.names):
        yield f"{name}_candidate", other[:, place]
        yield f"{name}_step", other[:, place] - own[:, place]


def _traffic_signs(counted: Traffic, person: Ints, candidate: Ints) -> Iterator[tuple[str, Floats]]:
    """Per sort of mail and direction: the share and rank of the one among all of the other."""
    sorts = {
        "sent": counted.sent, "shared": counted.shared, "alone": counted.alone, "copied": counted.copied,
        "group": counted.group, "answers": counted.answers, "opened": counted.opened,
    }  # fmt: skip
    for name, matrix in sorts.items():
        back = matrix.T.tocsr()
        for way, rows, columns in (("up", matrix, back), ("down", back, matrix)):
            yield f"{name}_{way}_share", at(shares(rows), person, candidate)
            yield f"{name}_{way}_share_of_candidate", at(shares(columns), candidate, person)
            yield f"{name}_{way}_rank", at(reciprocal_ranks(rows), person, candidate)
            yield f"{name}_{way}_rank_of_candidate", at(reciprocal_ranks(columns), candidate, person)
    yield "together_share", at(shares(counted.together), person, candidate)
    yield "together_rank", at(reciprocal_ranks(counted.together), person, candidate)
    yield "together_rank_of_candidate", at(reciprocal_ranks(counted.together), candidate, person)


def _asymmetries(counted: Traffic, person: Ints, candidate: Ints) -> Iterator[tuple[str, Floats]]:
    """Who writes, opens and answers more, and who answers sooner."""
    for name in ("sent", "alone", "copied", "group", "opened"):
        matrix = getattr(counted, name)
        up, down = at(matrix, person, candidate), at(matrix, candidate, person)
        yield f"{name}_more_up", np.log1p(up) - np.log1p(down)
        if name in {"sent", "alone"}:
            yield f"{name}_both", np.log1p(up + down)
            yield f"{name}_least", np.log1p(np.minimum(up, down))
    up_answers, down_answers = at(counted.answers, person, candidate), at(counted.answers, candidate, person)
    up_sent, down_sent = at(counted.sent, person, candidate), at(counted.sent, candidate, person)
    yield "answered_up", (up_answers + 0.3) / (down_sent + 1.0)
    yield "answered_down", (down_answers + 0.3) / (up_sent + 1.0)
    up_hours = (at(counted.answer_hours, person, candidate) + 1.5) / (up_answers + 1.0)
    down_hours = (at(counted.answer_hours, candidate, person) + 1.5) / (down_answers + 1.0)
    yield "sooner_up", down_hours - up_hours


def _through_others(found: Signals, person: Ints, candidate: Ints) -> Iterator[tuple[str, Floats]]:
    """Whom the people write to who are like the person, and how the circles of both overlap."""
    counted = found.traffic
    out, into = shares(counted.sent), shares(counted.sent.T.tocsr())
    rank, downs = reciprocal_ranks(counted.shared), reciprocal_ranks(counted.group.T.tocsr())
    for name, like in (("like", shares(found.likeness)), ("near", shares(found.near))):
        for what, matrix in (("writes", out), ("hears", into), ("first", rank), ("groups", downs)):
            spread = sparse.csr_matrix(like @ matrix)
            yield f"{name}_{what}", at(spread, person, candidate)
            yield f"{name}_{what}_rank", at(reciprocal_ranks(spread), person, candidate)
    yield "likeness", at(found.likeness, person, candidate)
    known = sparse.csr_matrix((counted.both > 0).astype(np.float32))
    yield "circle_of_candidate", at(sparse.csr_matrix(shares(counted.both) @ known), person, candidate)
    yield "circle_of_person", at(sparse.csr_matrix(shares(counted.both) @ known), candidate, person)


def sizes(person: Ints, people: int) -> npt.NDArray[np.int64]:
    """Candidates per person."""
    return np.bincount(person, minlength=people).astype(np.int64)
