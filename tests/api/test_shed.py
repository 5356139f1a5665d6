"""Beyond what a process answers in time it refuses, and takes the next when one has ended."""

import asyncio

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router

from bench.admission import met
from graphql_api.errors import Overloaded
from graphql_api.http.admission import FEWEST, FIRST, Admission
from graphql_api.http.shed import Shed


async def test_what_is_too_much_waits_shortly_and_is_refused_until_there_is_room() -> None:
    gate, begun = asyncio.Event(), asyncio.Semaphore(0)

    async def slow(_: Request) -> Response:
        begun.release()
        await gate.wait()
        return PlainTextResponse("done")

    app = Router([Route("/graphql", slow), Route("/health/live", lambda _: PlainTextResponse("live"))])
    transport = httpx.ASGITransport(Shed(app, Admission(2), paths={"/graphql"}))
    async with httpx.AsyncClient(transport=transport, base_url="http://api") as http:
        running = [asyncio.create_task(http.get("/graphql")) for _ in range(2)]
        for _ in running:
            await begun.acquire()
        refused = await asyncio.gather(*(http.get("/graphql") for _ in range(5)))
        for one in refused:
            assert (one.status_code, one.headers["retry-after"]) == (503, "1")
            assert one.json()["errors"][0]["extensions"]["code"] == "OVERLOADED"
        assert (await http.get("/health/live")).text == "live"
        running[0].cancel()  # a client that leaves makes room, too
        await asyncio.wait(running[:1])
        later = asyncio.create_task(http.get("/graphql"))
        await begun.acquire()
        gate.set()
        assert [(await one).text for one in (running[1], later)] == ["done", "done"]


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def _round(admission: Admission, clock: Clock, many: int, seconds: float, kind: str = "q") -> None:
    """So many requests at once, each of which takes so long; a window passes."""
    entered = await asyncio.gather(*(admission.enter() for _ in range(many)), return_exceptions=True)
    clock.now += max(seconds, 0.3)
    for one in entered:
        if one is None:
            admission.leave(kind, seconds)


@pytest.mark.slow
async def test_the_bound_shrinks_where_requests_wait_for_each_other_and_grows_again() -> None:
    clock = Clock()
    admission = Admission(64, clock)
    await _round(admission, clock, 1, 0.01)
    for _ in range(60):
        await _round(admission, clock, 24, 0.5)
    assert admission.limit == FEWEST
    for _ in range(60):  # the bound is met, and all are quick
        await _round(admission, clock, 2 * int(admission.limit) + 9, 0.02)
    assert admission.limit > 2 * FEWEST
    assert admission.running == 0


async def test_what_is_slow_by_itself_shrinks_nothing() -> None:
    clock = Clock()
    admission = Admission(64, clock)
    for _ in range(5):
        await _round(admission, clock, 24, 0.01, "quick")
        await _round(admission, clock, 24, 2.0, "a thousand customers")
    assert admission.limit == FIRST


async def test_those_who_are_refused_come_back_one_after_the_other() -> None:
    clock = Clock()
    admission = Admission(20, clock)
    await asyncio.gather(*(admission.enter() for _ in range(20)))
    clock.now += 2.0
    for _ in range(20):  # ten a second, so that two a second may come back
        admission.leave("q", 1.0)
    entered = await asyncio.gather(*(admission.enter() for _ in range(60)), return_exceptions=True)
    waits = sorted(one.wait_s for one in entered if isinstance(one, Overloaded))
    assert len(waits) == 40
    assert (waits[0], waits[-1]) == (1, 20)
    assert all(waits.count(second) == 2 for second in range(1, 21))
    assert admission.running == 20


@pytest.mark.parametrize(("rate", "stalls"), [(300, False), (150, False), (150, True)])
def test_a_crowd_gets_nearly_all_that_can_be_answered_in_time_and_little_is_refused(
    rate: int, stalls: bool
) -> None:
    """In virtual time, as `python -m bench.admission` prints it: nothing else on the machine plays a part."""
    few, many = (met(rate, clients, stalls=stalls) for clients in (16, 64))
    assert many.rate > 0.8 * few.rate
    assert many.p99_s < 0.2
    assert many.refused < 0.2


async def test_who_leaves_the_queue_takes_no_place_with_them() -> None:
    admission = Admission(1)
    await admission.enter()
    waiting = [asyncio.create_task(admission.enter()) for _ in range(1)]
    await asyncio.sleep(0)
    admission.leave("q", 0.01)
    waiting[0].cancel()  # it has just been granted its turn
    await asyncio.wait(waiting)
    assert admission.running == 0
    await admission.enter()
    assert admission.running == 1
