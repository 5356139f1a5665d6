"""Whether an object of JSON is a record, or an envelope around a list of them.

Of two rules the first that applies holds. With a mapping: an object is a record where it has a field that
the mapping reads. Without one: where it has a field called `id`, `key` or `name` (also `customer_id`,
`accountName`, 客户编号), or one that the objects of its list have too. `requestId` and the like name a call.
"""

import re
from collections.abc import Collection
from typing import Any

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_NAMING = {"id", "ids", "key", "name", "uuid", "guid"}
_CALL = {"request", "trace", "session", "correlation", "job", "log", "query", "export", "batch", "page"}
_HAN_NAMING = re.compile(r"(编号|编码|代码|名称|姓名|单号|主键)$")


def is_rows(value: Any) -> bool:
    """A list of objects that is not empty."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def rows_within(found: dict[str, Any], known: Collection[str]) -> list[Any]:
    """The objects of the one list within an envelope; of a record itself alone.

    known: columns that the mapping reads; empty without a mapping. An envelope's list may be empty there.
    """
    lists = [name for name, value in found.items() if is_rows(value)]
    empty = [name for name, value in found.items() if value == []] if known and not lists else []
    held = lists or empty
    if len(held) != 1 or _is_record(found, held[0], known):
        return [found]
    return list(found[held[0]])


def _is_record(found: dict[str, Any], held: str, known: Collection[str]) -> bool:
    if found.get("object") == "list":  # as Stripe and those that write like it say it
        return False
    others = found.keys() - {held}
    if known:
        return any(name in known or _reads_below(name, known) for name in found)
    inner = {name for one in found[held] for name in one}
    return bool(others & inner) or any(names_a_record(name) for name in others)


def _reads_below(name: str, known: Collection[str]) -> bool:
    """Whether the mapping reads a field of the object that has this name."""
    return any(column.startswith(f"{name}.") for column in known)


def names_a_record(field: str) -> bool:
    """Whether a field of this name tells a record apart: `id`, `customer_id`, `accountName`, 客户编号."""
    words = [word.lower() for word in _WORD.findall(field)]
    if not words:
        return _HAN_NAMING.search(field) is not None
    return words[-1] in _NAMING and words[0] not in _CALL
