"""Tables of a single run: its rows, what they state, and those that are refused."""

from graph.sql import Relation

REFUSED = Relation("work.refused", {
    "dataset": "VARCHAR", "file": "VARCHAR", "row": "BIGINT", "reason": "VARCHAR", "cells": "VARCHAR",
})  # fmt: skip
"""Lines that are no row of their table."""

TOTAL_ROW = Relation("work.total_row", {
    "dataset": "VARCHAR", "file": "VARCHAR", "row": "BIGINT", "label": "VARCHAR", "partial": "BOOLEAN",
    "cells": "VARCHAR",
})  # fmt: skip
"""Rows of reports that only sum up others: no records, kept to verify them. `partial`: of those since the row
of totals before it (小计), not of all."""

EXPORTED = Relation("work.exported", {
    "dataset": "VARCHAR", "stamp": "VARCHAR", "declared": "BOOLEAN", "broken": "VARCHAR",
})  # fmt: skip
"""When each dataset's files were exported; where that is not `declared` it is the now of the load. `broken`:
the text of its lines that are no rows, which may name any record; null where there are none."""

WHOLE = Relation("work.whole", {**EXPORTED.columns, "source": "VARCHAR"})
"""The complete exports of this run but those that are older than one that was loaded before: what they lack
ended then, or has returned since."""

LATE = Relation("work.late", {"dataset": "VARCHAR", "records": "BIGINT"})
"""The complete exports that are older than what was loaded before, as their rows show, and by how many."""

NEWEST_ONLY = Relation("work.newest_only", LATE.columns)
"""The complete exports that lack only records newer than all of their own, and how many."""

SUPERSEDED = Relation("work.superseded", {"seq": "BIGINT"})
"""Rows of one dataset that a later file of it replaces."""

STAMP = Relation("work.stamp", {
    "dataset": "VARCHAR", "seq": "BIGINT", "record": "VARCHAR", "field": "VARCHAR", "kind": "VARCHAR",
    "moment": "VARCHAR", "arranged": "BOOLEAN", "live": "BOOLEAN", "declared": "BOOLEAN",
})  # fmt: skip
"""Every moment that a good row states, with the record that it is of; `ingest.clock.stamps` says which."""

BAD = Relation("work.bad", {"dataset": "VARCHAR", "seq": "BIGINT", "reason": "VARCHAR"})
"""Why a row goes to quarantine; a row may stand here more than once."""

QUARANTINED = Relation("work.quarantined", {
    "dataset": "VARCHAR", "file": "VARCHAR", "row": "BIGINT", "reason": "VARCHAR", "cells": "VARCHAR",
})  # fmt: skip
"""The bad rows as they were read, once each."""

WAITING = Relation("work.waiting", {"dataset": "VARCHAR", "seq": "BIGINT", "state": "VARCHAR"})
"""Rows whose own entity waits in `review`, or is left out by the mapping (`filtered`)."""

TITLE = Relation("work.title", {"title": "VARCHAR", "seniority": "VARCHAR"})
"""The seniority of every job title that the rows name."""

RATE = Relation("work.rate", {"currency": "VARCHAR", "since": "VARCHAR", "rate": "DOUBLE"})
"""What a unit of a currency is worth in the reporting currency from a moment on."""

READING = Relation("work.reading", {
    "column": "VARCHAR", "text": "VARCHAR", "value": "VARCHAR", "reason": "VARCHAR", "note": "VARCHAR",
    "currencies": "VARCHAR",
})  # fmt: skip
"""What the texts of one dataset mean that SQL does not read at once; `currencies`: an amount's own sign."""

VALUE_NOTE = Relation("work.value_note", {
    "dataset": "VARCHAR", "field": "VARCHAR", "note": "VARCHAR", "text": "VARCHAR", "rows": "BIGINT",
})  # fmt: skip
"""What the report says about values that were read: unknown words, cells that held several values."""

FREQUENT_VALUE = Relation("work.frequent_value", VALUE_NOTE.columns)
"""The same about values that stand too often to match anything."""
