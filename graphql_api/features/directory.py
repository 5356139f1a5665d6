"""What there is to choose from in filters: tags and segments with their sizes; and trained models."""

from datetime import datetime

import orjson
import strawberry
from strawberry.scalars import JSON

from graph import directory
from graphql_api.context import Info
from graphql_api.execution.taken import shaped
from graphql_api.features.field import resolved
from graphql_api.features.selected import selects


@strawberry.type(
    description="A tag with the number of customers that carry it today; `ruleVersion` is null where people "
    "or sources give it. `id` leads to it by `node`."
)
class ListedTag:
    """`tagId` goes into filters."""

    id: strawberry.ID
    tag_id: strawberry.ID
    name: str
    name_zh: str | None
    dimension: str
    description: str | None
    description_zh: str | None
    rule_version: int | None
    customers: int


@strawberry.type(
    description="A segment with the number of customers that belong to it today; `silhouette` and "
    "`stability` as in Segment. `id` leads to it by `node`."
)
class ListedSegment:
    """`segmentId` goes into filters."""

    id: strawberry.ID
    segment_id: strawberry.ID
    name: str
    name_zh: str | None
    description: str | None
    description_zh: str | None
    method: str | None
    silhouette: float | None
    stability: float | None
    rule_version: int | None
    customers: int


@strawberry.type(
    description="A trained model: nothing after `cutoff` was known to it; `metrics` is how it was judged on "
    "days that it had not seen; `promoted`: it serves; `checkedAt`: when its answers were last worked out."
)
class ListedModel:
    """`pinned`: a person chose it. `id` leads to it by `node`."""

    id: strawberry.ID
    model_id: strawberry.ID
    task: str
    name: str
    cutoff: datetime
    horizon_days: int
    trained_at: datetime
    metrics: JSON
    checked_at: datetime | None
    checked_as_of: datetime | None
    promoted: bool
    pinned: bool

    @classmethod
    def of(cls, model: directory.ListedModel) -> "ListedModel":
        """From the domain's value."""
        key = strawberry.ID(f"Model:{model.model_id}")
        return shaped(cls, model, id=key, metrics=orjson.loads(model.metrics))


@resolved(weight=20, name="tags")
async def tags_field(info: Info, dimension: str | None = None, first: int = 200) -> list[ListedTag] | None:
    """Tags by dimension, with sizes."""
    context = info.context
    found = await directory.tags(
        context.store, now=await context.now(), viewer=context.viewer, dimension=dimension, first=first,
        sized=selects(info, "customers"),
    )  # fmt: skip
    return [shaped(ListedTag, one, id=strawberry.ID(f"Tag:{one.tag_id}")) for one in found]


@resolved(weight=20, name="segments")
async def segments_field(info: Info, first: int = 200) -> list[ListedSegment] | None:
    """Segments, with sizes."""
    context = info.context
    found = await directory.segments(
        context.store, now=await context.now(), viewer=context.viewer, first=first,
        sized=selects(info, "customers"),
    )  # fmt: skip
    return [shaped(ListedSegment, one, id=strawberry.ID(f"Segment:{one.segment_id}")) for one in found]


@resolved(weight=5, name="models")
async def models_field(info: Info, task: str | None = None, first: int = 50) -> list[ListedModel] | None:
    """Trained models by task, those that serve first, then the newest."""
    return [ListedModel.of(one) for one in await directory.models(info.context.store, task=task, first=first)]
