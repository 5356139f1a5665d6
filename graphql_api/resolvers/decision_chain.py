"""Decision chains."""

from datetime import datetime

from graph import decision_chain
from graph.decision_chain import DecisionChain as Chain
from graph.decision_chain.read import chains
from graph.errors import NotFound, UsageError
from graph.plan import Ask
from graphql_api.context import Context, moment
from graphql_api.types.decision_chain import DecisionChain


async def of_customer(
    context: Context, customer_id: str, opportunity: str | None = None, as_of: datetime | None = None
) -> DecisionChain:
    """The chain of the opportunity (any id of it), else of the largest open one, else of the account."""
    opportunity_id = await context.resolve("Opportunity", opportunity) if opportunity else None
    return DecisionChain.of(await chain(context, customer_id, opportunity_id, moment(as_of)))


async def asked(
    context: Context, opportunity: str | None, customer: str | None, as_of: datetime | None
) -> DecisionChain:
    """The chain of an opportunity or of a customer, by any of their ids."""
    if opportunity is None and customer is None:
        raise UsageError("say `opportunity` or `customer`")
    if customer is not None:
        return await of_customer(context, await context.resolve("Customer", customer), opportunity, as_of)
    opportunity_id = await context.resolve("Opportunity", str(opportunity))
    rows = await context.rows(Ask("opportunity.customer", {"opportunity_id": opportunity_id}))
    return DecisionChain.of(await chain(context, rows[0]["customer_id"], opportunity_id, moment(as_of)))


async def chain(
    context: Context, customer_id: str, opportunity_id: str | None = None, as_of: datetime | None = None
) -> Chain:
    """The domain's chain; within one request each is read once, those of largest opportunities together."""
    if opportunity_id is None:
        now = await context.now()
        found = await context.loaders.load(chains, customer_id, now=now, as_of=as_of, viewer=context.viewer)
        if found is None:
            raise NotFound("Customer", customer_id)
        return found

    async def read() -> Chain:
        plan = decision_chain.chain(
            customer_id=customer_id,
            opportunity_id=opportunity_id,
            as_of=as_of,
            now=await context.now(),
            viewer=context.viewer,
        )
        return await context.ask(plan)

    return await context.once(("chain", customer_id, opportunity_id, as_of), read)
