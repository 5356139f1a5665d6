"""Print what a subscription tells: python listen.py ws://HOST:PORT/graphql TOKEN QUERY"""

import asyncio
import json
import sys

from websockets.asyncio.client import connect


async def main(url: str, token: str, query: str) -> None:
    async with connect(url, subprotocols=["graphql-transport-ws"]) as socket:
        await socket.send(json.dumps({"type": "connection_init", "payload": {"token": token}}))
        await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": query}}))
        async for message in socket:
            print(message, flush=True)


asyncio.run(main(*sys.argv[1:]))
