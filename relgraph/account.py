"""The account that a command names: by any id, number or name."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from graph.clock import data_now
from graph.errors import NotFound
from graph.profile.search import match
from graph.service import GraphStore, run_sync
from relgraph.engine import opened
from relgraph.moment import moment
from relgraph.settings import Settings


async def account_named(store: GraphStore, text: str, now: datetime) -> str:
    """Id of the customer that answers best to the text; raises NotFound."""
    found = await match(store, text=text, as_of=now, first=1)
    if not found:
        raise NotFound("Customer", text)
    return found[0].customer_id


def told_of_account(
    service: Callable[..., Any], account: str, as_of: str | None, now: str | None, **asked: Any
) -> Any:
    """What a service of the domain says of the account that a command names.

    as_of: the day that was asked for. now: the one that a command was given, else the company's. asked: what
    else the service takes. Raises NotFound, and AsOfAfterNow.
    """
    settings = Settings().at(now)
    day = moment(as_of, "--as-of") if as_of is not None else None
    with opened(settings) as store:
        at = settings.now or run_sync(store, data_now)
        customer_id = run_sync(store, account_named, account, at)
        return run_sync(store, service, customer_id=customer_id, now=at, as_of=day, **asked)
