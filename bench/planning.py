"""What a document costs before it is executed: `python -m bench.planning` (no engine needed).

Cold: parsed, checked and kept by a server that has not seen it, in processor time. Then each question is
asked a thousand times, with its variables or with their values in the text, which are others each time: how
many of them find their document kept.
"""

import asyncio
from collections.abc import Awaitable, Callable
from statistics import median
from time import process_time

from bench.serving.questions import questions
from graphql_api.config import Limits
from graphql_api.execution.documents import Documents
from graphql_api.schema import build_schema

COLD, ASKED = 60, 1_000
IN_TEXT = {
    "profile": '{{ customer(id: "crm:ACC-{n}") {{ name contacts(first: {few}) {{ contact {{ name }} }} }} }}',
    "chain": '{{ decisionChain(customer: "crm:ACC-{n}") {{ members {{ role contact {{ name }} }} }} }}',
    "offers": '{{ recommendations(customer: "crm:ACC-{n}", first: {few}) {{ rank product {{ name }} }} }}',
    "page": '{{ customers(first: {few}, where: {{ text: "ltd {n}" }}) {{ nodes {{ customerId name }} }} }}',
}
"""Questions as clients write them that put values into the text."""


async def main() -> None:
    """Print milliseconds per cold document, and the share of requests that find theirs."""
    limits = Limits()
    schema = build_schema(limits)._schema
    texts = {name: one.ours for name, one in questions().items() if name != "Q5"}

    async def cold(text: str) -> None:
        await Documents(schema, limits).asked(text)

    print("question  chars  cold ms, best and median")
    for name, text in texts.items():
        taken = [await _seconds(lambda text=text: cold(text)) for _ in range(COLD)]  # type: ignore[misc]
        print(f"{name:8} {len(text):6} {1e3 * min(taken):8.2f} {1e3 * median(taken):6.2f}")
    kept = Documents(schema, limits)
    for number in range(ASKED):
        for text in texts.values():
            await kept.asked(text)
        for form in IN_TEXT.values():
            await kept.asked(form.format(n=number, few=1 + number % 40))
    print(f"kept: {kept.found / (kept.found + kept.parsed):.2%} of {kept.found + kept.parsed} requests")


async def _seconds(work: Callable[[], Awaitable[None]]) -> float:
    """Processor time of one call."""
    began = process_time()
    await work()
    return process_time() - began


if __name__ == "__main__":
    asyncio.run(main())
