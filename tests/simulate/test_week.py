"""What an export as of a day and the next one, of what is new or has changed since, hold together."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from graph.errors import UsageError
from simulate import SimulationConfig, simulate

DAY = date(2025, 12, 24)
EVENTS = (
    "erp/sales_orders.csv",
    "erp/sales_order_lines.csv.gz",
    "mail/messages.csv.gz",
    "calendar/meetings.csv",
)
RECORDS = {
    "crm/Account.csv": "Id",
    "crm/Opportunity.csv": "Id",
    "crm/OpportunityContactRole.csv": "Id",
    "crm/OpportunityLineItem.csv": "Id",
    "crm/AccountContactRelation.csv": "Id",
    "crm/ContactPointEmail.csv": "Id",
    "helpdesk/tickets.csv": "id",
    "erp/items.xlsx": "Item No",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole history, the part of it to `DAY`, and the week after."""
    place = tmp_path_factory.mktemp("week")
    simulate(SimulationConfig(400, 5), place / "whole")
    simulate(SimulationConfig(400, 5, until=DAY), place / "before")
    simulate(SimulationConfig(400, 5, since=DAY), place / "week")
    return place


def read(path: Path) -> pd.DataFrame:
    if path.suffix == ".xlsx":
        return pd.read_excel(path, dtype=str, keep_default_na=False)
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.mark.parametrize("name", EVENTS)
def test_events_stand_in_one_of_the_two_exports(folder: Path, name: str) -> None:
    whole, before, week = (read(folder / part / name) for part in ("whole", "before", "week"))
    assert len(week) > 0
    columns = list(whole.columns)
    both = pd.concat([before, week]).sort_values(columns, ignore_index=True)
    pd.testing.assert_frame_equal(both, whole.sort_values(columns, ignore_index=True))


@pytest.mark.parametrize(("name", "key"), RECORDS.items())
def test_of_a_record_in_both_the_later_state_is_that_of_the_whole(folder: Path, name: str, key: str) -> None:
    whole, before, week = (read(folder / part / name) for part in ("whole", "before", "week"))
    latest = pd.concat([before, week]).drop_duplicates(key, keep="last").sort_values(key, ignore_index=True)
    whole = whole.drop_duplicates(key, keep="last").sort_values(key, ignore_index=True)
    pd.testing.assert_frame_equal(latest, whole)


def test_an_export_as_of_a_day_knows_nothing_later(folder: Path) -> None:
    deals = read(folder / "before" / "crm" / "Opportunity.csv")
    closed = deals[deals["IsClosed"] == "true"]
    assert (closed["CloseDate"] <= str(DAY)).all()
    assert (deals["CloseDate"] > str(DAY)).any()
    tickets = read(folder / "before" / "helpdesk" / "tickets.csv")
    assert tickets["solved_at"].max() < str(date(2025, 12, 25))


def test_days_outside_the_history_are_refused() -> None:
    with pytest.raises(UsageError, match="--until 2026-01-01"):
        SimulationConfig(400, until=date(2026, 1, 1))
    with pytest.raises(UsageError, match="nothing would be left"):
        SimulationConfig(400, since=DAY, until=DAY)
