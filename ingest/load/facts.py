"""Facts as the graph should hold them: a function of what their source stated, at which stamp.

Where each row is one record of its source (a contact, an account), what it states under a link rule now
follows what it stated before. In a list of pairs each pair is a fact of its own. All states are kept, so that
an export that is loaded late changes the past and not the present.
"""

from dataclasses import dataclass

from graph import sql
from graph.sql import Relation, Sql, fill
from ingest import tables
from ingest.load.dates import declared_start
from ingest.load.removals import Removals, Turned
from ingest.mapping.model import Mapping
from ingest.sql import statement
from ingest.staging.database import Staging
from ingest.transform.links import Link
from ingest.transform.moment import canonical
from ingest.transform.plan import OWN_DATES, is_fact, node_column, repeats_of
from ingest.transform.values import value_table

MOVING = frozenset({"LINKED_TO"})
"""Facts of which only the first begins with its record: a machine that now stands at another customer came
there when the export says so, not on the day of its installation."""
DATED = frozenset({"ABSENT"})
"""Facts of one record that its start and its first day tell apart: somebody goes on leave time and again, and
whoever stands in may change."""
WHOLE_DAYS = frozenset({"ABSENT"})
"""Facts that last through the day on which they end, where no time is said."""
AT_ONCE = "0000"
"""The end of what is refused: `fact.timeline` sets it to the beginning."""
SALT = "~"
"""Between a source key and the hash that tells a corrected fact from the one it corrects."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of the keys whose states change, and the states that are new."""

    stated: Relation
    keys: Relation
    new_states: Relation
    stated_states: Relation
    changed_keys: Relation
    facts: Relation


def facts(staging: Staging, stated: Relation, keys: Relation, ends: Turned, database_id: str) -> Facts:
    """What the states of every changed key add up to, kept and new ones together."""
    kept = tables.FACT_STATE
    new = staging.make(
        tables.NEW_STATE,
        statement(
            "fact.new_states", stated_key=keys, stated_fact=stated, fact_state=kept, database_id=database_id
        ),
    )
    changed = staging.make(tables.CHANGED_KEY, statement("fact.changed_keys", new_state=new))
    turned = statement(
        "fact.turned_keys", fact_state=kept, turned=ends.both, changed_key=changed, database_id=database_id
    )
    staging.append(changed, turned)
    stated_states = staging.make(
        tables.STATED_STATE, statement("fact.stated_states", new_state=new, stated_fact=stated)
    )
    older = statement(
        "fact.kept_states", fact_state=kept, changed_key=changed, new_state=new, database_id=database_id
    )
    state = staging.make(tables.STATE, older)
    staging.append(state, statement("fact.changed_states", stated_state=stated_states, changed_key=changed))
    staging.execute(statement("fact.define_id"))
    made = staging.make(tables.FACT, statement("fact.timeline", state=state, salt=SALT, at_once=AT_ONCE))
    staging.drop(state)
    capped = statement(
        "fact.capped", fact=made, ended=ends.ended, turned=ends.both, record=tables.RECORD,
        database_id=database_id,
    )  # fmt: skip
    standing = staging.make(tables.CAPPED_FACT, capped)
    staging.drop(made)
    return Facts(stated, keys, new, stated_states, changed, standing)


def absent_facts(
    staging: Staging, mapping: Mapping, links: list[Link], keys: Relation, gone: Removals, database_id: str
) -> Relation:
    """`tables.STATED_KEY` with the keys added under which nothing is stated any longer."""
    absent = staging.empty(tables.ABSENT_KEY)
    of_graph = {"fact_state": tables.FACT_STATE, "database_id": database_id}
    for link in links:
        if is_fact(link.rule.type):
            dataset = mapping.datasets[link.dataset]
            place = {"rule": _rule(link), "dataset": link.dataset}
            if _one_record_each(mapping, link):
                label = dataset.nodes[0].label
                ended = statement(
                    "fact.absent_of_records", removed=gone.removed, ends=gone.ends, label=label, **place,
                    **of_graph,
                )  # fmt: skip
                staging.append(absent, ended)
                deleted = statement(
                    "fact.deleted_keys", ends=gone.ends, stated_key=keys, label=label, **place, **of_graph
                )
                staging.append(keys, deleted)
            elif dataset.complete:
                pairs = statement(
                    "fact.absent_of_pairs", stated_key=keys, whole=gone.whole, **place, **of_graph
                )
                staging.append(absent, pairs)
    return staging.append(keys, statement("fact.absent_keys", absent_key=absent, stated_key=keys))


def returned_facts(
    staging: Staging, mapping: Mapping, links: list[Link], stated: Relation, keys: Relation, gone: Removals
) -> None:
    """Date what a record that returns says from its return on."""
    for link in links:
        if is_fact(link.rule.type) and _one_record_each(mapping, link):
            label = mapping.datasets[link.dataset].nodes[0].label
            for relation in (stated, keys):
                staging.execute(
                    statement(
                        "fact.returned_keys", stated=relation, returned=gone.returned, rule=_rule(link),
                        dataset=link.dataset, label=label,
                    )
                )  # fmt: skip


