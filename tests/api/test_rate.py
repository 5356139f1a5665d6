"""How often one caller may do something."""

import pytest

from graphql_api.config import Limits
from graphql_api.errors import TooMany
from graphql_api.http.rate import Rate
from tests.api.small import SmallApi
from tests.api.test_persisted import Query


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_was_taken_comes_back_with_time_and_never_more_than_the_burst() -> None:
    clock = Clock()
    rate = Rate(per_s=2, burst=4, clock=clock)
    rate.take("a", 4)
    rate.take("b")
    with pytest.raises(TooMany) as refused:
        rate.take("a", 3)
    assert refused.value.wait_s == 2
    clock.now = 1.0
    rate.take("a", 2)
    with pytest.raises(TooMany):
        rate.check("a")
    clock.now = 1_000.0
    rate.take("a", 4)
    with pytest.raises(TooMany):
        rate.take("a", 0.5)


async def test_a_token_that_asks_too_often_is_told_when_to_go_on() -> None:
    api = SmallApi(Query, Limits(requests_per_s=1))
    answers = [await api.request("POST", json={"query": "{ __typename }"}) for _ in range(6)]
    assert [one.status_code for one in answers] == [200] * 4 + [429] * 2
    assert answers[-1].json()["errors"][0]["extensions"]["code"] == "TOO_MANY"
    assert answers[-1].headers["retry-after"] == "1"


async def test_one_request_in_ten_seconds_is_answered() -> None:
    api = SmallApi(Query, Limits(requests_per_s=0.1))
    answers = [await api.request("POST", json={"query": "{ __typename }"}) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 429]
