"""Links between entities: both ends, or a reason why not; rows are refused until nothing dangles."""

from dataclasses import dataclass

from graph import sql
from graph.model import NODES
from graph.sql import Relation, Sql, fill
from ingest import tables
from ingest.mapping.model import Mapping
from ingest.mapping.rules import End, LinkRule
from ingest.sql import statement
from ingest.staging.database import Staging
from ingest.transform.identity_rows import IdentityRows
from ingest.transform.keys import Keys, Known, found_by, make_keys
from ingest.transform.phone_keys import asked_key
from ingest.transform.plan import beside_a_record, is_fact, link_column, needed_fields, own_node
from ingest.transform.rule import Rule
from ingest.transform.values import value_table

TO_ITSELF = frozenset({"ABSENT"})
"""Facts whose end is their start where no other record is named: nobody stands in for who is away."""
WITHOUT = "without "
"""Before the name of the field that a link lacks, where that is why there is none."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link rule with its place in the mapping."""

    dataset: str
    index: int
    source: str
    rule: LinkRule
    ends: tuple[End, End]
    """Both ends written out, the row's own node included."""
    country: str = ""
    """Of telephone numbers that name none, as declared."""

    @property
    def rows(self) -> Relation:
        """The rule's relationships: both ends, or why one is missing."""
        return tables.link_rows(self.dataset, self.index)

    @property
    def labels(self) -> set[str]:
        """The labels that stand at either end."""
        return {label for end in self.ends for label in end.label}

    def column(self, part: str) -> Sql:
        """The quoted column of the dataset's value table."""
        return sql.name(link_column(self.index, part))


def links_of(mapping: Mapping) -> list[Link]:
    """Every link rule of a mapping."""
    return [
        Link(name, index, mapping.source_of(name), rule, _ends(mapping, name, rule), mapping.country_of(name))
        for name, dataset in mapping.datasets.items()
        for index, rule in enumerate(dataset.links)
    ]


@dataclass(frozen=True, slots=True)
class Identified:
    """Ids of the run's keys, the ends of its links (each rule's `Link.rows`), and all bad rows."""

    keys: Keys
    bad: Relation


def identify(
    staging: Staging, rules: list[Rule], links: list[Link], rows: IdentityRows, known: Known, bad: Relation,
    notes: Relation,
) -> Identified:  # fmt: skip
    """Find ids and ends, refusing rows with dangling references, until every good row stands.

    Values too frequent to match anything are added to `notes`.

    A refused row may have been the only one that made an entity, so the search repeats, for the links that
    this may concern, until it finds no more.
    """
    keys = make_keys(staging, rules, rows, known, bad)
    pending = links
    while pending:
        lookups = staging.make(
            tables.LOOKUP, statement("identity.lookups", lookup_value=found_by(staging, keys.values))
        )
        for link in pending:
            staging.make(link.rows, _resolved(link, keys.keys, lookups, bad))
            if beside_a_record(link.rule):
                _leave_out(staging, link)
        refused = {link.dataset for link in pending if _refuse(staging, link, bad)}
        labels = {rule.node.label for rule in rules if rule.dataset in refused}
        if labels:
            keys = make_keys(staging, rules, rows, known, bad)
        pending = [link for link in links if link.dataset in refused or labels & link.labels]
    staging.append(notes, fill("SELECT * FROM {t}", t=keys.frequent.table))
    return Identified(keys, bad)


def _ends(mapping: Mapping, dataset: str, rule: LinkRule) -> tuple[End, End]:
    start, end = (
        _end(mapping, dataset, rule, given, position) for position, given in enumerate((rule.start, rule.end))
    )
    return start, end


def _end(mapping: Mapping, dataset: str, rule: LinkRule, given: End | None, position: int) -> End:
    if given is not None:
        return given
    node = mapping.datasets[dataset].nodes[own_node(mapping.datasets[dataset], rule, position)]
    return End(label=[node.label], key=node.key)


def _resolved(link: Link, keys: Relation, lookups: Relation, bad: Relation) -> Sql:
    """The good rows of a link rule with ids and labels of both ends, or what is wrong with one."""
    sides = [_side(link, position) for position in (0, 1)]
    joins = [_joins(link, position, keys, lookups) for position in (0, 1)]
    return fill(
        """WITH rows AS (SELECT v.__seq, {start} AS a, {end} AS b FROM {values} v
            ANTI JOIN {bad} x ON x.dataset = {dataset} AND x.seq = v.__seq
            WHERE v.__state IS NULL AND v.{when})
        SELECT r.__seq, r.a, r.b, {ids} FROM rows r {joins}""",
        values=value_table(link.dataset), bad=bad.table, dataset=sql.bind(link.dataset),
        when=link.column("when"), start=_key(link, 0), end=_key(link, 1), ids=sql.listed(sides),
        joins=sql.listed(joins, " "),
    )  # fmt: skip


def _key(link: Link, position: int) -> Sql:
    """What the row says about an end; a cell with several parts gives one row for each."""
    end = link.ends[position]
    column = link.column("end" if position else "start")
    value = end.key if end.key is not None else next(iter((end.by or {}).values()))
    if value.split is None:
        return column
    return fill("unnest(CASE WHEN len({c}) > 0 THEN {c} ELSE [NULL] END)", c=column)


