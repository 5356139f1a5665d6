"""Durations: units that stand in the cell, and numbers of which nothing says what they count."""

from decimal import Decimal

import pytest

from ingest.reading.duration import read_minutes
from ingest.reading.errors import NotUnderstood
from tests.ingest.conftest import Workshop


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("12.5", 12.5), ("12,5", 12.5), ("0:05:30", 5.5), ("01:20:00", 80), ("1h 20m", 80),
        ("1 Std. 20 Min.", 80),
        ("90 s", 1.5), ("90 sec", 1.5), ("300秒", 5), ("1小时20分钟", 80), ("PT1H20M", 80), ("PT45S", 0.75),
        ("1 hour and 5 minutes", 65), ("5 mins", 5), ("1.5 h", 90), ("45", 45),
    ],
)  # fmt: skip
def test_a_duration_is_read_in_minutes(text: str, minutes: float) -> None:
    assert read_minutes(text) == Decimal(str(minutes))


@pytest.mark.parametrize("text", ["12:05", "5 km", "soon", "5 x 3 min", "PT", ""])
def test_what_may_be_another_duration_is_none(text: str) -> None:
    with pytest.raises(NotUnderstood):
        read_minutes(text)


CALLS = """
source: pbx
datasets:
  calls:
    file: calls.csv
    nodes:
      - label: Interaction
        key: id
        fields: {at: at, channel: {constant: call}, duration_minutes: length}
"""


def test_calls_last_as_long_as_their_cells_say(workshop: Workshop) -> None:
    rows = ["0:05:30", "90 s", "7", "12:05", "-3", "1 h"]
    workshop.put(
        calls_csv="id,at,length\n" + "".join(f"{n},2024-01-0{n + 1},{row}\n" for n, row in enumerate(rows))
    )
    report = workshop.load(CALLS)
    found = workshop.ask(
        "MATCH (i:Interaction) RETURN i.duration_minutes AS minutes ORDER BY i.interaction_id"
    )
    assert [row["minutes"] for row in found] == [5.5, 1.5, 7, 60]
    assert report.totals["quarantined"] == 2


@pytest.mark.parametrize(
    ("column", "lengths", "told"),
    [
        ("length", (97, 312, 611, 44, 1263, 8), True), ("length_sec", (30, 20, 10), True),
        ("length", (30, 45, 60, 480, 1440), False), ("length", (3, 12, 7, 41), False),
    ],
)  # fmt: skip
def test_seconds_that_a_mapping_takes_for_minutes_are_told(
    workshop: Workshop, column: str, lengths: tuple[int, ...], told: bool
) -> None:
    rows = "".join(f"{n},2024-01-0{n + 1},{length}\n" for n, length in enumerate(lengths))
    workshop.put(calls_csv=f"id,at,{column}\n{rows}")
    report = workshop.load(CALLS.replace("length", column, 1))
    said = [note for note in report.notes if f"`{column}` is read as minutes" in note]
    assert bool(said) == told
