"""Conditions over customers: one typed grammar for tags, segments and lists.

`condition.py` has the parts of a condition, `field.py` what can be asked about, `read.py` makes a condition
of plain values and `yaml.py` of a file. `in_sql.py` asks the history (`graph.customer_profile`),
`in_cypher.py` the graph; both answer alike.
"""

from graph.customer_filter.condition import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Items,
    Not,
    comparisons,
    items_asked,
    plain,
)
from graph.customer_filter.field import FIELDS, Field
from graph.customer_filter.read import FilterRefused, read

__all__ = [
    "FIELDS",
    "All",
    "AnyOf",
    "Comparison",
    "Condition",
    "Field",
    "FilterRefused",
    "Items",
    "Not",
    "comparisons",
    "items_asked",
    "plain",
    "read",
]