def _side(link: Link, position: int) -> Sql:
    """The columns of one end: the first label that knows the value wins."""
    side, labels = ("start", "end")[position], link.ends[position].label
    ids = [Sql(f"{name}.id") for name in _names(link, position)]
    states = sql.coalesce(Sql(f"{name}.state") for name in _names(link, position))
    found = [
        fill("WHEN {i} IS NOT NULL THEN {l}", i=i, l=sql.bind(label))
        for i, label in zip(ids, labels, strict=True)
    ]
    return fill(
        """coalesce({ids}, NULL) AS {side}_id, CASE {found} END AS {side}_label,
        CASE WHEN r.{key} IS NULL THEN 'empty' WHEN coalesce({ids}, NULL) IS NOT NULL THEN NULL
            WHEN {states} IN ('review', 'skip') THEN 'waiting' WHEN {states} = 'ambiguous' THEN 'ambiguous'
            ELSE 'unknown' END AS {side}_problem""",
        ids=sql.listed(ids), side=Sql(side), found=sql.listed(found, " "), key=Sql("ab"[position]),
        states=states,
    )  # fmt: skip


def _names(link: Link, position: int) -> list[str]:
    """A name in the query for each label that an end may have."""
    return [f"{('start', 'end')[position]}_{rank}" for rank in range(len(link.ends[position].label))]


def _joins(link: Link, position: int, keys: Relation, lookups: Relation) -> Sql:
    """For each label of an end, the join that finds its entity."""
    end = link.ends[position]
    value = fill("r.{k}", k=Sql("ab"[position]))
    if end.by is None:
        relation, column = keys, Sql("key")
        by = fill("source = {s}", s=sql.bind(end.source or link.source))
    else:
        field = next(iter(end.by))
        relation, column = lookups, Sql("value")
        value = asked_key(field, value, sql.bind(link.country))
        by = fill("field = {f}", f=sql.bind(field))
    pairs = zip(_names(link, position), end.label, strict=True)
    return sql.listed((_join(relation, name, label, by, column, value) for name, label in pairs), " ")


def _join(relation: Relation, name: str, label: str, by: Sql, column: Sql, value: Sql) -> Sql:
    return fill(
        "LEFT JOIN {t} {n} ON {n}.label = {l} AND {n}.{by} AND {n}.{column} = {value}",
        t=relation.table, n=Sql(name), l=sql.bind(label), by=by, column=column, value=value,
    )  # fmt: skip


def _refuse(staging: Staging, link: Link, bad: Relation) -> bool:
    """Add the rows whose reference dangles to the bad ones; whether there were any."""
    beside = beside_a_record(link.rule)
    reasons = [] if beside else [_dangling(link, position) for position in (0, 1)]
    if link.rule.required:
        reasons += [_missing(link, position) for position in (0, 1)]
    if _may_refer_to_itself(link) and not beside:
        reasons.append(_own(link))
    before = staging.count(bad)
    refusals = fill(
        """SELECT {dataset} AS dataset, __seq AS seq, any_value(reason) AS reason FROM
        (SELECT __seq, {reason} AS reason FROM {rows}) WHERE reason IS NOT NULL GROUP BY __seq""",
        dataset=sql.bind(link.dataset), reason=sql.coalesce(reasons), rows=link.rows.table,
    )  # fmt: skip
    return staging.count(staging.append(bad, refusals)) > before


def _leave_out(staging: Staging, link: Link) -> None:
    """Leave out a link, and not its record, that would lead to itself or lacks a field that it needs."""
    if _may_refer_to_itself(link):
        staging.execute(statement("identity.leave_out_itself", rows=link.rows))
    for name in needed_fields(link.rule):
        query = fill(
            """UPDATE {rows} SET start_id = NULL, start_problem = {problem}
            WHERE start_id IS NOT NULL AND end_id IS NOT NULL
                AND __seq IN (SELECT __seq FROM {values} WHERE {column} IS NULL)""",
            rows=link.rows.table, problem=sql.bind(f"{WITHOUT}{name}"), values=value_table(link.dataset),
            column=link.column(f"f_{name}"),
        )  # fmt: skip
        staging.execute(query)


def _may_refer_to_itself(link: Link) -> bool:
    return is_fact(link.rule.type) and len(link.labels) == 1 and link.rule.type not in TO_ITSELF


def _dangling(link: Link, position: int) -> Sql:
    if link.rule.optional:
        return sql.NULL
    side, letter = ("start", "a") if position == 0 else ("end", "b")
    end = link.ends[position]
    whose = f"in {end.source or link.source}" if end.by is None else f"by {next(iter(end.by))}"
    return fill(
        "CASE WHEN {side}_problem = 'unknown' THEN {before} || {key} || {after} END",
        side=Sql(side), key=Sql(letter), before=sql.bind(f"{link.rule.type}: no {' or '.join(end.label)} `"),
        after=sql.bind(f"` is known {whose}"),
    )  # fmt: skip


def _missing(link: Link, position: int) -> Sql:
    side = ("start", "end")[position]
    labels = " or ".join(link.ends[position].label)
    return fill(
        "CASE WHEN {side}_problem = 'empty' THEN {reason} END",
        side=Sql(side), reason=sql.bind(f"{link.rule.type}: names no {labels}"),
    )  # fmt: skip


def _own(link: Link) -> Sql:
    return fill(
        "CASE WHEN start_id = end_id AND start_label = end_label THEN {reason} || start_id END",
        reason=sql.bind(f"{link.rule.type}: refers to itself: "),
    )  # fmt: skip


def has_aliases(label: str) -> bool:
    """Whether entities of a label have aliases (records of the others are their own)."""
    return NODES[label].mutable
