"""The addresses under /widgets: what a page may ask and say."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph.alert.model import EVERYBODY, AccountAlert, Selection
from graph.alert.playbook import Language
from graph.alert.read import Asking, alerts_of_each
from graph.decision_chain.read import chain as read_chain
from graph.errors import NotFound, UsageError
from graph.offers.read import MOST, Shelf, offers
from graph.profile.parts import PartName
from graph.profile.read import ProfileRequest, profiles
from graph.store import EngineUnavailable, QueryTimeout
from graphql_api.audit.noting import PURPOSE, Noting
from graphql_api.audit.persons import PERSONAL_KINDS
from graphql_api.config import ApiConfig
from graphql_api.context import Context
from graphql_api.errors import (
    ApiError,
    BadInput,
    DeadlineExceeded,
    FieldRefused,
    Forbidden,
    NoSuchRecord,
    refused,
)
from graphql_api.features.offers import products
from graphql_api.http.accept import JSON
from graphql_api.http.answer import json_response, refusal
from graphql_api.http.rate import Rate
from graphql_api.http.request import bounded
from graphql_api.security import Identity
from graphql_api.widgets import query, shown
from graphql_api.widgets.account import AccountFinder
from graphql_api.widgets.cached import Encoded
from graphql_api.widgets.feedback import may_send, read_beacons, take
from graphql_api.widgets.origin import Origins, is_origin
from graphql_api.widgets.token import LIFETIME, WidgetTokens
from graphql_api.widgets.visitor import Door, Visitor

Handler = Callable[[Request], Awaitable[Response]]
Admit = Callable[[Identity], Context]
"""The context of a request of this identity."""

KEPT = {"Cache-Control": "private, max-age=60, must-revalidate"}
ASKED_ANEW = {"Cache-Control": "private, no-cache"}
"""Kept, but not shown without asking whether it still holds: a complaint ends offers at once."""
NEVER_KEPT = {"Cache-Control": "no-store"}
ALERTS, MAX_BODY = 5, 20_000
FIELD_OF: Mapping[PartName, str] = {"health": "health", "risk": "churnRisk", "tags": "tags"}
"""The field of Customer whose rule decides about a part."""


class Widgets:
    """Answers pages whose origin the settings allow, and servers with an ordinary token."""

    def __init__(
        self, admit: Admit, door: Door, tokens: WidgetTokens, config: ApiConfig, noting: Noting
    ) -> None:
        self._context = admit
        self._door = door
        self._tokens = tokens
        self._origins = Origins(config.widget_origins)
        self._limits = config.limits
        self._clock = config.clock
        self._noting = noting
        limits = config.limits
        self._accounts = AccountFinder(Rate(limits.misses_per_s, limits.max_misses))
        self._beacons = Rate(limits.beacons_per_s, limits.max_beacons)

    def routes(self) -> list[Route]:
        """The addresses with what they answer."""
        return [
            self._route("recommendations", "GET", self._recommendations),
            self._route("account", "GET", self._account),
            self._route("chain", "GET", self._chain),
            self._route("feedback", "POST", self._feedback),
            self._route("tokens", "POST", self._mint),
        ]

    def _route(self, name: str, method: str, handler: Handler) -> Route:
        return Route(f"/widgets/{name}", partial(self._answer, handler, method), methods=[method, "OPTIONS"])

    async def _answer(self, handler: Handler, method: str, request: Request) -> Response:
        """The answer, readable for the page that asked if its origin is on the list."""
        origin = request.headers.get("origin")
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=self._origins.preflight(origin, f"{method}, OPTIONS"))
        response = await self._in_time(handler, request)
        cors = self._origins.headers(origin)
        vary = ", ".join(dict.fromkeys((cors.pop("Vary"), *filter(None, [response.headers.get("Vary")]))))
        response.headers.update(cors | {"Vary": vary})
        return response

    async def _in_time(self, handler: Handler, request: Request) -> Response:
        seconds = self._limits.deadline_s
        try:
            async with asyncio.timeout(seconds):
                return await handler(request)
        except (TimeoutError, QueryTimeout):
            return refusal(DeadlineExceeded(seconds))
        except NotFound as error:
            return refusal(NoSuchRecord(str(error)))
        except UsageError as error:
            return refusal(BadInput(str(error)))
        except ApiError as error:
            return refusal(error)
        except EngineUnavailable as error:
            return json_response(refused(error), 503, {"Retry-After": "2"})

    async def _recommendations(self, request: Request) -> Response:
        """For an account, beside a product, or beside a basket."""
        params = request.query_params
        query.only(params, "account", "product", "basket", "first", "locale")
        context, account = await self._asked(request, self._door.admit(request.headers), "recommendations")
        product, basket = query.text(params, "product"), query.several(params, "basket", MOST)
        beside = [product] if product else list(basket)
        if product and basket:
            raise BadInput("give `product` or `basket`, not both")
        if account is None and not beside:
            raise BadInput("say `account`, `product` or `basket`")
        shelf = Shelf(await context.now(), account, context.viewer, query.number(params, "first", 5))
        found = await offers(context.store, shelf, await products(context, beside, known=bool(product)))
        return _kept(request, shown.offers(found, account, query.language(request.query_params)), ASKED_ANEW)

    async def _account(self, request: Request) -> Response:
        """Name, health, risk, tags, alerts: of these what the role sees."""
        query.only(request.query_params, "account", "locale")
        language = query.language(request.query_params)
        context, account = await self._asked_of_one(request, "customer")
        seen = {part for part, name in FIELD_OF.items() if not context.grant.refuses("Customer", name)}
        wanted = ProfileRequest(
            await context.now(), parts=frozenset({"company", *seen}), viewer=context.viewer
        )
        found = (await profiles(context.store, customer_ids=[account], request=wanted)).get(account)
        if found is None:
            raise NotFound("Customer", account)
        alerts = await self._alerts(context, account, language)
        self._note(request, context, "account", [one.subject for one in alerts or () if one.subject])
        return _kept(request, shown.account(found.parts, alerts))

    async def _alerts(
        self, context: Context, account: str, language: Language
    ) -> Sequence[AccountAlert] | None:
        """The first alerts; None where the role sees none."""
        if context.grant.refuses("Customer", "alerts"):
            return None
        pages = await alerts_of_each(
            context.store, customer_ids=[account], selection=Selection(EVERYBODY),
            asking=Asking(await context.now(), None, context.viewer, language), first=ALERTS,
        )  # fmt: skip
        return pages[account].alerts if account in pages else ()

    async def _chain(self, request: Request) -> Response:
        """Who decides, and what is missing."""
        query.only(request.query_params, "account", "locale")
        context, account = await self._asked_of_one(request, "decisionChain")
        found = await read_chain(
            context.store, customer_id=account, now=await context.now(), viewer=context.viewer
        )
        self._note(request, context, "chain", shown.people_of(found))
        return _kept(request, shown.chain(found, query.language(request.query_params)))

    def _note(self, request: Request, context: Context, field: str, told: Iterable[str]) -> None:
        """Note whom the answer tells of, by typed ids."""
        context.subjects.update(one for one in told if one.partition(":")[0] in PERSONAL_KINDS)
        self._noting.note(context.identity, context, "widget", request.headers.get(PURPOSE), field)

    async def _asked(self, request: Request, visitor: Visitor, question: str) -> tuple[Context, str | None]:
        """The context and the account; raises FieldRefused where the role may not ask that of the API."""
        context = self._context(visitor.identity)
        if context.grant.refuses("Query", question):
            raise FieldRefused(context.grant.role, f"Query.{question}")
        given = query.text(request.query_params, "account")
        return context, await self._accounts.asked(context, visitor, given)

    async def _asked_of_one(self, request: Request, question: str) -> tuple[Context, str]:
        """What is for our own people, of one account."""
        visitor = self._door.admit(request.headers)
        if not visitor.inside:
            raise Forbidden("this widget token shows recommendations alone; mint one with `inside`: true")
        context, account = await self._asked(request, visitor, question)
        if account is None:
            raise BadInput("say `account`")
        return context, account

    async def _feedback(self, request: Request) -> Response:
        """Take beacons."""
        visitor = self._door.admit(request.headers)
        document = await self._document(request)
        beacons = read_beacons(document)
        self._beacons.take(visitor.caller, len(beacons))
        context = self._context(visitor.identity)
        account = await self._accounts.asked(context, visitor, _text_in(document, "account"))
        return json_response({"verdicts": await take(context, beacons, account)}, headers=NEVER_KEPT)

    async def _mint(self, request: Request) -> Response:
        """A token for one account and one origin."""
        visitor = self._door.admit(request.headers)
        if visitor.account is not None:
            raise Forbidden("a widget token mints no other; ask with an ordinary token, from your server")
        document = await self._document(request)
        account, origin = _text_in(document, "account"), _text_in(document, "origin")
        if account is None or origin is None or not is_origin(origin):
            raise BadInput('send {"account": …, "origin": "https://…"}, the origin as browsers send it')
        inside = document.get("inside", False)
        if not isinstance(inside, bool):
            raise BadInput("`inside` is true or false")
        if origin not in self._origins:
            raise Forbidden(f"pages of {origin[:100]} are not allowed; see RELGRAPH_WIDGET_ORIGINS")
        context = self._context(visitor.identity)
        customer_id = await self._accounts.found(context, visitor, account)
        identity = visitor.identity
        token, claims = self._tokens.mint(
            identity.token_id, customer_id, origin, self._clock(), inside=inside
        )
        answer = {
            "token": token, "account": customer_id, "origin": claims.origin, "expires": claims.expires,
            "seconds": int(LIFETIME.total_seconds()), "inside": inside,
            "feedback": may_send(identity),
        }  # fmt: skip
        return json_response(answer, 201, NEVER_KEPT)

    async def _document(self, request: Request) -> dict[str, Any]:
        """The JSON object of the body; raises BadInput or TooLarge."""
        body = await Request(request.scope, bounded(request.receive, MAX_BODY)).body()
        try:
            document = orjson.loads(body)
        except ValueError as error:
            raise BadInput(f"the body is not JSON: {error}") from error
        if not isinstance(document, dict):
            raise BadInput("the body is a JSON object")
        return document


def _text_in(document: dict[str, Any], name: str) -> str | None:
    found = document.get(name)
    if found is not None and (not isinstance(found, str) or not found or len(found) > query.LONGEST):
        raise BadInput(f"`{name}` is a text of 1 to {query.LONGEST} characters")
    return found


def _kept(request: Request, body: dict[str, Any], how: Mapping[str, str] = KEPT) -> Response:
    headers = {**how, "Vary": "Authorization"}
    return Encoded(orjson.dumps(body)).response(request.headers, JSON, headers)
