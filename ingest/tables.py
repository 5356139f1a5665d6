"""Every table of ingest with its columns: those kept in the staging file, and those of a single run.

Moments are canonical UTC text, `item` names what one write puts into the graph, `seq` a row of a dataset in
the order of its files.
"""

from collections.abc import Iterable, Mapping

from graph.sql import Relation

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


def key_columns(dataset: str) -> Relation:
    """The columns whose cells together name the record that a row is of; empty where none do."""
    return Relation(f"work.key_of_{dataset}", {"name": "VARCHAR"})


# Of a single run: rows.

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

# Of a single run: identity.

ASKED = Relation("work.asked", {"label": "VARCHAR", "source": "VARCHAR", "key": "VARCHAR"})
"""Every source key that rows name."""

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

PHONE_KEY = Relation("work.phone_key", {
    "number": "VARCHAR", "country": "VARCHAR", "asked": "VARCHAR", "kept": "VARCHAR[]",
})  # fmt: skip
"""What a telephone number is looked up by, and what it is found by where a row states it (see
`ingest.reading.telephone`); `country`: as its row names it, else as declared, else empty."""

UNUSABLE = Relation("work.unusable", {"value": "VARCHAR", "reason": "VARCHAR"})
"""Values by which nothing is matched or found: placeholders, extensions, and damaged numbers."""

KEY = Relation("work.key", {
    "label": "VARCHAR", "source": "VARCHAR", "key": "VARCHAR", "id": "VARCHAR", "state": "VARCHAR",
})  # fmt: skip
"""The entity of every source key; `state` is known, made, review or skip, the last two without an id."""

LOOKUP_VALUE = Relation("work.lookup_value", {
    "label": "VARCHAR", "field": "VARCHAR", "value": "VARCHAR", "id": "VARCHAR", "rule": "VARCHAR",
})  # fmt: skip
"""Which entities carry which value, by the rule that says so (`graph` where the graph does)."""

FOUND_BY = Relation("work.found_by", LOOKUP_VALUE.columns)
"""The same, what stands behind the first of a cell among its like."""

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

# Of a single run: what the graph should hold, and what it does not hold yet.

CONTRIBUTION = Relation("work.contribution", {
    "label": "VARCHAR", "id": "VARCHAR", "source": "VARCHAR", "dataset": "VARCHAR", "rule": "VARCHAR",
    "key": "VARCHAR", "known_from": "VARCHAR", "stamp": "VARCHAR", "body": "VARCHAR",
})  # fmt: skip
"""What each source record says about its entity, as JSON. `known_from`: where the record begins if nothing
older is known of it; `stamp`: when this was stated, by the row or its export; null where neither says it."""

OUTDATED = Relation("work.outdated", CONTRIBUTION.columns)
"""What was said of records before they ended: versions of the past."""

SURVIVING = Relation("work.surviving", {
    "label": "VARCHAR", "id": "VARCHAR", "source": "VARCHAR", "known_from": "VARCHAR", "body": "VARCHAR",
})  # fmt: skip
"""The newest state of every record of the run's entities, those of other sources and runs included."""

ENTITY = Relation("work.entity", {"label": "VARCHAR", "id": "VARCHAR", "body": "VARCHAR"})
"""The run's entities with the values that survive among their records."""

FILTERED_KEY = Relation("work.filtered_key", {"key": "VARCHAR"})
"""Keys of the filtered rows of one dataset."""

REMOVED = Relation("work.removed", {
    "label": "VARCHAR", "id": "VARCHAR", "source": "VARCHAR", "dataset": "VARCHAR", "rule": "VARCHAR",
    "key": "VARCHAR", "record_id": "VARCHAR", "moment": "VARCHAR", "seq": "BIGINT", "row_dataset": "VARCHAR",
})  # fmt: skip
"""Records that end with this run, and the row that says so; null where a complete export lacks them."""

DELETED = Relation("work.deleted", {
    "label": "VARCHAR", "source": "VARCHAR", "dataset": "VARCHAR", "key": "VARCHAR", "moment": "VARCHAR",
})  # fmt: skip
"""The dated deletions of this run."""

END = Relation("work.record_end", {
    "label": "VARCHAR", "source": "VARCHAR", "dataset": "VARCHAR", "rule": "VARCHAR", "key": "VARCHAR",
    "moment": "VARCHAR",
})  # fmt: skip
"""All dated deletions of the records that this run deletes or states, kept ones included."""

RETURNED = Relation("work.returned", {
    "label": "VARCHAR", "id": "VARCHAR", "source": "VARCHAR", "dataset": "VARCHAR", "rule": "VARCHAR",
    "key": "VARCHAR", "moment": "VARCHAR", "dated": "BOOLEAN",
})  # fmt: skip
"""Records that had ended and are stated again. `dated`: by rows whose own stamps follow the deletion."""

