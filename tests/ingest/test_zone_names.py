"""Times whose zone stands beside them by a name."""

import pytest

from ingest.reading.errors import NotUnderstood
from ingest.reading.moment import read_moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024年4月3日 下午3:05 北京时间", "2024-04-03T07:05:00+00:00"),
        ("北京时间 2024-04-03 15:05", "2024-04-03T07:05:00+00:00"),
        ("2024-04-03 15:05 中国标准时间", "2024-04-03T07:05:00+00:00"),
        ("2024-04-03 15:05 China Standard Time", "2024-04-03T07:05:00+00:00"),
        ("2024-04-03 15:05 日本時間", "2024-04-03T06:05:00+00:00"),
        ("2024-04-03 15:05 Japanische Normalzeit", "2024-04-03T06:05:00+00:00"),
        ("2024-04-03 15:05 India Standard Time", "2024-04-03T09:35:00+00:00"),
        ("08.04.2024 10:00 Uhr", "2024-04-08T10:00:00+00:00"),
        ("2024-04-08 10:00:30 Uhr", "2024-04-08T10:00:30+00:00"),
        ("Mi, 3. April 2024 um 15:05 Uhr", "2024-04-03T15:05:00+00:00"),
    ],
)
def test_a_zone_is_read_by_its_name(text: str, moment: str) -> None:
    assert read_moment(text, order="day-first") == moment


@pytest.mark.parametrize(
    "name", ["Eastern Standard Time", "W. Europe Standard Time", "Mitteleuropäische Zeit", "Pacific Time"]
)
def test_a_zone_whose_clocks_change_is_not_guessed_from_a_name(name: str) -> None:
    with pytest.raises(NotUnderstood, match="has no single offset: write it, or a name such as"):
        read_moment(f"2024-07-03 15:05 {name}")


def test_other_words_beside_a_time_are_no_zone() -> None:
    with pytest.raises(NotUnderstood, match="no date in a known form"):
        read_moment("2024-07-03 15:05 Besprechung")
