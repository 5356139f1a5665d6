"""Node rules with their places in a mapping, and the rows that make their nodes."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph import sql
from graph.model import NODES
from graph.model.party import OTHERS
from graph.sql import Sql, fill
from ingest import tables
from ingest.mapping.model import Mapping
from ingest.mapping.rules import NodeRule
from ingest.transform.plan import node_column
from ingest.transform.values import value_table


@dataclass(frozen=True, slots=True)
class Rule:
    """A node rule with its place in the mapping."""

    dataset: str
    index: int
    source: str
    node: NodeRule

    @property
    def name(self) -> str:
        """A short unique name."""
        return f"{self.dataset}.{self.index}"

    def column(self, part: str) -> Sql:
        """The quoted column of the dataset's value table."""
        return sql.name(node_column(self.index, part))


def rules_of(mapping: Mapping) -> list[Rule]:
    """Every node rule; those that join other sources come last, in the order of the mapping."""
    rules = [
        Rule(name, index, mapping.source_of(name), node)
        for name, dataset in mapping.datasets.items()
        for index, node in enumerate(dataset.nodes)
    ]
    return sorted(rules, key=lambda rule: bool(rule.node.match))


def made_rows(rule: Rule) -> Sql:
    """The good rows that make this rule's node."""
    return fill(
        """(SELECT v.* FROM {rows} v ANTI JOIN {bad} b ON b.dataset = {dataset} AND b.seq = v.__seq)""",
        rows=making(rule), bad=tables.BAD.table, dataset=sql.bind(rule.dataset),
    )  # fmt: skip


def making(rule: Rule) -> Sql:
    """The rows that make this rule's node, bad ones included."""
    return fill(
        "(SELECT * FROM {values} WHERE __state IS NULL AND {when} AND {key} IS NOT NULL)",
        values=value_table(rule.dataset), when=rule.column("when"), key=rule.column("key"),
    )  # fmt: skip


def looked_up_fields(mapping: Mapping, rules: list[Rule]) -> set[tuple[str, str]]:
    """(label, field) pairs by which links find their ends or rules match entities, those of lists too."""
    matched = {(r.node.label, field) for r in rules for alternative in r.node.match for field in alternative}
    found = by_fields_of(mapping) | matched
    return found | {
        (label, OTHERS[field])
        for label, field in found
        if field in OTHERS and OTHERS[field] in NODES[label].model_fields
    }


def by_fields_of(mapping: Mapping) -> set[tuple[str, str]]:
    """(label, field) pairs that links find their ends by."""
    return set(_by_fields(mapping))


def _by_fields(mapping: Mapping) -> Iterator[tuple[str, str]]:
    ends = (end for dataset in mapping.datasets.values() for link in dataset.links
            for end in (link.start, link.end))  # fmt: skip
    for end in ends:
        if end is not None and end.by is not None:
            yield from ((label, field) for label in end.label for field in end.by)