STANDING_RECORD = Relation("work.standing_record", {
    "label": "VARCHAR", "id": "VARCHAR", "source": "VARCHAR", "known_from": "VARCHAR", "body": "VARCHAR",
    "ended_at": "VARCHAR",
})  # fmt: skip
"""The newest version of every record of the run's entities, as it stands after the run."""

ENDED = Relation("work.ended", {"label": "VARCHAR", "id": "VARCHAR", "moment": "VARCHAR"})
"""Entities of which no source holds a record any longer, where that or its day is new."""

BACK = Relation("work.back", ENDED.columns)
"""Entities that had ended, on that day, and of which a source holds a record again."""

TURNED = Relation("work.turned", {"label": "VARCHAR", "id": "VARCHAR"})
"""Entities that end or return with this run."""

ABSENT_KEY = Relation("work.absent_key", {"fact_key": "VARCHAR", "stamp": "VARCHAR"})
"""Fact keys under which nothing is stated any longer, since their record ended or a complete export lacks
them."""

VERSION = Relation("work.version", {
    "label": "VARCHAR", "id": "VARCHAR", "source": "VARCHAR", "dataset": "VARCHAR", "rule": "VARCHAR",
    "key": "VARCHAR", "hash": "VARCHAR", "body": "VARCHAR", "known_from": "VARCHAR", "record_id": "VARCHAR",
    "ended_at": "VARCHAR", "known_to": "VARCHAR", "stated": "VARCHAR[]", "changes": "BOOLEAN",
    "moves": "BOOLEAN", "newest": "BOOLEAN",
})  # fmt: skip
"""All versions of the source records of which this run states one. `stated`: when, in order; `changes`: it
is new or its time is another; `moves`: a version of its record is; `newest`: none follows it."""

RECORD_STATE = Relation("work.record_state", {
    "label": "VARCHAR", "id": "VARCHAR", "source": "VARCHAR", "dataset": "VARCHAR", "rule": "VARCHAR",
    "key": "VARCHAR", "hash": "VARCHAR", "body": "VARCHAR", "stamp": "VARCHAR", "known_from": "VARCHAR",
    "returns": "BOOLEAN",
})  # fmt: skip
"""What the run states of records that was not known; `returns`: the record had ended."""

STATED_FACT = Relation("work.stated_fact", {
    "dataset": "VARCHAR", "seq": "BIGINT",
    **{name: kind for name, kind in FACT_STATE.columns.items() if name != "database_id"},
    "trusted": "BOOLEAN",
})  # fmt: skip
"""The facts of the good rows. `trusted`: the stamp is the source's own, or the export's declared date."""

STATED_KEY = Relation("work.stated_key", {
    "fact_key": "VARCHAR", "stamp": "VARCHAR", "dataset": "VARCHAR", "seq": "BIGINT", "trusted": "BOOLEAN",
    "first_from": "VARCHAR",
})  # fmt: skip
"""The fact keys that rows speak for, at which stamp; `seq` is null where several rows do together. A row may
state no fact under its key."""

NEW_STATE = Relation("work.new_state", {
    "fact_key": "VARCHAR", "stamp": "VARCHAR", "seq": "BIGINT", "replaces": "VARCHAR", "changes": "BOOLEAN",
})  # fmt: skip
"""States that are not kept yet. `replaces`: the stamp of the state of the same second; `changes`: the key's
facts may be others now."""

CHANGED_KEY = Relation("work.changed_key", {"fact_key": "VARCHAR"})
"""Fact keys whose facts may be others now."""

STATED_STATE = Relation("work.stated_state", {
    **{name: kind for name, kind in FACT_STATE.columns.items() if name != "database_id"},
})  # fmt: skip
"""The new states as they are kept."""

STATE = Relation("work.state", {
    **{name: kind for name, kind in FACT_STATE.columns.items() if name != "database_id"},
})  # fmt: skip
"""All states of the fact keys that change."""

FACT = Relation("work.fact", {
    "fact_key": "VARCHAR", "value": "VARCHAR", "fact_id": "VARCHAR", "type": "VARCHAR",
    "start_label": "VARCHAR", "end_label": "VARCHAR", "start_id": "VARCHAR", "end_id": "VARCHAR",
    "source": "VARCHAR", "source_key": "VARCHAR", "valid_from": "VARCHAR", "valid_to": "VARCHAR",
    "known_from": "VARCHAR", "known_to": "VARCHAR", "basis": "VARCHAR", "fields": "JSON",
})  # fmt: skip
"""The facts of the keys that change; `known_to` is filled where another one corrects it."""

