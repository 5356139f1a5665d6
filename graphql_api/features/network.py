"""The picture around a customer: nodes and edges."""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from types import MappingProxyType

import strawberry

from graph.errors import NotFound
from graph.profile import around
from graph.profile import model as domain
from graphql_api.context import Context, Info, moment
from graphql_api.execution.taken import Taken
from graphql_api.features.enums import Basis
from graphql_api.features.field import resolved


@strawberry.type(description="A node of the picture; `kind` is its label in the graph.")
class NetworkNode(Taken):
    """A customer, a person of either side, or an opportunity."""

    FROM = (domain.NetworkNode,)

    node_id: strawberry.ID
    kind: str
    name: str | None


@strawberry.type(description="An edge of the picture, by node ids; `kind` is its relationship type.")
class NetworkEdge(Taken):
    """A relationship between two nodes that are both in the picture."""

    FROM = (domain.NetworkEdge,)
    MADE = MappingProxyType({
        "from_": attrgetter("from_id"),
        "to": attrgetter("to_id"),
        "basis": lambda edge: Basis(edge.basis) if edge.basis else None,
    })  # fmt: skip

    from_: strawberry.ID = strawberry.field(name="from")
    to: strawberry.ID
    kind: str
    basis: Basis | None
    confidence: float | None
    strength: float | None


def _nodes(network: "Network") -> Sequence[domain.NetworkNode]:
    return network.found.nodes


def _edges(network: "Network") -> Sequence[domain.NetworkEdge]:
    return network.found.edges


@strawberry.type(description="Nodes and edges around a customer.")
class Network:
    """`truncated` where the bound cut something off."""

    found: strawberry.Private[domain.Network]
    truncated: bool

    @classmethod
    def of(cls, network: domain.Network) -> "Network":
        """From the domain's value."""
        return cls(found=network, truncated=network.truncated)

    @resolved(many=1, ready=_nodes)
    def nodes(self) -> list[NetworkNode]:
        """The records."""
        return [NetworkNode.of(node) for node in _nodes(self)]

    @resolved(many=3, ready=_edges)
    def edges(self) -> list[NetworkEdge]:
        """Edges."""
        return [NetworkEdge.of(edge) for edge in _edges(self)]


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
