"""Source keys to entity ids: what the graph already knows, what this run's rows make, and exact matches."""

from dataclasses import dataclass

from graph import sql
from graph.model.party import OTHERS
from graph.sql import Relation, Sql, fill
from ingest import tables
from ingest.sql import statement
from ingest.staging.database import Staging
from ingest.transform.identity_rows import IdentityRows
from ingest.transform.rule import Rule


@dataclass(frozen=True, slots=True)
class Known:
    """What the graph holds of the keys and values that the run's rows name."""

    keys: Relation
    values: Relation


@dataclass(frozen=True, slots=True)
class Keys:
    """The entity of every source key and of every value that something is looked up by; open cases."""

    keys: Relation
    values: Relation
    review: Relation
    frequent: Relation
    """Values that stand too often to identify anyone, as notes for the report."""


SHARED = ("Purpose",)
"""Labels whose keys are words that all sources share, such as `marketing`."""
MOST = 5
"""Keys of a rule, or entities, that may share a value and wait for a person; a value that more of them share,
such as the number of a switchboard, matches nothing."""


def make_keys(staging: Staging, rules: list[Rule], rows: IdentityRows, known: Known, bad: Relation) -> Keys:
    """Ids for the keys of all good rows; a value that could mean several entities waits for a person."""
    keys = Keys(
        staging.make(tables.KEY, statement("identity.known_keys", known=known.keys)),
        staging.make(tables.LOOKUP_VALUE, statement("identity.known_values", known_value=known.values)),
        staging.empty(tables.REVIEW),
        staging.empty(tables.FREQUENT_VALUE),
    )
    for rule in rules:
        seen = {"rule": rule.name, "bad": bad, "key": keys.keys}
        if rule.node.match:
            unmatched = staging.make(
                tables.UNMATCHED, statement("identity.unmatched", node_row=rows.nodes, **seen)
            )
            _match(staging, rule, rows, keys, unmatched)
        else:
            staging.append(
                keys.keys, statement("identity.own_keys", node_row=rows.nodes, shared=list(SHARED), **seen)
            )
        staging.append(keys.values, statement("identity.values", field_row=rows.fields, **seen))
    return keys


def _match(staging: Staging, rule: Rule, rows: IdentityRows, keys: Keys, unmatched: Relation) -> None:
    """Add the entity that each unmatched key exactly matches, by the first alternative that finds any."""
    entity = {"label": rule.node.label, "source": rule.source}
    place = {"dataset": rule.dataset, "label": rule.node.label}
    values = found_by(staging, keys.values)
    for rank, alternative in enumerate(rule.node.match):
        candidates = staging.make(tables.CANDIDATE, _candidates(rule, list(alternative), values))
        matches = staging.make(tables.MATCH, statement(
            "identity.matches", rule=rule.name, rank=rank, unmatched=unmatched,
            blocking_key=rows.blocking_keys, candidate=candidates,
        ))  # fmt: skip
        staging.append(keys.frequent, statement("identity.too_frequent", most=MOST, match=matches, **place))
        matches = staging.make(tables.MATCH, statement("identity.credible_matches", most=MOST, match=matches))
        staging.append(keys.keys, statement("identity.matched_keys", match=matches, **entity))
        staging.append(keys.review, statement("identity.unclear", match=matches, **place))
        rest = statement("identity.still_unmatched", unmatched=unmatched, match=matches)
        unmatched = staging.make(tables.UNMATCHED, rest)
    state = "made" if rule.node.unmatched == "create" else rule.node.unmatched
    staging.append(
        keys.keys, statement("identity.unmatched_keys", state=state, unmatched=unmatched, **entity)
    )
    if state == "review":
        staging.append(keys.review, statement("identity.unmatched_review", unmatched=unmatched, **place))


def found_by(staging: Staging, values: Relation) -> Relation:
    """The values with those that stand behind the first of a cell among their like."""
    others = {"other": list(OTHERS.values()), "field": list(OTHERS)}
    return staging.make(tables.FOUND_BY, statement("identity.found_by", lookup_value=values, **others))


def _candidates(rule: Rule, fields: list[str], values: Relation) -> Sql:
    """Entities of other rules with their values in the fields, joined as one text."""
    joins = [
        fill("JOIN {t} n{i} ON n{i}.label = n0.label AND n{i}.id = n0.id AND n{i}.field = {f}",
             t=values.table, i=Sql(str(i)), f=sql.bind(field))
        for i, field in enumerate(fields) if i
    ]  # fmt: skip
    value = sql.listed((Sql(f"n{i}.value") for i in range(len(fields))), " || chr(31) || ")
    return fill(
        """SELECT DISTINCT n0.id, {value} AS value FROM {t} n0 {joins}
        WHERE n0.label = {label} AND n0.field = {first} AND n0.rule <> {rule}""",
        value=value, t=values.table, joins=sql.listed(joins, " "), label=sql.bind(rule.node.label),
        first=sql.bind(fields[0]), rule=sql.bind(rule.name),
    )  # fmt: skip