CAPPED_FACT = Relation("work.capped_fact", FACT.columns)
"""The same facts, none of which outlives its ends."""

STATED_PART = Relation("work.stated_part", {
    "dataset": "VARCHAR", "seq": "BIGINT", "owner": "VARCHAR", "type": "VARCHAR", "start_label": "VARCHAR",
    "end_label": "VARCHAR", "item": "VARCHAR", "start_id": "VARCHAR", "end_id": "VARCHAR",
    "part_key": "VARCHAR", "body": "VARCHAR",
})  # fmt: skip
"""The parts of the good rows."""

STATED_OWNER = Relation("work.stated_owner", {"owner": "VARCHAR", "stamp": "VARCHAR", "trusted": "BOOLEAN"})
"""The records that good rows speak for, which may have no parts."""

PART_OWNER = Relation("work.part_owner", {"owner": "VARCHAR", "stamp": "VARCHAR"})
"""The records whose parts are what the run's rows say: those of which the graph knows nothing newer."""

RESTATED_OWNER = Relation("work.restated_owner", PART_OWNER.columns)
"""Those of them that were last stated at another time."""

REMOVED_PART = Relation("work.removed_part", CURRENT_PART.columns)
"""Parts that stood and are no longer stated."""

TARGET = Relation("work.target", {
    "kind": "VARCHAR", "name": "VARCHAR", "start_label": "VARCHAR", "end_label": "VARCHAR",
    "item": "VARCHAR", "body": "VARCHAR",
})  # fmt: skip
"""What the graph should hold. `kind` says how an item is written: node, fact, part, or drop for a part that
goes; `name` is its label or type; `body` is the row for the store as JSON."""

MEMBER = Relation("work.member", {"label": "VARCHAR", "id": "VARCHAR"})
"""Records of the graph that were merged with others."""

ROW_ITEM = Relation("work.row_item", {"dataset": "VARCHAR", "seq": "BIGINT", "item": "VARCHAR"})
"""Which rows speak of which items."""

PENDING = Relation("work.pending", {
    "seq": "BIGINT", "write_group": "VARCHAR", **TARGET.columns, "cell": "UTINYINT", "hash": "VARCHAR",
    "fresh": "BOOLEAN",
})  # fmt: skip
"""The targets that the graph does not hold as they are, numbered in the order of writing within a group.
`cell` of a relationship: in which half of all starts (2) and of all ends (1) its own stand; of the others 0;
`fresh`: it never held the item, so that empty values need not be removed from it."""

# Of a revert: the loads that remain are compared anew in a staging file of its own.

STANDING = Relation("standing", {
    "item": "VARCHAR", "kind": "VARCHAR", "name": "VARCHAR", "start_label": "VARCHAR",
    "end_label": "VARCHAR", "body": "VARCHAR",
})  # fmt: skip
"""What a graph holds after the loads that remain: every item with all that was written of it."""

WRITTEN = Relation("work.written", {
    "run_id": "VARCHAR", "kind": "VARCHAR", "name": "VARCHAR", "start_label": "VARCHAR",
    "end_label": "VARCHAR", "item": "VARCHAR", "body": "VARCHAR", "hash": "VARCHAR",
})  # fmt: skip
"""What loads have written to the graph, killed ones included."""

REWRITTEN = Relation("rewritten", WRITTEN.columns)
"""What the loads that remain would have written without the one that is taken back."""

UNREFERRED = Relation("unreferred", {
    "run_id": "VARCHAR", "dataset": "VARCHAR", "file": "VARCHAR", "row": "BIGINT", "reason": "VARCHAR",
    "hash": "VARCHAR",
})  # fmt: skip
"""Rows of later loads that refer to what only the load that is taken back had brought."""

TYPED_BAD = Relation("work.typed_bad", BAD.columns)
"""The bad rows of a load before any row was identified."""

ACTUAL_KEY = Relation("work.actual_key", KEY.columns)
"""The entities of source keys as a kept load had found them."""

ACTUAL_REFUSED = Relation("work.actual_refused", {"dataset": "VARCHAR", "seq": "BIGINT"})
"""The rows that a kept load had refused."""

UNDONE = Relation("work.undone", {
    "verb": "VARCHAR", "kind": "VARCHAR", "name": "VARCHAR", "start_label": "VARCHAR",
    "end_label": "VARCHAR", "item": "VARCHAR", "body": "VARCHAR", "mentioned": "VARCHAR[]",
})  # fmt: skip
"""What a revert writes. `verb`: put or drop; `mentioned`: every property ever written of the item."""


def replayed(relation: Relation) -> Relation:
    """The relation of the same name in the staging file of a revert."""
    return Relation(f"replayed.{relation.name}", relation.columns)
