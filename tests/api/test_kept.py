"""What is kept about each employee: forgotten answers stay so, and nobody waits for another's."""

import asyncio

from graphql_api.access.kept import Kept


class Engine:
    """Answers with what it is told to, as soon as it may."""

    def __init__(self) -> None:
        self.says = "old"
        self.asked: list[str] = []
        self.may: dict[str, asyncio.Event] = {}

    async def ask(self, employee_id: str) -> str:
        said = self.says
        self.asked.append(employee_id)
        if employee_id in self.may:
            await self.may[employee_id].wait()
        return said


async def turns() -> None:
    """Let what is ready go on."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_many_at_once_ask_once() -> None:
    engine = Engine()
    kept = Kept(engine.ask)
    assert await asyncio.gather(*(kept.of("e1") for _ in range(3)), kept.of("e2")) == ["old"] * 4
    assert sorted(engine.asked) == ["e1", "e2"]


async def test_what_was_forgotten_while_it_was_asked_is_not_kept() -> None:
    """An account was handed over while its rows were read: who asks afterwards is told anew."""
    engine = Engine()
    kept = Kept(engine.ask)
    engine.may["e1"] = asyncio.Event()
    before = asyncio.create_task(kept.of("e1"))
    await turns()
    engine.says = "new"
    kept.forget()
    after = asyncio.create_task(kept.of("e1"))
    await turns()
    engine.may["e1"].set()
    assert (await before, await after, await kept.of("e1")) == ("old", "new", "new")
    assert engine.asked == ["e1", "e1"]


async def test_nobody_waits_for_the_answer_about_another() -> None:
    engine = Engine()
    kept = Kept(engine.ask)
    engine.may["slow"] = asyncio.Event()
    slow = asyncio.create_task(kept.of("slow"))
    await turns()
    quick = asyncio.create_task(kept.of("quick"))
    await turns()
    assert quick.done()
    assert not slow.done()
    engine.may["slow"].set()
    assert (await slow, await quick) == ("old", "old")
