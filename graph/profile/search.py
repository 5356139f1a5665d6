"""Which customer is meant: by id, any source's id, tax number, name or part; ranked alike everywhere."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from graph.profile.model import Match, MatchBy
from graph.search.find import LARGEST, IndexNotReady, search
from graph.search.finder import NO_INDEX, Finder
from graph.search.rank import ALIKE
from graph.search_key import NO_KEY, NameReading, full_text_query, part_of_name, read_name, same_letters
from graph.service import GraphStore, Row

RANK: dict[MatchBy, float] = {
    "id": 1.0, "alias": 0.98, "tax_id": 0.96, "name": 0.94,
    "short_name": 0.92, "spelling": 0.91, "prefix": 0.8, "text": 0.6, "part": 0.4,
}  # fmt: skip
BELOW_SURE = 0.9
"""What the search index finds scores below ids, numbers and whole names, which are looked up in the graph."""
_TYPED = 10
"""Hits of the search index that are asked for at least."""
"""Score of a reading; of the same vague reading the name that the text covers most comes first."""

OTHER_WORDS = 0.005
"""What a name loses whose words are set otherwise, such as HewlettPackard or Mueller for Müller."""
CANDIDATES = 200
"""Rows taken per reading before ranking, in an order that both engines have."""
NUMBERS: frozenset[MatchBy] = frozenset({"id", "alias", "tax_id"})
"""Readings that name one customer."""
SAME_NAME: frozenset[MatchBy] = frozenset({"name", "short_name", "spelling"})
"""Readings of a whole name."""
VAGUE: frozenset[MatchBy] = frozenset({"prefix", "text", "part"})
"""Readings of a part of a name."""


async def match(
    store: GraphStore, *, text: str, as_of: datetime, first: int = 5, finder: Finder = NO_INDEX
) -> tuple[Match, ...]:
    """Customers that answer to `text` and had not ended by `as_of`, best first; nothing for a blank text.

    Of equal names the one written exactly so comes first, then the one with more orders, deals and contacts.
    With a `finder` whose index stands, texts are found as people type them; without, by words and parts.
    """
    text = text.strip()
    if not text:
        return ()
    typed = await _typed(store, finder, text, as_of, first)
    if typed is None:
        found = ranked(text, await _candidates(store, text, as_of, first))
    else:
        sure = ranked(text, await _sure_rows(store, text, as_of))
        found = _with_typed([one for one in sure if one.by not in VAGUE], typed)
    alike = _alike(found, first)
    activity = await _activity(store, alike, as_of) if alike else {}
    return tuple(sorted(found, key=lambda one: _place(text, one, activity.get(one.customer_id, 0))))[:first]


async def other_matches(
    store: GraphStore,
    *,
    customer_id: str,
    name: str,
    text: str | None,
    as_of: datetime,
    first: int = 5,
    finder: Finder = NO_INDEX,
) -> tuple[Match, ...]:
    """Customers beside this one that answer to `text` by as sure a reading, best first.

    Without a text, or where it is an id or a number, those that answer to the customer's name.
    """
    for asked in (text, name):
        found = await match(store, text=asked, as_of=as_of, first=first + 1, finder=finder) if asked else ()
        own = next((one for one in found if one.customer_id == customer_id), None)
        if own is not None and own.by not in NUMBERS:
            alike = SAME_NAME if own.by in SAME_NAME else {own.by}
            least = 0.0 if own.by in SAME_NAME | VAGUE else own.score - ALIKE
            others = (one for one in found if one is not own and one.by in alike and one.score >= least)
            return tuple(others)[:first]
    return ()


async def _typed(
    store: GraphStore, finder: Finder, text: str, as_of: datetime, first: int
) -> tuple[Match, ...] | None:
    """Customers that answer to a text as people type it; None where there is no index."""
    most = min(max(first, _TYPED), LARGEST)
    try:
        answer = await search(store, finder, text=text, as_of=as_of, first=most, kinds=("company",))
    except IndexNotReady:
        return None
    return tuple(
        Match(hit.node_id, hit.name or "", None, hit.by, round(hit.score * BELOW_SURE, 4))
        for hit in answer.hits
    )


def _with_typed(sure: Sequence[Match], typed: Sequence[Match]) -> tuple[Match, ...]:
    """Sure readings, and before or behind them whoever answers by another."""
    known = {one.customer_id for one in sure}
    return (*sure, *(one for one in typed if one.customer_id not in known))


async def _sure_rows(store: GraphStore, text: str, as_of: datetime) -> list[Row]:
    """Rows by an id, a number, the name as written, or the beginning of a name's key."""
    key = next(iter(read_name(text).keys), NO_KEY)
    named = {"text": text, "alias_id": f"Customer|{text}", "key": key}
    return await store.read("profile.match", **named, as_of=as_of.isoformat(), limit=CANDIDATES)


