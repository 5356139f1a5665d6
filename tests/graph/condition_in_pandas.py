"""A condition over a table of customers with pandas: what the SQL and the Cypher of it are compared with."""

import pandas as pd

from graph.customer_filter import FIELDS, All, AnyOf, Comparison, Condition, Not
from graph.customer_filter.condition import Items


def answers(condition: Condition, table: pd.DataFrame) -> pd.Series:
    """Which rows answer. Columns are those of the profile; moments are days before now, words lists."""
    match condition:
        case All(parts):
            return _joined(parts, table, every=True)
        case AnyOf(parts):
            return _joined(parts, table, every=False)
        case Not(part):
            return ~answers(part, table)
        case Comparison(field, "is_not", values, of):
            return ~answers(Comparison(field, "is", values, of), table)
        case Items():
            raise NotImplementedError("items are no figures of a profile")
    return _test(condition, table)


def _joined(parts: tuple[Condition, ...], table: pd.DataFrame, *, every: bool) -> pd.Series:
    found = pd.Series(every, index=table.index)
    for part in parts:
        found = found & answers(part, table) if every else found | answers(part, table)
    return found


def _test(test: Comparison, table: pd.DataFrame) -> pd.Series:
    field = FIELDS[test.field]
    values = table[f"x_{test.of}" if field.kind == "attribute" else field.column]
    if field.kind == "texts":
        return values.map(lambda words: _words(test, set(words or ())))
    if test.operator == "known":
        return values.notna() == test.values[0]
    if field.kind == "days_since":
        values = values.astype(float) // 1
    elif field.kind == "days_until":
        values = -values.astype(float) // 1
    if test.operator == "is":
        return values.isin(list(test.values))
    bound = float(str(test.values[0]))
    compared = {
        "above": values.astype(float) > bound, "at_least": values.astype(float) >= bound,
        "below": values.astype(float) < bound, "at_most": values.astype(float) <= bound,
    }  # fmt: skip
    return compared[test.operator]


def _words(test: Comparison, words: set[str]) -> bool:
    if test.operator == "known":
        return bool(words) == test.values[0]
    return bool(words & set(map(str, test.values)))
