"""Which customer is meant: by id, any source's id, tax number, name or part; ranked alike everywhere."""

import re
from collections.abc import Iterable

from graph.profile.model import Match, MatchBy
from graph.service import GraphStore, Row

RANK: dict[MatchBy, float] = {
    "id": 1.0, "alias": 0.98, "tax_id": 0.96, "name": 0.94,
    "short_name": 0.92, "prefix": 0.8, "text": 0.6, "part": 0.4,
}  # fmt: skip
"""Score of a reading; of the same reading the name that the asked text covers most comes first."""

CANDIDATES = 200
"""Rows taken per reading before ranking: engines score full text differently, so theirs decides nothing."""


async def match(store: GraphStore, *, text: str, first: int = 5) -> tuple[Match, ...]:
    """Customers that answer to `text`, best first; nothing for a blank text."""
    asked = text.strip()
    if not asked:
        return ()
    sure = await store.read("profile.match", text=asked, alias_id=f"Customer|{asked}", limit=CANDIDATES)
    if _certain(asked, sure) >= first:
        return ranked(asked, sure)[:first]
    by_words = await store.read("profile.match_text", words=words(asked), limit=CANDIDATES)
    rows = [*sure, *by_words] or await store.read("profile.match_part", text=asked.lower(), limit=CANDIDATES)
    return ranked(asked, rows)[:first]


def _certain(asked: str, rows: Iterable[Row]) -> int:
    """Customers that no vaguer reading can come before: found by an id, a number or the name as written."""
    return len({row["customer_id"] for row in rows if row["by"] != "prefix" or row["name"] == asked})


def words(asked: str) -> str:
    """The full-text query: every word, the last one as a beginning; Chinese as phrases. No operators pass."""
    found = re.findall(r"[a-z0-9]+|[^\W_]+", asked.casefold())
    latin = [word for word in found if word.isascii()]
    terms = [f'"{word}"' for word in found if not word.isascii()] + latin[:-1] + [f"{w}*" for w in latin[-1:]]
    return " AND ".join(terms) or '""'


def ranked(asked: str, rows: Iterable[Row]) -> tuple[Match, ...]:
    """The best reading of each customer, best first; of equals, the name written exactly as asked."""
    best: dict[str, Match] = {}
    for row in rows:
        read = _match(asked, row)
        if read.score > best.get(read.customer_id, read).score or read.customer_id not in best:
            best[read.customer_id] = read
    return tuple(sorted(best.values(), key=lambda m: (-m.score, m.name != asked, m.name, m.customer_id)))


def _match(asked: str, row: Row) -> Match:
    by = _reading(asked.casefold(), row)
    names = [name for name in (row["name"], row["short_name"]) if name]
    covered = max(min(len(asked) / len(name), 1.0) for name in names)
    score = RANK[by] if RANK[by] > 0.9 else RANK[by] + 0.1 * covered
    return Match(row["customer_id"], row["name"], row["short_name"], by, round(score, 4))


def _reading(asked: str, row: Row) -> MatchBy:
    """The surest reading of a row that may have been found by a vaguer one."""
    if row["by"] in ("id", "alias", "tax_id"):
        found: MatchBy = row["by"]
        return found
    name, short = row["name"].casefold(), (row["short_name"] or "").casefold()
    if asked == name:
        return "name"
    if asked == short:
        return "short_name"
    if name.startswith(asked) or short.startswith(asked):
        return "prefix"
    kept: MatchBy = "text" if row["by"] == "prefix" else row["by"]
    return kept
