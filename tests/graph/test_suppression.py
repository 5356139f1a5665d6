"""When nothing may be offered, told by the rows of a customer."""

from typing import Any

import pytest

from graph.offers.suppression import barred
from tests.graph.world import NOW, ago

RATINGS = ['{"worst":1.0,"best":5.0}']


def why(ratings: list[str], refusals: list[bool], **props: Any) -> list[str]:
    ticket = {"ticket_id": "t", "opened_at": ago(40), "closed_at": None, "sla_breached": None}
    row = {"complaints": [ticket | {"satisfaction": None} | props], "ratings": ratings, "refusals": refusals}
    return [one.reason for one in barred(row, NOW)]


@pytest.mark.parametrize(
    ("props", "reasons"),
    [
        ({}, ["open_complaint"]),
        ({"closed_at": ago(-1)}, ["open_complaint"]),
        ({"closed_at": ago(29), "satisfaction": 2.9}, ["badly_closed_complaint"]),
        ({"closed_at": ago(29), "satisfaction": 3.0}, []),
        ({"closed_at": ago(29), "sla_breached": True, "satisfaction": 5.0}, ["badly_closed_complaint"]),
        ({"closed_at": ago(29)}, []),
        ({"closed_at": ago(30), "satisfaction": 1.0}, []),
    ],
)
def test_a_complaint_bars_offers_until_30_days_after_a_bad_end(
    props: dict[str, Any], reasons: list[str]
) -> None:
    assert why(RATINGS, [False], **props) == reasons


def test_without_ratings_only_the_deadline_tells_a_bad_end() -> None:
    for ratings in ([], ['{"worst":null,"best":null}'], ['{"worst":1.0,"best":1.0}']):
        assert why(ratings, [], closed_at=ago(1), satisfaction=1.0) == []
        assert why(ratings, [], closed_at=ago(1), sla_breached=True) == ["badly_closed_complaint"]


def test_consent_bars_where_everybody_refuses() -> None:
    closed = {"closed_at": ago(300)}
    for refusals, reasons in (([], []), ([True, False], []), ([False], []), ([True], ["no_consent"])):
        assert why([], refusals, **closed) == reasons
