"""Links between entities: both ends, or a reason why not; bad rows are set aside until nothing dangles."""

from dataclasses import dataclass

from graph.model import NODES
from ingest import sql
from ingest.mapping.model import Mapping
from ingest.mapping.rules import End, LinkRule
from ingest.sql import Sql, fill
from ingest.staging.database import Staging
from ingest.transform.keys import Rule, by_fields_of, make_keys
from ingest.transform.plan import is_fact, link_column, own_node
from ingest.transform.values import value_table


@dataclass(frozen=True, slots=True)
class Link:
    """A link rule with its place in the mapping."""

    dataset: str
    index: int
    source: str
    rule: LinkRule
    ends: tuple[End, End]
    """Both ends written out, the row's own node included."""

    @property
    def table(self) -> Sql:
        """The scratch table with the rule's relationships."""
        return Sql(f"work.{sql.name(f'link_{self.dataset}_{self.index}')}")

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
        Link(name, index, mapping.source_of(name), rule, _ends(mapping, name, rule))
        for name, dataset in mapping.datasets.items()
        for index, rule in enumerate(dataset.links)
    ]


def settle(connection: Staging, mapping: Mapping, rules: list[Rule], links: list[Link]) -> None:
    """Find ids and ends, setting rows with dangling references aside, until every good row holds.

    A row set aside may have been the only one that made an entity, so the search repeats, for the links
    that this may concern, until it finds no more.
    """
    wanted = by_fields_of(mapping)
    unsettled, changed = links, True
    while unsettled or changed:
        if changed:
            make_keys(connection, rules, wanted)
            connection.execute(_UNIQUE)
        for link in unsettled:
            _resolve(connection, link)
        touched = {link.dataset for link in unsettled if _set_aside(connection, link)}
        labels = {rule.node.label for rule in rules if rule.dataset in touched}
        changed = bool(labels)
        unsettled = [link for link in links if link.dataset in touched or labels & link.labels]


_UNIQUE = """CREATE OR REPLACE TABLE work.one AS
    SELECT label, field, value, CASE WHEN count(DISTINCT id) = 1 THEN any_value(id) END AS id,
        CASE WHEN count(DISTINCT id) = 1 THEN 'made' ELSE 'ambiguous' END AS state
    FROM work.named GROUP BY label, field, value"""


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


def _resolve(connection: Staging, link: Link) -> None:
    """Make the link's table: `__seq`, ids and labels of both ends, what each says, its problem or null."""
    sides = [_side(link, position) for position in (0, 1)]
    connection.execute(
        fill(
            """CREATE OR REPLACE TABLE {t} AS
            WITH rows AS (SELECT v.__seq, {start} AS a, {end} AS b FROM {values} v
                ANTI JOIN work.bad x ON x.dataset = {ds} AND x.seq = v.__seq
                WHERE v.__state IS NULL AND v.{when})
            SELECT r.__seq, r.a, r.b, {ids} FROM rows r {joins}""",
            t=link.table,
            values=value_table(link.dataset),
            ds=sql.bind(link.dataset),
            when=link.column("when"),
            start=_key(link, 0),
            end=_key(link, 1),
            ids=sql.listed(side[0] for side in sides),
            joins=sql.listed((side[1] for side in sides), " "),
        )
    )


def _key(link: Link, position: int) -> Sql:
    """What the row says about an end; a cell with several parts gives one row for each."""
    end = link.ends[position]
    column = link.column("end" if position else "start")
    value = end.key if end.key is not None else next(iter((end.by or {}).values()))
    if value.split is None:
        return column
    return fill("unnest(CASE WHEN len({c}) > 0 THEN {c} ELSE [NULL] END)", c=column)


def _side(link: Link, position: int) -> tuple[Sql, Sql]:
    """The columns and the joins that find one end: the first label that knows the value wins."""
    end, letter, side = link.ends[position], Sql("ab"[position]), ("start", "end")[position]
    names = [Sql(f"{side}_{rank}") for rank in range(len(end.label))]
    joins = [_join(link, end, label, name, letter) for label, name in zip(end.label, names, strict=True)]
    states = sql.coalesce(Sql(f"{name}.state") for name in names)
    labels = [
        fill("WHEN {n}.id IS NOT NULL THEN {l}", n=n, l=sql.bind(label))
        for n, label in zip(names, end.label, strict=True)
    ]
    columns = fill(
        """coalesce({ids}) AS {side}_id, CASE {labels} END AS {side}_label,
        CASE WHEN r.{key} IS NULL THEN 'empty' WHEN coalesce({ids}) IS NOT NULL THEN NULL
            WHEN {states} IN ('review', 'skip') THEN 'waiting' WHEN {states} = 'ambiguous' THEN 'ambiguous'
            ELSE 'unknown' END AS {side}_problem""",
        ids=sql.listed([*(Sql(f"{name}.id") for name in names), sql.NULL]),
        side=Sql(side),
        key=letter,
        states=states,
        labels=sql.listed(labels, " "),
    )
    return columns, sql.listed(joins, " ")


def _join(link: Link, end: End, label: str, name: Sql, letter: Sql) -> Sql:
    if end.by is not None:
        return fill(
            "LEFT JOIN work.one {n} ON {n}.label = {l} AND {n}.field = {f} AND {n}.value = lower(r.{key})",
            n=name, l=sql.bind(label), f=sql.bind(next(iter(end.by))), key=letter,
        )  # fmt: skip
    return fill(
        "LEFT JOIN work.key {n} ON {n}.label = {l} AND {n}.source = {s} AND {n}.key = r.{key}",
        n=name, l=sql.bind(label), s=sql.bind(end.source or link.source), key=letter,
    )  # fmt: skip


def _set_aside(connection: Staging, link: Link) -> int:
    """Put the rows whose reference dangles into `work.bad`; returns how many were not there yet."""
    reasons = [_dangling(link, position) for position in (0, 1)]
    if link.rule.required:
        reasons += [_missing(link, position) for position in (0, 1)]
    if is_fact(link.rule.type) and len(link.labels) == 1:
        reasons.append(_own(link))
    done = connection.execute(
        fill(
            """INSERT INTO work.bad SELECT {ds}, __seq, any_value(reason) FROM
            (SELECT __seq, coalesce({reasons}) AS reason FROM {t})
            WHERE reason IS NOT NULL GROUP BY __seq""",
            ds=sql.bind(link.dataset), reasons=sql.listed([*reasons, sql.NULL]), t=link.table,
        )
    ).fetchone()  # fmt: skip
    return int(done[0]) if done else 0


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
        "CASE WHEN {side}_problem = 'empty' THEN {told} END",
        side=Sql(side), told=sql.bind(f"{link.rule.type}: names no {labels}"),
    )  # fmt: skip


def _own(link: Link) -> Sql:
    return fill(
        "CASE WHEN start_id = end_id AND start_label = end_label THEN {told} || start_id END",
        told=sql.bind(f"{link.rule.type}: refers to itself: "),
    )  # fmt: skip


def identified(label: str) -> bool:
    """Whether entities of a label have aliases (records of the others are their own)."""
    return NODES[label].mutable