def stated_facts(
    staging: Staging, mapping: Mapping, links: list[Link], bad: Relation, exported: Relation
) -> tuple[Relation, Relation]:
    """`tables.STATED_FACT`, the facts of the good rows, and `tables.STATED_KEY`, what the rows speak for."""
    stated, keys = staging.empty(tables.STATED_FACT), staging.empty(tables.STATED_KEY)
    for link in links:
        if is_fact(link.rule.type):
            staging.append(stated, _facts(mapping, link, links, bad, exported))
            if _one_record_each(mapping, link):
                staging.append(keys, _keys(mapping, link, bad, exported))
    staging.append(keys, statement("fact.stated_pairs", stated_fact=stated, stated_key=keys))
    return stated, keys


def _one_record_each(mapping: Mapping, link: Link) -> bool:
    """Whether each row is one record of its source."""
    dataset = mapping.datasets[link.dataset]
    return bool(dataset.nodes) and repeats_of(dataset, 0) in ("refuse", "versions")


def _row_key(mapping: Mapping, link: Link) -> Sql:
    """What tells the facts of a link rule apart: the row's record, else the pair, or start and day."""
    if _one_record_each(mapping, link):
        return sql.name(node_column(0, "key"))
    if link.rule.type in DATED:
        return fill("l.a || '@' || coalesce({start}, '')", start=_start(mapping, link))
    return Sql("l.a || '>' || l.b")


def _fact_key(mapping: Mapping, link: Link) -> Sql:
    return fill("{rule} || {key}", rule=sql.bind(_rule(link)), key=_row_key(mapping, link))


def _rule(link: Link) -> str:
    """How the fact keys of a link rule begin."""
    return f"{link.rule.type}|{link.source}|{link.dataset}|{link.index}|"


def _mark(links: list[Link], link: Link) -> Sql:
    """How the source keys of a rule's facts begin; one item may be linked to one record by several rules.

    Ids tell records of one label apart: where the ends have other labels than those that the dataset's first
    rule of this type names first, the key says which.
    """
    same = [one for one in links if one.dataset == link.dataset and one.rule.type == link.rule.type]
    several = link.rule.type == "LINKED_TO" and link.index > same[0].index
    start, end = (sides.label[0] for sides in (link if several else same[0]).ends)
    return fill(
        """{mark} || CASE WHEN start_label = {start} AND end_label = {end} THEN ''
            ELSE '.' || start_label || '>' || end_label END""",
        mark=sql.bind(f"{link.dataset}.{link.index}" if several else link.dataset), start=sql.bind(start),
        end=sql.bind(end),
    )  # fmt: skip


def _keys(mapping: Mapping, link: Link, bad: Relation, exported: Relation) -> Sql:
    """The fact key of every good row, also of those that state no fact."""
    return fill(
        """SELECT {fact_key} AS fact_key, coalesce({stamp}, e.stamp) AS stamp, {dataset} AS dataset,
            __seq AS seq, {stamp} IS NOT NULL OR e.declared AS trusted,
            coalesce({first}, {declared}, {stamp}, e.stamp) AS first_from
        FROM {values} v
        JOIN {exported} e ON e.dataset = {dataset}
        ANTI JOIN {bad} b ON b.dataset = {dataset} AND b.seq = v.__seq
        WHERE __state IS NULL AND {key} IS NOT NULL""",
        fact_key=_fact_key(mapping, link), key=_row_key(mapping, link), stamp=_stamp(mapping, link),
        values=value_table(link.dataset), exported=exported.table, dataset=sql.bind(link.dataset),
        bad=bad.table, declared=declared_start(mapping, link.dataset), first=_first(mapping, link),
    )  # fmt: skip


def _facts(mapping: Mapping, link: Link, links: list[Link], bad: Relation, exported: Relation) -> Sql:
    return fill(
        """SELECT {dataset} AS dataset, l.__seq AS seq, {fact_key} AS fact_key,
            coalesce({stamp}, e.stamp) AS stamp, {stamp} IS NOT NULL OR e.declared AS trusted,
            md5(concat_ws(chr(31), start_id, end_id, {fields})) AS value, {type} AS type, start_label,
            end_label, start_id, end_id, {source} AS source, ({mark}) || ':' || {row_key} AS source_key,
            {own_from} AS own_from, CASE WHEN {own_to} < '9999' THEN {own_to} END AS own_to,
            coalesce({first}, {declared}, {stamp}, e.stamp) AS first_from, {known} AS known, {basis} AS basis,
            {fields} AS fields
        FROM {ends} l
        JOIN {values} v ON v.__seq = l.__seq
        JOIN {exported} e ON e.dataset = {dataset}
        ANTI JOIN {bad} b ON b.dataset = {dataset} AND b.seq = l.__seq
        WHERE start_id IS NOT NULL AND end_id IS NOT NULL""",
        dataset=sql.bind(link.dataset), mark=_mark(links, link),
        fact_key=_fact_key(mapping, link), stamp=_stamp(mapping, link), fields=_fields(link),
        type=sql.bind(link.rule.type), source=sql.bind(link.source),
        row_key=_row_key(mapping, link), own_from=_start(mapping, link), own_to=_end(link),
        first=_first(mapping, link), declared=declared_start(mapping, link.dataset),
        known=_optional(link, "known_from"),
        basis=sql.bind(link.rule.basis), ends=link.rows.table, values=value_table(link.dataset),
        exported=exported.table, bad=bad.table,
    )  # fmt: skip


