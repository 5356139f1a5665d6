"""Tables of a single run, one for each dataset or link rule."""

from collections.abc import Iterable, Mapping

from graph.sql import Relation


def raw_rows(dataset: str, columns: Iterable[str]) -> Relation:
    """A dataset's cells as text, beside file, row number and hash."""
    own = {"__file": "VARCHAR", "__row": "BIGINT", "__hash": "VARCHAR"}
    return Relation(f"work.raw_{dataset}", own | dict.fromkeys(columns, "VARCHAR"))


def clean_rows(dataset: str, columns: Iterable[str]) -> Relation:
    """Its trimmed cells in file order (`__seq`); `__copy` numbers rows that are equal in every column."""
    own = {
        "__seq": "BIGINT", "__file": "VARCHAR", "__row": "BIGINT", "__hash": "VARCHAR", "__copy": "BIGINT",
    }  # fmt: skip
    return Relation(f"work.clean_{dataset}", own | dict.fromkeys(columns, "VARCHAR"))


def value_rows(dataset: str, columns: Mapping[str, str]) -> Relation:
    """Its typed values; `__state` is filtered, duplicate or null, `__bad` says why a row is none."""
    own = {"__seq": "BIGINT", "__state": "VARCHAR"}
    return Relation(f"work.val_{dataset}", {**own, **columns, "__bad": "VARCHAR"})


def link_rows(dataset: str, index: int) -> Relation:
    """What the rows of a link rule name at both ends (`a`, `b`), and what was found there or why nothing."""
    ends = {f"{side}_{part}": "VARCHAR" for side in ("start", "end") for part in ("id", "label", "problem")}
    own = {"__seq": "BIGINT", "a": "VARCHAR", "b": "VARCHAR"}
    return Relation(f"work.link_{dataset}_{index}", {**own, **ends})


def key_columns(dataset: str) -> Relation:
    """The columns whose cells together name the record that a row is of; empty where none do."""
    return Relation(f"work.key_of_{dataset}", {"name": "VARCHAR"})
