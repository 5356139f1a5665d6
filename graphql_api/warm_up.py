"""Asks each question of an account once, so that the engine has planned it before a caller waits for it."""

import logging
from datetime import datetime
from time import perf_counter

from graph import warm_path
from graph.clock import clock
from graph.decision_chain import DecisionChain
from graph.decision_chain.read import chains
from graph.plan import AsyncReader, Plan, arun
from graph.profile.around import network_of
from graph.profile.pages import listed
from graph.profile.parts import ALL, PartName
from graph.profile.read import Asked, best, profiles
from graph.profile.search import matching
from graph.resolve_id import resolving
from graph.store import StoreError

log = logging.getLogger("graphql_api")

_READ_TOGETHER: tuple[frozenset[PartName], ...] = (ALL, frozenset({"risk"}), frozenset({"suggestions"}))


async def warm_up(store: AsyncReader) -> None:
    """Ask about the first customer; what goes wrong is logged, for callers will be told of it anyway."""
    began = perf_counter()
    try:
        await arun(store, _questions_of_one(await arun(store, clock())))
    except StoreError as error:
        log.warning("not warmed up: %s", error)
    log.info("warmed up in %.1f s", perf_counter() - began)


def _questions_of_one(now: datetime) -> Plan[None]:
    page = yield from listed(first=1)
    for line in page.lines:
        one = [line.customer_id]
        yield from resolving("Customer", line.customer_id)
        yield from matching(text=line.name, first=2)
        yield from best(text=line.name, asked=Asked(now))
        for parts in _READ_TOGETHER:
            yield from profiles(customer_ids=one, asked=Asked(now, parts))
        yield from network_of(customer_id=line.customer_id, now=now)
        chain = (yield from chains(customer_ids=one, now=now))[line.customer_id]
        yield from _introduction(chain, now)


def _introduction(chain: DecisionChain, now: datetime) -> Plan[None]:
    """Somebody of us to somebody of them; nobody where nobody is known."""
    known = [
        (cover.employee_id, member.contact_id) for member in chain.members for cover in member.covered_by
    ]
    employee, contact = known[0] if known else ("", "")
    yield from warm_path.paths(employee_id=employee, contact_ids=[contact], now=now)