async def _candidates(store: GraphStore, text: str, as_of: datetime, first: int) -> list[Row]:
    """Rows of ever vaguer readings, until `first` customers answer that no vaguer one can come before."""
    at = as_of.isoformat()
    sure = await _sure_rows(store, text, as_of)
    words = full_text_query(text)
    if not words or sum(one.by not in VAGUE for one in ranked(text, sure)) >= first:
        return sure
    rows = [*sure, *await store.read("profile.match_text", words=words, as_of=at, limit=CANDIDATES)]
    if rows:
        return rows
    return await store.read("profile.match_part", text=part_of_name(text), as_of=at, limit=CANDIDATES)


async def _activity(store: GraphStore, customer_ids: Sequence[str], as_of: datetime) -> dict[str, int]:
    """Orders, deals and contacts of each customer, counted together; contacts are those of the moment."""
    rows = await store.read("profile.activity", customer_ids=list(customer_ids), as_of=as_of.isoformat())
    return {row["customer_id"]: row["orders"] + row["deals"] + row["contacts"] for row in rows}


def ranked(text: str, rows: Iterable[Row]) -> tuple[Match, ...]:
    """The best reading of each customer, best first; of equals, the name written exactly so."""
    reading, best = read_name(text), dict[str, Match]()
    for row in rows:
        match = _match(text, reading, row)
        if match.score > best.get(match.customer_id, match).score or match.customer_id not in best:
            best[match.customer_id] = match
    return tuple(sorted(best.values(), key=lambda one: _place(text, one, 0)))


def _place(text: str, match: Match, activity: int) -> tuple[float, bool, int, str, str]:
    as_written = unicodedata.normalize("NFC", match.name) == unicodedata.normalize("NFC", text)
    return (-match.score, not as_written, -activity, match.name, match.customer_id)


def _alike(matches: Sequence[Match], first: int) -> list[str]:
    """Ids of customers that rank alike, of whom one may be among the `first`."""
    alike: list[str] = []
    better = 0
    for _, group in groupby(matches, lambda one: one.score):
        ids = [one.customer_id for one in group]
        if better < first and len(ids) > 1:
            alike += ids
        better += len(ids)
    return alike


def _match(text: str, reading: NameReading, row: Row) -> Match:
    names = {kind: row[kind] for kind in ("name", "short_name") if row[kind]}
    by, loss = _reading(text, reading, row["by"], names)
    score = RANK[by] + 0.1 * _covered(reading, names.values()) if by in VAGUE else RANK[by] - loss
    return Match(row["customer_id"], row["name"], row["short_name"], by, round(score, 4))


def _covered(text: NameReading, names: Iterable[str]) -> float:
    """The length of the text as a share of the name's, of the shorter name."""
    length = max(map(len, text.keys), default=0)
    lengths = [len(key) for name in names for key in read_name(name).keys]
    return min(length / min(lengths), 1.0) if lengths else 0.0


def _reading(text: str, reading: NameReading, by: str, names: Mapping[str, str]) -> tuple[MatchBy, float]:
    """The surest reading of a row that may have been found by a vaguer one, and what its score loses."""
    for number in NUMBERS:
        if by == number:
            return number, 0.0
    kinds: tuple[MatchBy, ...] = ("name", "short_name")
    for kind in kinds:
        if kind in names and same_letters(names[kind]) == same_letters(text):
            return kind, 0.0
    readings = [read_name(name) for name in names.values()]
    if any(set(one.keys) & set(reading.keys) for one in readings):
        return "spelling", 0.0 if any(one.words == reading.words for one in readings) else OTHER_WORDS
    if any(key.startswith(reading.keys) for one in readings for key in one.keys):
        return "prefix", 0.0
    return ("part" if by == "part" else "text"), 0.0
