"""Pairs of records of one kind with their evidence, and which of them are one, may be, or are not."""

import itertools
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from graph.merge.candidate import Weight
from graph.merge.verdict import Judgement
from ingest.reading.placeholder import looks_like_placeholder
from ingest.resolve.company import of_sisters
from ingest.resolve.compared import COMPARED, LEAST_FILLED, TABLES, TOLD_BY, Kind, same, texts
from ingest.resolve.linking.certain import NAMED_ALIKE, agree, bits_by_chance, is_certain
from ingest.resolve.linking.config import Thresholds
from ingest.resolve.linking.contradictions import Record
from ingest.resolve.linking.names_alike import likeness
from ingest.resolve.linking.sharing import Both
from ingest.resolve.several import MOST

Numbers = tuple[str | None, str | None]
SHARED = ("tax_id", "phone", "mobile", "email")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one."""

    ids: tuple[str, str]
    names: tuple[str | None, str | None]
    probability: float
    weights: tuple[Weight, ...]
    apart: bool
    """Whether they are not merged unseen: two tax numbers, or names of two firms of a group."""
    certain: bool = False
    """Whether they are one by a plain rule, whatever a model says."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is merged (the id that stays, and the other), and what waits."""

    merges: tuple[tuple[str, Pair], ...]
    reviews: tuple[Pair, ...]


def likely_pairs(
    frame: pd.DataFrame, rows: pd.DataFrame, kind: Kind, pairs: NDArray[np.int64],
    weight: NDArray[np.float64], evidence: Mapping[str, NDArray[np.float64]],
) -> list[Pair]:  # fmt: skip
    """The pairs for which more speaks than against, the surest first.

    frame: a row per record; rows: its fields as they were compared; pairs: by place in both; evidence: the
    bits of each field.
    """
    cells = {str(field): list(rows[field]) for field in rows}
    ids, names = list(frame[TABLES[kind][1]]), list(frame["name"])
    found = []
    for number in np.flatnonzero(weight > 0).tolist():
        one, other = sorted(pairs[number].tolist(), key=lambda row: ids[row])
        if not _told(kind, cells, one, other):
            continue
        told = {field: float(bits[number]) for field, bits in evidence.items() if field in cells}
        rest = float(weight[number]) - sum(told.values())
        numbers = _numbers(cells, one, other)
        apart = kind == "Customer" and _apart(names[one], names[other], numbers)
        if apart and None in numbers and "name" in told:  # the brand of a group says nothing of its firms
            told["name"] = min(0.0, told["name"])
        sure = rest + sum(told.values())
        if sure > 0:
            weights = [Weight(f, cells[f][one], cells[f][other], round(bits, 2)) for f, bits in told.items()]
            found.append(Pair(
                (ids[one], ids[other]), (names[one], names[other]), _probability(sure),
                (*weights, Weight("rarity", None, None, round(rest, 2))), apart,
            ))  # fmt: skip
    return sorted(found, key=lambda pair: (-pair.probability, pair.ids))


def with_shared(
    pairs: Iterable[Pair], frame: pd.DataFrame, kind: Kind, shared: Mapping[tuple[str, str], dict[str, Both]],
    records: int,
) -> list[Pair]:  # fmt: skip
    """The pairs, and those that share what the model did not compare; and which a plain rule calls one.

    frame: a row per record; shared: what two have in common by pair; records: of the graph.
    """
    by_ids = {pair.ids: pair for pair in pairs}
    rows = dict(zip(frame[TABLES[kind][1]], frame.to_dict("records"), strict=True))
    for ids, both in shared.items():
        if ids[0] in rows and ids[1] in rows:
            found = _by_what_is_shared(kind, rows[ids[0]], rows[ids[1]], ids, both, records)
            known = by_ids.get(ids)
            if found is not None and (known is None or found.certain):
                best = max(found, known or found, key=lambda pair: pair.probability)
                by_ids[ids] = replace(best, certain=found.certain)
    doubtful = _in_doubt((ids for ids, pair in by_ids.items() if pair.certain), rows, kind, shared)
    found_pairs = (
        replace(pair, certain=pair.certain and pair.ids[0] not in doubtful) for pair in by_ids.values()
    )
    return sorted(found_pairs, key=lambda pair: (-pair.probability, pair.ids))


