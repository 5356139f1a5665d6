"""Dates with dots and the year last begin with the day, whatever else stands in their column."""

from tests.ingest.conftest import Workshop

MAPPING = """
source: erp
datasets:
  visits:
    file: visits.csv
    nodes: [{label: Interaction, key: no, fields: {at: day, channel: {constant: visit}}}]
"""


def days(workshop: Workshop, *cells: str) -> dict[str, str]:
    """The days that were read, by the number of their cell."""
    lines = (f"{number},{cell}\n" for number, cell in enumerate(cells))
    workshop.put(visits_csv="no,day\n" + "".join(lines))
    workshop.load(MAPPING)
    found = workshop.ask("MATCH (i:Interaction) RETURN i.interaction_id AS no, toString(i.at) AS at")
    return {row["no"].rpartition(":")[2]: row["at"][:10] for row in found}


def test_dotted_dates_among_iso_dates_begin_with_the_day(workshop: Workshop) -> None:
    found = days(workshop, "04.03.2025", "2025-03-05", "02.01.2025")
    assert found == {"0": "2025-03-04", "1": "2025-03-05", "2": "2025-01-02"}


def test_a_date_of_the_column_that_begins_with_the_month_contradicts(workshop: Workshop) -> None:
    assert days(workshop, "04.03.2025", "2025-03-05", "02.28.2025")["2"] == "2025-02-28"


def test_slashes_leave_the_order_open(workshop: Workshop) -> None:
    assert days(workshop, "04/03/2025", "2025-03-05", "02.01.2025") == {"1": "2025-03-05"}
