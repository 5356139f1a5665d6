"""The picture around a customer: nodes and edges."""

from datetime import datetime

import strawberry

from graph.errors import NotFound
from graph.profile import around
from graph.profile import model as domain
from graphql_api.context import Context, Info, moment
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.enums import Basis
from graphql_api.features.field import all_shaped, resolved


@strawberry.type(description="A node of the picture; `kind` is its label in the graph.")
class NetworkNode:
    """A customer, a person of either side, or an opportunity."""

    node_id: strawberry.ID
    kind: str
    name: str | None


@strawberry.type(description="An edge of the picture, by node ids; `kind` is its relationship type.")
class NetworkEdge:
    """A relationship between two nodes that are both in the picture."""

    from_: strawberry.ID = strawberry.field(name="from")
    to: strawberry.ID
    kind: str
    basis: Basis | None
    confidence: float | None
    strength: float | None

    @classmethod
    def of(cls, edge: domain.NetworkEdge) -> "NetworkEdge":
        """From the domain's value."""
        return shaped(
            cls,
            edge,
            from_=strawberry.ID(edge.from_id),
            to=strawberry.ID(edge.to_id),
            basis=Basis(edge.basis) if edge.basis else None,
        )


@strawberry.type(description="Nodes and edges around a customer.")
class Network:
    """`truncated` where the bound cut something off."""

    nodes: list[NetworkNode] = strawberry.field(metadata=costs(many=1))
    edges: list[NetworkEdge] = strawberry.field(metadata=costs(many=3))
    truncated: bool

    @classmethod
    def of(cls, network: domain.Network) -> "Network":
        """From the domain's value."""
        nodes = all_shaped(NetworkNode, network.nodes)
        return cls(
            nodes=nodes, edges=[NetworkEdge.of(edge) for edge in network.edges], truncated=network.truncated
        )


@resolved(weight=20)
async def network(
    info: Info, customer: strawberry.ID, as_of: datetime | None = None, first: int = 100
) -> Network | None:
    """People, deals and companies around a customer, at most `first` of them."""
    context = info.context

    async def read(customer_id: str) -> Network | None:
        try:
            return await network_of(context, customer_id, as_of, first)
        except NotFound:
            return None

    return await context.first_by("Customer", customer, read)


async def network_of(context: Context, customer_id: str, as_of: datetime | None, first: int) -> Network:
    """The picture around a customer."""
    found = await around.network(
        context.store,
        customer_id=customer_id,
        now=await context.now(),
        as_of=moment(as_of),
        limit=first,
        viewer=context.viewer,
    )
    return Network.of(found)
