"""Every table of ingest with its columns: those kept in the staging file, and those of a single run.

Moments are canonical UTC text, `item` names what one write puts into the graph, `seq` a row of a dataset in
the order of its files.
"""

from collections.abc import Iterable

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
