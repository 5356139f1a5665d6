"""Every table of ingest with its columns: those kept in the staging file, and those of a single run.

Moments are canonical UTC text, `item` names what one write puts into the graph, `seq` a row of a dataset in
the order of its files.
"""

from collections.abc import Iterable, Mapping

from ingest.sql import Relation

# Kept in the staging file; `database_id` says which graph they speak of.

RAW = Relation("raw", {
    "source": "VARCHAR", "dataset": "VARCHAR", "run_id": "VARCHAR", "file": "VARCHAR", "row": "BIGINT",
    "hash": "VARCHAR", "cells": "VARCHAR",
})  # fmt: skip
"""Rows as they were read, with the run that first brought each of them; `cells` is JSON."""

LEDGER = Relation("ledger", {
    "database_id": "VARCHAR", "kind": "VARCHAR", "item": "VARCHAR", "hash": "VARCHAR", "run_id": "VARCHAR",
})  # fmt: skip
"""What a graph holds, noted after each write."""

RECORD = Relation("record", {
    "database_id": "VARCHAR", "label": "VARCHAR", "entity": "VARCHAR", "source": "VARCHAR",
    "dataset": "VARCHAR", "key": "VARCHAR", "record_id": "VARCHAR", "hash": "VARCHAR",
    "known_from": "VARCHAR", "body": "VARCHAR",
})  # fmt: skip
"""The current version of every source record."""

SLOT = Relation("slot", {
    "database_id": "VARCHAR", "slot": "VARCHAR", "content": "VARCHAR", "fact_id": "VARCHAR",
    "type": "VARCHAR", "start_label": "VARCHAR", "end_label": "VARCHAR", "start_id": "VARCHAR",
    "end_id": "VARCHAR", "valid_from": "VARCHAR",
})  # fmt: skip
"""The facts that stand."""

HOLDS = Relation("holds", {
    "database_id": "VARCHAR", "record": "VARCHAR", "grp": "VARCHAR", "item": "VARCHAR",
    "start_id": "VARCHAR", "end_id": "VARCHAR",
})  # fmt: skip
"""The parts that each record states."""

QUARANTINE = Relation("quarantine", {
    "run_id": "VARCHAR", "dataset": "VARCHAR", "file": "VARCHAR", "row": "BIGINT", "reason": "VARCHAR",
    "cells": "VARCHAR",
})  # fmt: skip
"""Bad rows of all runs."""

KEPT = (RAW, LEDGER, RECORD, SLOT, HOLDS, QUARANTINE)

# Of a single run, for every dataset or link rule.


def raw_rows(dataset: str, columns: Iterable[str]) -> Relation:
    """A dataset's cells as text, beside file, row number and hash."""
    own = {"__file": "VARCHAR", "__row": "BIGINT", "__hash": "VARCHAR"}
    return Relation(f"work.raw_{dataset}", own | dict.fromkeys(columns, "VARCHAR"))


def clean_rows(dataset: str, columns: Iterable[str]) -> Relation:
    """Its trimmed cells in file order (`__seq`); `__copy` numbers rows that are equal in every column."""
    own = {
        "__seq": "BIGINT", "__file": "VARCHAR", "__row": "BIGINT", "__hash": "VARCHAR", "__copy": "BIGINT",
    }  # fmt: skip
    return Relation(f"work.clean_{dataset}", own | dict.fromkeys(columns, "VARCHAR"))


def value_rows(dataset: str, columns: Mapping[str, str]) -> Relation:
    """Its typed values; `__state` is filtered, duplicate or null, `__bad` says why a row is none."""
    own = {"__seq": "BIGINT", "__state": "VARCHAR"}
    return Relation(f"work.val_{dataset}", {**own, **columns, "__bad": "VARCHAR"})


def link_rows(dataset: str, index: int) -> Relation:
    """What the rows of a link rule name at both ends (`a`, `b`), and what was found there or why nothing."""
    ends = {f"{side}_{part}": "VARCHAR" for side in ("start", "end") for part in ("id", "label", "problem")}
    own = {"__seq": "BIGINT", "a": "VARCHAR", "b": "VARCHAR"}
    return Relation(f"work.link_{dataset}_{index}", {**own, **ends})


