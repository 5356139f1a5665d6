"""Credit notes and returns that a source writes without a sign: what they owe is negative in the model."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph import sql
from graph.sql import Relation, fill
from ingest.mapping.model import Dataset
from ingest.staging.database import Staging
from ingest.transform.plan import node_column


@dataclass(frozen=True, slots=True)
class Credit:
    """Records of a kind that takes amounts back, and the fields with these amounts."""

    label: str
    kind: str
    fields: tuple[str, ...]
    called: str


CREDITS = (
    Credit("Invoice", "credit_note", ("amount", "amount_with_tax", "open_amount"), "credit notes"),
    Credit("Order", "return", ("amount", "amount_with_tax", "reporting_amount"), "returns"),
)


def with_signs(staging: Staging, name: str, dataset: Dataset, values: Relation, notes: Relation) -> Relation:
    """The values, amounts negative where a file writes all its credit notes or returns without a sign.

    Where some are negative, one without a sign takes a credit back. `notes` hear of what is turned.
    """
    for node, field, credit in _amounts(dataset):
        kind, amount = (sql.name(node_column(node, f"f_{one}")) for one in ("kind", field))
        is_credit = fill("{kind} = {credit}", kind=kind, credit=sql.bind(credit.kind))
        signs = fill(
            """SELECT count(*) FILTER ({a} > 0), count(*) FILTER ({a} < 0)
            FROM {v} WHERE {is_credit} AND __state IS NULL""",
            a=amount, v=values.table, is_credit=is_credit,
        )  # fmt: skip
        above, below = staging.rows(signs)[0]
        if above and not below:
            turned = "SELECT * REPLACE (CASE WHEN {is_credit} THEN 0 - {a} ELSE {a} END AS {a}) FROM {v}"
            values = staging.make(values, fill(turned, is_credit=is_credit, a=amount, v=values.table))
            said = f"`{credit.kind}`: all {credit.called} are written without a sign and count as negative"
            staging.append(notes, fill(
                """SELECT {dataset} AS dataset, {field} AS field, {note} AS note, '' AS text,
                    {rows}::BIGINT AS rows""",
                dataset=sql.bind(name), field=sql.bind(f"{credit.label}.{field}"), note=sql.bind(said),
                rows=sql.bind(above),
            ))  # fmt: skip
    return values


def _amounts(dataset: Dataset) -> Iterator[tuple[int, str, Credit]]:
    """The amounts beside a kind, each with the place of its rule."""
    for node, rule in enumerate(dataset.nodes):
        for credit in CREDITS:
            if credit.label == rule.label and "kind" in rule.fields:
                yield from ((node, field, credit) for field in credit.fields if field in rule.fields)
