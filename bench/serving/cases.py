"""What is asked about: random customers and deals, and random places in the list of customers."""

import random
from typing import Any

from bench.bare.text import statement
from bench.engines import Bed
from bench.server import GraphQLClient
from bench.serving.questions import Case, ours_file
from graph.clock import data_now
from graph.service import run_sync
from graph.store import open_store

PLACES = 20
PAGES = {"Q4": 50, "Q5": 1_000}


def cases(engine: Bed, client: GraphQLClient, seed: int = 7) -> dict[str, list[Case]]:
    """By question, in random order. Raises ValueError where no customer of the company has a chain."""
    with open_store(engine.config) as store:
        now = run_sync(store, data_now).isoformat()
    with engine.driver() as driver, driver.session(database=engine.config.database) as session:
        rows = session.run(statement("serving_deals")).data()
    if not rows:
        raise ValueError("no customer has an open deal with somebody in a role on it")
    of_customers = [_same({"customer": row["customer"]}, now) for row in rows]
    found = {
        "Q1": of_customers,
        "Q2": [_same({"opportunity": row["opportunity"]}, now) for row in rows],
        "Q3": list(of_customers),
    } | {name: _places(client, first, now) for name, first in PAGES.items()}
    draw = random.Random(seed)
    for asked in found.values():
        draw.shuffle(asked)
    return found


def _same(variables: dict[str, Any], now: str) -> Case:
    return Case(variables, variables, variables | {"as_of": now})


def _places(client: GraphQLClient, first: int, now: str) -> list[Case]:
    """The beginning of the list and where its first pages end, as far as whole pages follow."""
    places: list[Case] = []
    after, name, last = None, "", ""
    while len(places) < PLACES:
        ours = {"first": first, "after": after}
        places.append(Case(ours, {"first": first, "name": name}, _bare_place(first, name, last, now)))
        page = client.ask(ours_file("page"), ours)["data"]["customers"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
        name, last = page["nodes"][-1]["name"], page["nodes"][-1]["customerId"]
    return places[:-1] or places


def _bare_place(first: int, name: str, last: str, now: str) -> dict[str, Any]:
    return {"first": first, "name": name, "after_id": last, "as_of": now}
