"""The figures that conditions ask about, against pandas over the same records."""

import random
from datetime import datetime
from typing import Any

import pytest

from graph.customer_filter.figure import FIGURES
from graph.derive.groups import profile_customers
from graph.history import read_history
from graph.moment import naive
from graph.sql import Sql
from graph.sql.run import rows
from graph.store import Store
from tests.graph.profile_oracle import profile_figures
from tests.graph.trading_company import trading_company
from tests.graph.world import NOW


def test_every_figure_is_what_pandas_finds(store: Store) -> None:
    world = trading_company(random.Random(7))
    world.load(store)
    with read_history(store) as history:
        profile_customers(store, history.connection, NOW)
        table = {
            row["customer_id"]: row for row in rows(history.connection, Sql("SELECT * FROM customer_profile"))
        }
    wanted = profile_figures(world)
    assert table.keys() == wanted.keys()
    assert {figure.column or figure.name for figure in FIGURES} <= set(wanted["c00"])
    differ = [
        (key, name, row[name], value)
        for key, row in table.items()
        for name, value in wanted[key].items()
        if not _same(row[name], value)
    ]
    assert differ == []
    for figure in FIGURES:
        told = [_plain(one[figure.column or figure.name]) for one in wanted.values()]
        assert len(set(told)) > 1, f"{figure.name} is the same for everybody"


def _same(found: Any, wanted: Any) -> bool:
    """Moments are told as days before NOW; figures are rounded to a tenth."""
    if isinstance(found, datetime):
        found = (naive(NOW) - found).total_seconds() / 86400
    if isinstance(wanted, float) and isinstance(found, int | float):
        return found == pytest.approx(wanted, abs=0.0501)
    return (found or None) == (wanted or None)


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
