"""Decision chains."""

from datetime import datetime

from graph.decision_chain.model import DecisionChain as Chain
from graph.decision_chain.read import chain, chains
from graph.errors import UsageError
from graphql_api.context import Context, moment
from graphql_api.types.decision_chain import DecisionChain


async def asked(
    context: Context, opportunity: str | None, customer: str | None, as_of: datetime | None
) -> DecisionChain:
    """The chain of an opportunity, or of a customer (largest open one, else the account); ids of any kind."""
    if opportunity is not None:
        return DecisionChain.of(await _of_opportunity(context, opportunity, customer, moment(as_of)))
    if customer is None:
        raise UsageError("say `opportunity` or `customer`")
    return DecisionChain.of(await of_customer(context, customer, moment(as_of)))


async def of_customer(context: Context, customer: str, as_of: datetime | None = None) -> Chain:
    """The customer's chain; within one request each is read once, and all of them together."""
    now = await context.now()

    async def read(customer_id: str) -> Chain | None:
        return await context.loaders.load(chains, customer_id, now=now, as_of=as_of, viewer=context.viewer)

    return await context.first_by("Customer", customer, read)


async def _of_opportunity(
    context: Context, opportunity: str, customer: str | None, as_of: datetime | None
) -> Chain:
    """The opportunity's chain; where a customer is named too, the opportunity must be that customer's."""
    opportunity_id, seller = await context.first_by(
        "Opportunity", opportunity, lambda id_: _sold_to(context, id_)
    )
    customer_id = seller if customer is None else await context.resolve("Customer", customer)
    return await chain(
        context.store,
        customer_id=customer_id,
        opportunity_id=opportunity_id,
        as_of=as_of,
        now=await context.now(),
        viewer=context.viewer,
    )


async def _sold_to(context: Context, opportunity_id: str) -> tuple[str, str] | None:
    rows = await context.store.read("opportunity.customer", opportunity_id=opportunity_id)
    return (opportunity_id, str(rows[0]["customer_id"])) if rows else None
