"""A batch that meets the time limit of a query is written in halves, and noted as any other."""

from collections.abc import Iterable, Sequence

import pytest

from cypher import Query
from graph.store import QueryTimeout, Store, writes
from tests.ingest.conftest import Workshop, workshop

__all__ = ["workshop"]

MAPPING = """
source: crm
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name}}]
"""
Statements = Iterable[tuple[Query, Sequence[writes.Row]]]


def slow_above(most: int, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let the engine run into its limit with more than so many rows; the sizes that it wrote."""
    written: list[int] = []
    commit = Store.write_together

    def together(store: Store, statements: Statements) -> None:
        given = list(statements)
        size = len(given[0][1])
        if size > most:
            raise QueryTimeout(given[0][0].name, "it ran longer than the limit")
        written.append(size)
        commit(store, given)

    monkeypatch.setattr(Store, "write_together", together)
    return written


def test_what_is_too_much_at_once_is_written_in_halves(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = slow_above(120, monkeypatch)
    workshop.put(accounts_csv="id,name\n" + "".join(f"{n},Firm {n}\n" for n in range(401)))
    assert workshop.load(MAPPING).totals["loaded"] == 401
    assert workshop.counts()["Customer"] == 401
    assert max(written) <= 120
    monkeypatch.undo()
    again = workshop.load(MAPPING)
    assert again.totals["unchanged"] == 401
    assert not again.changed


def test_an_engine_that_manages_hardly_anything_is_told(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_above(20, monkeypatch)
    workshop.put(accounts_csv="id,name\n" + "".join(f"{n},Firm {n}\n" for n in range(200)))
    with pytest.raises(QueryTimeout):
        workshop.load(MAPPING)