def _end(link: Link) -> Sql:
    """When the row says that the fact ends; of some a day without a time is the whole of that day."""
    if link.rule.refused:
        return sql.bind(AT_ONCE)
    end = _optional(link, "valid_to")
    if link.rule.type not in WHOLE_DAYS or link.rule.valid_to is None:
        return end
    next_day = canonical(fill("{e}[1:19]::TIMESTAMP + INTERVAL 1 DAY", e=end))
    return fill("CASE WHEN {e}[12:19] = '00:00:00' THEN {next} ELSE {e} END", e=end, next=next_day)


def _optional(link: Link, part: str) -> Sql:
    return sql.NULL if getattr(link.rule, part) is None else link.column(part)


def _stamp(mapping: Mapping, link: Link) -> Sql:
    """The source's own stamp of what the row states: the link's, else its record's; else null."""
    nodes = mapping.datasets[link.dataset].nodes
    stamps = [] if link.rule.known_from is None else [link.column("known_from")]
    if nodes and nodes[0].known_from is not None:
        stamps.append(sql.name(node_column(0, "known_from")))
    return sql.coalesce(stamps)


def _start(mapping: Mapping, link: Link) -> Sql:
    """When the row says that the fact begins: its own column, else the date of the row's record."""
    nodes = mapping.datasets[link.dataset].nodes
    dates = [link.column("valid_from")] if link.rule.valid_from is not None else []
    if nodes and nodes[0].valid_from is not None:
        dates.append(sql.name(node_column(0, "valid_from")))
    if link.rule.type not in MOVING:
        dates += _own_dates(mapping, link)
    return sql.coalesce(dates)


def _first(mapping: Mapping, link: Link) -> Sql:
    """The date of the row's record, where the first fact alone begins with it; else null."""
    return sql.coalesce(_own_dates(mapping, link) if link.rule.type in MOVING else [])


def _own_dates(mapping: Mapping, link: Link) -> list[Sql]:
    nodes = mapping.datasets[link.dataset].nodes
    names = [name for name in OWN_DATES if nodes and name in nodes[0].fields]
    return [sql.name(node_column(0, f"f_{name}")) for name in names]


def _fields(link: Link) -> Sql:
    """The JSON of the fact's own fields; a job's seniority comes from its title where it is not mapped."""
    stated = {name: link.column(f"f_{name}") for name in link.rule.fields}
    if link.rule.type == "WORKS_AT" and "title" in stated and "seniority" not in stated:
        stated["seniority"] = fill(
            "(SELECT s.seniority FROM {titles} s WHERE s.title = {t})",
            titles=tables.TITLE.table, t=stated["title"],
        )  # fmt: skip
    return sql.packed(stated)


def fact_targets(staging: Staging, made: Facts, target: Relation, database_id: str) -> Relation:
    """`tables.TARGET` with the facts of the changed keys, and those that they no longer add up to."""
    staging.append(target, statement("fact.targets", fact=made.facts))
    withdrawn = statement(
        "fact.withdrawn_targets", known_fact=tables.CURRENT_FACT, changed_key=made.changed_keys,
        fact=made.facts, database_id=database_id,
    )  # fmt: skip
    return staging.append(target, withdrawn)


def fact_rows(staging: Staging, made: Facts, row_items: Relation) -> Relation:
    """`tables.ROW_ITEM` with the facts that each row states added."""
    return staging.append(
        row_items, statement("fact.row_items", stated_fact=made.stated, stated_key=made.keys, fact=made.facts)
    )


def keep_facts(staging: Staging, made: Facts, database_id: str) -> None:
    """Remember what was stated, and the facts that the graph now has of it."""
    states, known = tables.FACT_STATE, tables.CURRENT_FACT
    staging.execute(
        statement(
            "fact.replaced_states", fact_state=states, new_state=made.new_states, database_id=database_id
        )
    )
    staging.append(
        states, statement("fact.states_to_keep", stated_state=made.stated_states, database_id=database_id)
    )
    staging.execute(
        statement("fact.replaced", known_fact=known, changed_key=made.changed_keys, database_id=database_id)
    )
    staging.append(known, statement("fact.to_keep", fact=made.facts, database_id=database_id))
