"""Tables kept in the staging file; `database_id` says which graph they speak of."""

from graph.sql import Relation

RAW = Relation("raw", {
    "source": "VARCHAR", "dataset": "VARCHAR", "run_id": "VARCHAR", "file": "VARCHAR", "row": "BIGINT",
    "hash": "VARCHAR", "cells": "VARCHAR",
})  # fmt: skip
"""Rows as they were read, with the run that first brought each of them; `cells` is JSON."""

LEDGER = Relation("ledger", {
    "database_id": "VARCHAR", "kind": "VARCHAR", "item": "VARCHAR", "hash": "VARCHAR", "run_id": "VARCHAR",
})  # fmt: skip
"""What a graph holds, noted after each write."""

RECORD = Relation("source_record", {
    "database_id": "VARCHAR", "label": "VARCHAR", "entity": "VARCHAR", "source": "VARCHAR",
    "dataset": "VARCHAR", "rule": "VARCHAR", "key": "VARCHAR", "record_id": "VARCHAR", "hash": "VARCHAR",
    "known_from": "VARCHAR", "stated_at": "VARCHAR", "body": "VARCHAR", "ended_at": "VARCHAR",
})  # fmt: skip
"""The current version of every source record. `stated_at`: when it was first stated, which may lie after its
beginning; `rule` tells apart what several node rules of a dataset say of
one label (a mail's sender and recipients); `ended_at`: its source has deleted it, or no longer exports it."""

PAST_VERSION = Relation("past_version", {**RECORD.columns, "known_to": "VARCHAR"})
"""The versions of source records that a newer one has followed."""

RESTATED = Relation("restated_record", {"database_id": "VARCHAR", "record_id": "VARCHAR", "stamp": "VARCHAR"})
"""When a version was stated again, unchanged: what is loaded late of an earlier day does not replace it."""

DELETION = Relation("deletion", {
    "database_id": "VARCHAR", "label": "VARCHAR", "source": "VARCHAR", "dataset": "VARCHAR", "key": "VARCHAR",
    "moment": "VARCHAR",
})  # fmt: skip
"""When rows of a dataset said that its record under a key is deleted; kept also where no state of it is known
yet, since exports are loaded in any order."""

FACT_STATE = Relation("fact_state", {
    "database_id": "VARCHAR", "fact_key": "VARCHAR", "stamp": "VARCHAR", "value": "VARCHAR",
    "type": "VARCHAR", "start_label": "VARCHAR", "end_label": "VARCHAR", "start_id": "VARCHAR",
    "end_id": "VARCHAR", "source": "VARCHAR", "source_key": "VARCHAR", "own_from": "VARCHAR",
    "own_to": "VARCHAR", "first_from": "VARCHAR", "known": "VARCHAR", "basis": "VARCHAR", "fields": "JSON",
})  # fmt: skip
"""What was stated under each fact key at each stamp; the facts of a key are a function of its states.

`fact_key` is what one fact after the other is stated under: link rule and source key, or both ends in a list
of pairs. `value` is the hash of ends and fields; null where nothing was stated. `own_from`, `own_to`: the
dates that the row itself names; `first_from`: where the first fact begins that names none; `known`: its own
stamp."""

CURRENT_FACT = Relation("known_fact", {
    "database_id": "VARCHAR", "fact_key": "VARCHAR", "fact_id": "VARCHAR", "type": "VARCHAR",
    "start_label": "VARCHAR", "end_label": "VARCHAR", "start_id": "VARCHAR", "end_id": "VARCHAR",
    "known_from": "VARCHAR",
})  # fmt: skip
"""The facts that the graph has of each fact key, ended ones included."""

CURRENT_PART = Relation("known_part", {
    "database_id": "VARCHAR", "owner": "VARCHAR", "type": "VARCHAR", "start_label": "VARCHAR",
    "end_label": "VARCHAR", "item": "VARCHAR", "start_id": "VARCHAR", "end_id": "VARCHAR",
    "part_key": "VARCHAR",
})  # fmt: skip
"""The parts that the graph has; `owner` is the link rule and the record that the parts belong to."""

CURRENT_OWNER = Relation("known_owner", {
    "database_id": "VARCHAR", "owner": "VARCHAR", "stamp": "VARCHAR",
})  # fmt: skip
"""The stamp of the newest state of each record that was said to have parts."""

WHOLE_EXPORT = Relation("whole_export", {
    "database_id": "VARCHAR", "source": "VARCHAR", "dataset": "VARCHAR", "stamp": "VARCHAR",
})  # fmt: skip
"""The declared dates of the complete exports that were loaded."""

QUARANTINE = Relation("quarantine", {
    "run_id": "VARCHAR", "dataset": "VARCHAR", "file": "VARCHAR", "row": "BIGINT", "reason": "VARCHAR",
    "cells": "VARCHAR",
})  # fmt: skip
"""Bad rows of all runs."""

LAYOUT = Relation("layout", {"version": "INTEGER"})
"""Which version of these tables the file was made with; one row."""
LAYOUT_VERSION = 3
"""Grows with every change of the kept tables or of what their rows mean."""

KEPT = (
    RAW, LEDGER, RECORD, PAST_VERSION, RESTATED, DELETION, FACT_STATE, CURRENT_FACT, CURRENT_PART,
    CURRENT_OWNER, WHOLE_EXPORT, QUARANTINE, LAYOUT,
)  # fmt: skip
