"""When the facts and records begin whose rows carry no date of their own."""

from graph import sql
from graph.sql import Sql, fill
from ingest import tables
from ingest.mapping.model import Mapping


def declared_start(mapping: Mapping, dataset: str) -> Sql:
    """The start that the mapping declares, as canonical UTC text; null where it declares none."""
    date = mapping.datasets[dataset].valid_from or mapping.valid_from
    if date is None:
        return sql.NULL
    return sql.bind(f"{date}T00:00:00+00:00" if len(date) == len("2025-06-30") else date)


def load_start(dataset: str) -> Sql:
    """The start of what nothing dates: when the export that first brought it was made."""
    return fill(
        "(SELECT stamp FROM {exported} WHERE dataset = {dataset})",
        exported=tables.EXPORTED.table, dataset=sql.bind(dataset),
    )  # fmt: skip
