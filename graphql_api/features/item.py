"""Objects of one's own kinds (machines, competitors) that are linked to a customer."""

from datetime import datetime

import strawberry

from graph import item as domain
from graphql_api.access.grant import Grant
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.page_info import PageInfo
from graphql_api.features.record import RecordValue, told


@strawberry.type(
    description="An object of a kind that a mapping declares. `id` leads to it by `node`; `values` are the "
    "filled fields of its kind, in their order; `relations` say how it is linked to the customer."
)
class Item:
    """`kindName` and `kindNameZh` are the names of its kind."""

    id: strawberry.ID
    item_id: strawberry.ID
    kind: str
    kind_name: str
    kind_name_zh: str
    name: str | None
    created_at: datetime | None
    relations: list[str] = strawberry.field(metadata=costs(many=3))
    values: list[RecordValue] = strawberry.field(metadata=costs(many=20))

    @classmethod
    def of(cls, item: domain.Item, grant: Grant) -> "Item":
        """From the domain's value, as far as the grant goes."""
        kind = item.kind
        return shaped(
            cls,
            item,
            id=strawberry.ID(f"Item:{item.item_id}"),
            kind=kind.kind,
            kind_name=kind.name,
            kind_name_zh=kind.name_zh,
            relations=list(item.relations),
            values=[
                RecordValue.of(field.name, value).declared(field)
                for field, value in item.values
                if told(field, grant)
            ],
        )


@strawberry.type(description="An item in its place of the list.")
class ItemEdge:
    """`cursor` goes into `after` to continue behind it."""

    cursor: str
    node: Item


@strawberry.type(description="A page of items, by name.")
class ItemConnection:
    """Continues by `pageInfo.endCursor`."""

    page_info: PageInfo
    edges: list[ItemEdge] = strawberry.field(metadata=costs(many=1))
    nodes: list[Item] = strawberry.field(metadata=costs(many=1))

    @classmethod
    def of(cls, page: domain.ItemPage, grant: Grant) -> "ItemConnection":
        """From the domain's page."""
        nodes, cursors = [Item.of(one, grant) for one in page.items], [one.cursor for one in page.items]
        return cls(
            edges=[ItemEdge(cursor=at, node=node) for at, node in zip(cursors, nodes, strict=True)],
            nodes=nodes,
            page_info=PageInfo(
                has_next_page=page.more,
                end_cursor=cursors[-1] if cursors else None,
                start_cursor=cursors[0] if cursors else None,
            ),
        )