# Of a single run: rows.

REFUSED = Relation("work.refused", {
    "dataset": "VARCHAR", "file": "VARCHAR", "row": "BIGINT", "reason": "VARCHAR", "cells": "VARCHAR",
})  # fmt: skip
"""Lines that are no row of their table."""

EXPORTED = Relation("work.exported", {"dataset": "VARCHAR", "stamp": "VARCHAR"})
"""When each dataset's files were exported."""

BAD = Relation("work.bad", {"dataset": "VARCHAR", "seq": "BIGINT", "reason": "VARCHAR"})
"""Why a row goes to quarantine; a row may stand here more than once."""

QUARANTINED = Relation("work.quarantined", {
    "dataset": "VARCHAR", "file": "VARCHAR", "row": "BIGINT", "reason": "VARCHAR", "cells": "VARCHAR",
})  # fmt: skip
"""The bad rows as they were read, once each."""

# Of a single run: identity.

KNOWN = Relation("work.known", {"label": "VARCHAR", "source": "VARCHAR", "key": "VARCHAR", "id": "VARCHAR"})
"""Entities that the graph holds, by the source keys that the run's rows name."""

KNOWN_VALUE = Relation(
    "work.known_value", {"label": "VARCHAR", "field": "VARCHAR", "value": "VARCHAR", "id": "VARCHAR"}
)
"""Entities that the graph holds, by the values of fields that the run looks up; values in lower case."""

NODE_ROW = Relation("work.node_row", {
    "rule": "VARCHAR", "dataset": "VARCHAR", "seq": "BIGINT", "label": "VARCHAR", "source": "VARCHAR",
    "key": "VARCHAR",
})  # fmt: skip
"""The rows that make the node of a rule."""

FIELD_ROW = Relation("work.field_row", {
    "rule": "VARCHAR", "dataset": "VARCHAR", "seq": "BIGINT", "label": "VARCHAR", "source": "VARCHAR",
    "key": "VARCHAR", "field": "VARCHAR", "value": "VARCHAR",
})  # fmt: skip
"""The values, in lower case, of the fields by which something is looked up."""

BLOCKING_KEY = Relation("work.blocking_key", {
    "rule": "VARCHAR", "seq": "BIGINT", "rank": "BIGINT", "value": "VARCHAR",
})  # fmt: skip
"""What a row must share with an entity to match it, for each alternative (`rank`) of its rule."""

KEY = Relation("work.key", {
    "label": "VARCHAR", "source": "VARCHAR", "key": "VARCHAR", "id": "VARCHAR", "state": "VARCHAR",
})  # fmt: skip
"""The entity of every source key; `state` is known, made, review or skip, the last two without an id."""

LOOKUP_VALUE = Relation("work.lookup_value", {
    "label": "VARCHAR", "field": "VARCHAR", "value": "VARCHAR", "id": "VARCHAR", "rule": "VARCHAR",
})  # fmt: skip
"""Which entities carry which value, by the rule that says so (`graph` where the graph does)."""

LOOKUP = Relation("work.lookup", {
    "label": "VARCHAR", "field": "VARCHAR", "value": "VARCHAR", "id": "VARCHAR", "state": "VARCHAR",
})  # fmt: skip
"""The one entity that carries a value; `state` is ambiguous, without an id, where there are several."""

UNMATCHED = Relation("work.unmatched", {"key": "VARCHAR", "seq": "BIGINT"})
"""Keys of one rule that no alternative has matched yet, with their first row."""

CANDIDATE = Relation("work.candidate", {"id": "VARCHAR", "value": "VARCHAR"})
"""Entities of other rules with the value by which one rule may match them."""

MATCH = Relation("work.match", {
    "key": "VARCHAR", "value": "VARCHAR", "keys": "BIGINT", "entities": "BIGINT", "ids": "VARCHAR[]",
})  # fmt: skip
"""Keys that share a value with entities: how many keys and how many entities carry it."""

REVIEW = Relation("work.review", {
    "dataset": "VARCHAR", "label": "VARCHAR", "key": "VARCHAR", "shown": "VARCHAR", "reason": "VARCHAR",
    "candidates": "VARCHAR[]",
})  # fmt: skip
"""Rows that wait until a person says which entity they mean."""
