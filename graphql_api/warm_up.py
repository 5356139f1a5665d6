"""Asks each question of an account once, so that the engine has planned it before a caller waits for it."""

import logging
from datetime import datetime
from time import perf_counter

from graph.clock import data_now
from graph.decision_chain.model import DecisionChain
from graph.decision_chain.read import chains
from graph.profile.around import network
from graph.profile.pages import page
from graph.profile.parts import ALL, PartName
from graph.profile.read import ProfileRequest, best_match, profiles
from graph.profile.search import match
from graph.resolve_id import resolve
from graph.service import GraphStore
from graph.store import StoreError
from graph.warm_path.find import warm_paths

log = logging.getLogger("graphql_api")

_READ_TOGETHER: tuple[frozenset[PartName], ...] = (ALL, frozenset({"risk"}), frozenset({"suggestions"}))


async def warm_up(store: GraphStore) -> None:
    """Ask about the first customer; what goes wrong is logged, for callers will be told of it anyway."""
    began = perf_counter()
    try:
        await _questions_of_one(store)
    except StoreError as error:
        log.warning("not warmed up: %s", error)
    log.info("warmed up in %.1f s", perf_counter() - began)


async def _questions_of_one(store: GraphStore) -> None:
    now = await data_now(store)
    for line in (await page(store, first=1, now=now)).lines:
        one = [line.customer_id]
        await resolve(store, "Customer", line.customer_id)
        await match(store, text=line.name, as_of=now, first=2)
        await best_match(store, text=line.name, request=ProfileRequest(now))
        for parts in _READ_TOGETHER:
            await profiles(store, customer_ids=one, request=ProfileRequest(now, parts))
        await network(store, customer_id=line.customer_id, now=now)
        chain = (await chains(store, customer_ids=one, now=now))[line.customer_id]
        await _introduction(store, chain, now)


async def _introduction(store: GraphStore, chain: DecisionChain, now: datetime) -> None:
    """Somebody of us to somebody of them; nobody where nobody is known."""
    known = [
        (cover.employee_id, member.contact_id) for member in chain.members for cover in member.covered_by
    ]
    employee, contact = known[0] if known else ("", "")
    await warm_paths(store, employee_id=employee, contact_ids=[contact], now=now)
