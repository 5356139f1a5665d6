"""The product of lines whose columns hardly say so: its name under a weak word, its code beside the name."""

from collections.abc import Sequence

from ingest.proposal.columns.overlap import depends
from ingest.proposal.columns.profile import Column
from ingest.proposal.records.contents import recurs
from ingest.proposal.references.references import is_numbered
from ingest.proposal.rows.named import HELD, Held, Named
from ingest.proposal.words.header import readings, untold

REPEATED = 10
"""Lines of products that stood before, from which it tells that each code has one name."""
FILLED = 0.9
"""Share of lines that name their product."""
BY_ROWS = 0.9
"""What it counts that rows tell the product."""


def with_goods(table: Held, found: Sequence[Named], key: Column | None) -> list[Named]:
    """What the columns name, with the product's name and code where the row is a line and no column
    names the product by a number or in another table."""
    named = [one for one in found if one.label == "Product"]
    if table.record.line_link != "CONTAINS" or any(one.by == "key" or one.share >= HELD for one in named):
        return list(found)
    taken = {one.column.name for one in found} | ({key.name} if key else set())
    free = [one for one in table.profile.columns if one.name not in taken and one.share_filled >= FILLED]
    name = named[0].column if named else next(filter(_may_be_called, free), None)
    if name is None or is_numbered(name):
        return list(found)
    added = [] if named else [Named(name, "Product", "name", BY_ROWS)]
    code = next((one for one in free if one is not name and _is_code_of(one, name, table)), None)
    added += [] if code is None else [Named(code, "Product", "key", BY_ROWS)]
    return [*found, *added]


def _may_be_called(column: Column) -> bool:
    """Whether texts that recur stand under a word that may head a product's name: `What`, `Description`."""
    said = any(one.kind == "Product" and one.name == "name" for one in readings(column.said))
    return said and recurs(column) and not column.is_mostly("number", "date", "boolean", "long")


def _is_code_of(column: Column, name: Column, table: Held) -> bool:
    """Whether a column of codes, under a word for a number or a product's model, has one name for each."""
    words = readings(column.said)
    said = untold(column.said) or any(
        one.name == "key" or (one.said == "attribute" and _of_products(column)) for one in words
    )
    repeated = column.filled - column.distinct >= REPEATED and column.distinct >= name.distinct
    if not (said and repeated and recurs(column)) or column.is_mostly("date", "decimal", "small", "boolean"):
        return False
    return depends(name, column, table.profile) is True


def _of_products(column: Column) -> bool:
    """Whether values have digits as models and references do, rather than being words."""
    return all(any(map(str.isdigit, value)) and " " not in value for value in column.sample)
