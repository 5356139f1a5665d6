"""Asks each question of an account once, so that the engine has planned it before a caller waits for it."""

import logging
from datetime import datetime, timedelta
from time import perf_counter

from graph.clock import data_now
from graph.day.read import my_day
from graph.decision_chain.model import DecisionChain
from graph.decision_chain.read import chains
from graph.profile.around import network
from graph.profile.pages import page
from graph.profile.parts import ALL, FIRST_SHOWN, LISTED, SHORT
from graph.profile.read import ProfileRequest, best_match, profiles
from graph.profile.search import match
from graph.resolve_id import resolve
from graph.search.find import plan
from graph.service import GraphStore
from graph.store import StoreError
from graph.warm_path.find import warm_paths

log = logging.getLogger("graphql_api")

_PAGE = 20


async def warm_up(store: GraphStore, deadline_s: float) -> bool:
    """Ask for a first page of customers and all about one of them; True where the page came in time.

    What goes wrong is logged, for callers will be told of it anyway.
    """
    began = perf_counter()
    try:
        now = await data_now(store)
        lines = await _first_pages(store, now)
        took = perf_counter() - began
        for customer_id, name in lines[:1]:
            chain = await _questions_of_one(store, customer_id, name, now, None)
            for employee in _who_knows_them(chain):
                await _questions_of_one(store, customer_id, name, now, employee)
                await my_day(store, employee_id=employee, now=now)
            await _past_of_one(store, customer_id, now)
    except StoreError as error:
        log.warning("not warmed up: %s", error)
        return False
    log.info("warmed up in %.1f s, the first page in %.1f s", perf_counter() - began, took)
    return took <= deadline_s


async def _first_pages(store: GraphStore, now: datetime) -> list[tuple[str, str]]:
    """The first page in each order, as long as a caller's by default, with what a caller may select."""
    listed = ProfileRequest(now, LISTED)
    lines = (await page(store, request=listed, first=_PAGE)).lines
    await page(store, request=ProfileRequest(now), first=_PAGE)
    short = ProfileRequest(now, frozenset(SHORT), frozenset())
    await page(store, request=short, first=_PAGE)
    await page(store, request=listed, first=_PAGE, order="risk")
    await plan(store, now)
    ids = [line.customer_id for line in lines]
    if ids:
        await profiles(store, customer_ids=ids, request=listed)
        await profiles(store, customer_ids=ids, request=short)
        await profiles(store, customer_ids=ids, request=ProfileRequest(now, ALL))
        await chains(store, customer_ids=ids, now=now)
    return [(line.customer_id, line.parts["company"].name) for line in lines]


async def _questions_of_one(
    store: GraphStore, customer_id: str, name: str, now: datetime, viewer: str | None
) -> DecisionChain:
    """All about one customer, as a viewer asks it; Neo4j plans anew for texts and lists of another size."""
    request = ProfileRequest(now, viewer=viewer)
    await resolve(store, "Customer", customer_id)
    await match(store, text=name, as_of=now, first=2)
    await best_match(store, text=name, request=request)
    await profiles(store, customer_ids=[customer_id], request=request)
    first = ProfileRequest(now, FIRST_SHOWN, viewer=viewer)
    await profiles(store, customer_ids=[customer_id], request=first)
    await network(store, customer_id=customer_id, now=now, viewer=viewer)
    chain = (await chains(store, customer_ids=[customer_id], now=now, viewer=viewer))[customer_id]
    await _introduction(store, chain, now, viewer)
    return chain


async def _past_of_one(store: GraphStore, customer_id: str, now: datetime) -> None:
    """One customer as of a past day: its own values, deals, ties and lines are found anew."""
    moment = now - timedelta(days=1)
    await profiles(store, customer_ids=[customer_id], request=ProfileRequest(now, as_of=moment))
    await chains(store, customer_ids=[customer_id], now=now, as_of=moment)


def _who_knows_them(chain: DecisionChain) -> list[str]:
    """One of us with a tie to the chain; empty where nobody has one."""
    return [cover.employee_id for member in chain.members for cover in member.covered_by][:1]


async def _introduction(store: GraphStore, chain: DecisionChain, now: datetime, viewer: str | None) -> None:
    """Somebody of us to somebody of them; nobody where nobody is known."""
    known = [
        (cover.employee_id, member.contact_id) for member in chain.members for cover in member.covered_by
    ]
    employee, contact = known[0] if known else ("", "")
    await warm_paths(store, employee_id=employee, contact_ids=[contact], now=now, viewer=viewer)
