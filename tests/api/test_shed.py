"""Beyond a number of requests a process refuses at once, and takes the next when one has ended."""

import asyncio

import httpx
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router

from graphql_api.http.shed import Shed


async def test_what_is_too_much_is_refused_until_there_is_room() -> None:
    gate, begun = asyncio.Event(), asyncio.Semaphore(0)

    async def slow(_: Request) -> Response:
        begun.release()
        await gate.wait()
        return PlainTextResponse("done")

    app = Router([Route("/graphql", slow), Route("/health/live", lambda _: PlainTextResponse("live"))])
    transport = httpx.ASGITransport(Shed(app, most=2, paths={"/graphql"}))
    async with httpx.AsyncClient(transport=transport, base_url="http://api") as http:
        running = [asyncio.create_task(http.get("/graphql")) for _ in range(2)]
        for _ in running:
            await begun.acquire()
        refused = await http.get("/graphql")
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
        assert refused.json()["errors"][0]["extensions"]["code"] == "OVERLOADED"
        assert (await http.get("/health/live")).text == "live"
        running[0].cancel()  # a client that leaves makes room, too
        await asyncio.wait(running[:1])
        later = asyncio.create_task(http.get("/graphql"))
        await begun.acquire()
        gate.set()
        assert [(await one).text for one in (running[1], later)] == ["done", "done"]