def _in_doubt(
    certain: Iterable[tuple[str, str]], rows: Mapping[str, Record], kind: Kind,
    shared: Mapping[tuple[str, str], Mapping[str, Both]],
) -> set[str]:  # fmt: skip
    """Records that pairs of which each is certain would bring together with one that contradicts them.

    A record that says little agrees with each of two branches, which do not agree with each other.
    """
    found = set[str]()
    for members in _clusters(certain):
        between = itertools.combinations(sorted(members), 2)
        if not all(agree(kind, rows[a], rows[b], shared.get((a, b), {})) for a, b in between):
            found |= members
    return found


def _by_what_is_shared(
    kind: Kind, one: Record, other: Record, ids: tuple[str, str],
    both: Mapping[str, Both], records: int,
) -> Pair | None:  # fmt: skip
    """The pair by its names and what it shares alone; None where the names are not alike."""
    alike = likeness(kind, one["name"], other["name"])
    if alike < NAMED_ALIKE:
        return None
    said = bits_by_chance(records, alike, both)
    shown = {"name": (one["name"], other["name"])} | {f: (two.one, two.other) for f, two in both.items()}
    weights = tuple(Weight(f, *shown.get(f, (None, None)), round(bits, 2)) for f, bits in said.items())
    apart = kind == "Customer" and _apart(one["name"], other["name"], (one["tax_id"], other["tax_id"]))
    certain = is_certain(kind, one, other, both)
    return Pair(ids, (one["name"], other["name"]), _probability(sum(said.values())), weights, apart, certain)


def usable(
    frame: pd.DataFrame, kind: Kind, frequent: Mapping[str, set[str]], least: float = LEAST_FILLED
) -> pd.DataFrame:
    """The compared fields, without placeholders and without values that too many records share.

    least: share of records that have a field, below which it is left out.
    """
    return texts(_told_alone(frame[list(COMPARED[kind])], frequent), least)


def frequent_values(frame: pd.DataFrame) -> dict[str, set[str]]:
    """By field, the numbers and addresses that more than MOST records share."""
    counted = {field: frame[field].value_counts() for field in SHARED if field in frame.columns}
    return {field: set(counts[counts > MOST].index) for field, counts in counted.items()}


def _told_alone(rows: pd.DataFrame, frequent: Mapping[str, set[str]]) -> pd.DataFrame:
    kept = rows.copy()
    for field in rows.columns.intersection(list(SHARED)):
        common = frequent.get(field, set())
        kept[field] = [
            cell
            if isinstance(cell, str) and cell not in common and not looks_like_placeholder(cell)
            else None
            for cell in rows[field]
        ]
    return kept


def _probability(bits: float) -> float:
    return float(1 / (1 + 2.0 ** -min(bits, 50.0)))


def _told(kind: Kind, cells: Mapping[str, list[str | None]], one: int, other: int) -> bool:
    """Whether the two share a field of those by which people of one name are told apart."""
    fields = [(field, cells[field]) for field in TOLD_BY[kind] if field in cells]
    return not TOLD_BY[kind] or any(same(field, values[one], values[other]) for field, values in fields)


def _numbers(cells: Mapping[str, list[str | None]], one: int, other: int) -> Numbers:
    known = cells.get("tax_id")
    return (known[one], known[other]) if known else (None, None)


def _apart(one: str | None, other: str | None, numbers: Numbers) -> bool:
    """Whether two companies have two tax numbers or, where one is missing, names of two firms of a group."""
    if None not in numbers:
        return _bare(numbers[0]) != _bare(numbers[1])
    return one is not None and other is not None and of_sisters(one, other)


def _bare(text: str | None) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text or "").upper()))


