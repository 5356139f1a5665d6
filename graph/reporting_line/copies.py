"""Who stands in copy on whose mail with us: a trace of who reports to whom."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import duckdb
import pandas as pd

from graph.moment import in_utc
from graph.sql import Sql, statement
from graph.sql.run import make, rows

EVIDENCE = 18
"""Mails kept as evidence per pair, the newest; with the two jobs that makes the 20 that a fact may carry."""


class Copied(NamedTuple):
    """How often the one was in copy on mails of the other, when last, and the newest mails."""

    times: int
    last_at: datetime
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Copies:
    """Between contacts, on mails that one of us sent or got.

    pairs: (who wrote or was addressed, who was in copy). mails: how many mails each person wrote or got.
    """

    pairs: Mapping[tuple[str, str], Copied] = field(default_factory=dict)
    mails: Mapping[str, int] = field(default_factory=dict)

    def times(self, person: str, copied: str) -> int:
        """How often `copied` was in copy on mails of `person`."""
        found = self.pairs.get((person, copied))
        return found.times if found else 0


def copies(table: pd.DataFrame) -> Copies:
    """Count copies in `graph.tie.fold.frame`'s table."""
    ours = table.loc[table["kind"] == "Employee", "interaction_id"].unique()
    theirs = table[(table["kind"] == "Contact") & table["interaction_id"].isin(ours)]
    columns = ["interaction_id", "person_id", "at"]
    main = theirs.loc[theirs["part"].isin(["from", "to"]), columns]
    beside = theirs.loc[theirs["part"] == "cc", ["interaction_id", "person_id"]]
    both = main.merge(beside, on="interaction_id", suffixes=("", "_copied"))
    return Copies(_by_pair(both), Counter(main["person_id"].tolist()))


def _by_pair(both: pd.DataFrame) -> dict[tuple[str, str], Copied]:
    ordered = both.sort_values(["at", "interaction_id"], ascending=[False, True], kind="stable")
    found: dict[tuple[str, str], list[tuple[pd.Timestamp, str]]] = defaultdict(list)
    for person, copied, at, mail in zip(
        ordered["person_id"],
        ordered["person_id_copied"],
        ordered["at"],
        ordered["interaction_id"],
        strict=True,
    ):
        found[person, copied].append((at, f"Interaction:{mail}"))
    return {
        pair: Copied(len(seen), seen[0][0].to_pydatetime(), tuple(mail for _, mail in seen[:EVIDENCE]))
        for pair, seen in found.items()
    }


def count_copies(connection: duckdb.DuckDBPyConnection, staff: Sql) -> None:
    """Make `copied` and `mails`: the copies among the contacts that a query (`contact_id`) gives, set-wise.

    `tie_parts` and `tie_people` must stand (`graph.tie.pairs`).
    """
    make(connection, "copies_scope", staff)
    make(connection, "copied", statement("copies.between", evidence=EVIDENCE))
    make(connection, "mails", statement("copies.mails"))


def copies_of(connection: duckdb.DuckDBPyConnection, contact_ids: Collection[str]) -> Copies:
    """Of what `count_copies` made, what is about these contacts."""
    asked = sorted(contact_ids)
    found = rows(connection, statement("copies.copied_of", contact_ids=asked))
    pairs = {
        (row["person"], row["copied"]): Copied(row["times"], in_utc(row["last_at"]), tuple(row["evidence"]))
        for row in found
    }
    mails = rows(connection, statement("copies.mails_of", contact_ids=asked))
    return Copies(pairs, {row["person"]: row["mails"] for row in mails})