def judged(
    frame: pd.DataFrame, kind: Kind, pairs: Iterable[Pair], thresholds: Thresholds,
    verdicts: Mapping[frozenset[str], Judgement],
) -> Judged:  # fmt: skip
    """Merges and reviews. A cluster is merged where nothing forbids any of its pairs; else its pairs wait.

    What people decided stands: what is `same` is merged, what is `apart` is neither merged nor shown.
    """
    open_pairs = [pair for pair in pairs if verdicts.get(frozenset(pair.ids)) != "apart"]
    sure = [pair for pair in open_pairs if thresholds.merges(pair.probability, certain=pair.certain)]
    sure = [pair for pair in sure if not pair.apart]
    clusters = _clusters(pair.ids for pair in sure)
    told_apart = {ids for ids, judgement in verdicts.items() if judgement == "apart"}
    told_apart |= {frozenset(pair.ids) for pair in open_pairs if pair.apart}
    forbidden = _forbidden(frame, kind, clusters, told_apart)
    rank = _rank(frame, kind)
    by_first: dict[str, list[Pair]] = defaultdict(list)
    for pair in sure:
        by_first[pair.ids[0]].append(pair)
    merges, taken = list[tuple[str, Pair]](), set[frozenset[str]]()
    for members in clusters:
        if members & forbidden:
            continue
        keep = min(members, key=lambda one: rank[one])
        inside = [pair for one in members for pair in by_first[one]]
        best = _surest(inside)
        merges += [(keep, _between(best[other], keep, other)) for other in sorted(members - {keep})]
        taken |= {frozenset(pair.ids) for pair in inside}
    merged = {one: keep for keep, pair in merges for one in pair.ids if one != keep}
    reviews = [
        pair
        for pair in open_pairs
        if pair.probability >= thresholds.review and frozenset(pair.ids) not in taken
        and merged.get(pair.ids[0], pair.ids[0]) != merged.get(pair.ids[1], pair.ids[1])
    ]  # fmt: skip
    return Judged(tuple(merges), tuple(reviews))


def _surest(pairs: Iterable[Pair]) -> dict[str, Pair]:
    """By record its surest pair; of equally sure ones that of the lowest ids."""
    rising = sorted(pairs, key=lambda pair: (-pair.probability, pair.ids), reverse=True)
    return {one: pair for pair in rising for one in pair.ids}


def _between(pair: Pair, keep: str, other: str) -> Pair:
    """The evidence by which `other` comes to `keep`, perhaps by way of a third."""
    return pair if set(pair.ids) == {keep, other} else Pair(
        (keep, other), pair.names, pair.probability, pair.weights, pair.apart
    )  # fmt: skip


def _clusters(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    cluster: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = cluster.get(one, {one}) | cluster.get(other, {other})
        for member in joined:
            cluster[member] = joined
    return [set(members) for members in {id(found): found for found in cluster.values()}.values()]


def _forbidden(
    frame: pd.DataFrame, kind: Kind, clusters: list[set[str]], apart: Iterable[frozenset[str]]
) -> set[str]:
    """Records of clusters that hold two tax numbers, two firms of a group, or two that are told apart."""
    numbers, names = dict[str, str](), dict[str, str | None]()
    if kind == "Customer":
        known = frame[frame["tax_id"].notna()]
        numbers = dict(zip(known[TABLES[kind][1]], map(_bare, known["tax_id"]), strict=True))
        names = dict(zip(frame[TABLES[kind][1]], frame["name"], strict=True))
    not_with: dict[str, set[str]] = defaultdict(set)
    for pair in apart:
        for one in pair:
            not_with[one] |= pair - {one}
    found = set[str]()
    for members in clusters:
        two = len({numbers[one] for one in members if one in numbers}) > 1
        apart_inside = any(not not_with[one].isdisjoint(members) for one in members & not_with.keys())
        if two or apart_inside or _holds_sisters(members, names, numbers):
            found |= members
    return found


def _holds_sisters(members: set[str], names: Mapping[str, str | None], numbers: Mapping[str, str]) -> bool:
    """Whether names tell two of three or more companies apart; of two alone the pair itself says so."""
    return len(members) > 2 and any(
        _apart(names.get(one), names.get(other), (numbers.get(one), numbers.get(other)))
        for one, other in itertools.combinations(sorted(members), 2)
    )


def _rank(frame: pd.DataFrame, kind: Kind) -> dict[str, tuple[bool, int, str]]:
    """By record, in which order they stay: those with a tax number first, then those that say the most."""
    filled = frame.notna().sum(axis=1)
    numbered = frame["tax_id"].notna() if kind == "Customer" else frame["email"].notna()
    rank: dict[str, tuple[bool, int, str]] = defaultdict(lambda: (True, 0, ""))
    for one, number, count in zip(frame[TABLES[kind][1]], numbered, filled, strict=True):
        rank[one] = (not number, -int(count), one)
    return rank
