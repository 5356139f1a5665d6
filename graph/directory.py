"""What there is to choose from: tags and segments with their sizes, and trained models."""

from dataclasses import dataclass
from datetime import datetime

from graph.keyset import page_size
from graph.service import GraphStore


@dataclass(frozen=True, slots=True)
class ListedTag:
    """A tag, and how many customers carry it as far as the viewer may see."""

    tag_id: str
    name: str
    name_zh: str | None
    dimension: str
    description: str | None
    description_zh: str | None
    rule_version: int | None
    """None where people or sources give it."""
    customers: int | None
    """None where it was not asked for."""


@dataclass(frozen=True, slots=True)
class ListedSegment:
    """A segment, and how many customers belong to it as far as the viewer may see."""

    segment_id: str
    name: str
    name_zh: str | None
    description: str | None
    description_zh: str | None
    method: str | None
    silhouette: float | None
    stability: float | None
    rule_version: int | None
    customers: int | None
    """None where it was not asked for."""


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A trained model and how it was judged."""

    model_id: str
    task: str
    name: str
    cutoff: datetime
    """Nothing later was known to it."""
    horizon_days: int
    trained_at: datetime
    metrics: str
    """The evaluation report as JSON text."""
    checked_at: datetime | None
    checked_as_of: datetime | None
    promoted: bool
    """Whether it serves."""
    pinned: bool


async def tags(
    store: GraphStore, *, now: datetime, viewer: str | None, dimension: str | None = None, first: int = 200,
    sized: bool = True,
) -> list[ListedTag]:  # fmt: skip
    """Tags by dimension and id; sized: with their customers, all of whom are looked at. Raises UsageError."""
    limit = page_size(first, "tags")
    asked = {"as_of": now.isoformat(), "viewer": viewer or "", "dimension": dimension, "limit": limit}
    rows = await store.read("directory.tags", **asked, sized=sized)
    return [ListedTag(**row["tag"], customers=row["customers"]) for row in rows]


async def segments(
    store: GraphStore, *, now: datetime, viewer: str | None, first: int = 200, sized: bool = True
) -> list[ListedSegment]:
    """Segments by id; sized: with their customers. Raises UsageError."""
    asked = {"as_of": now.isoformat(), "viewer": viewer or "", "limit": page_size(first, "segments")}
    rows = await store.read("directory.segments", **asked, sized=sized)
    return [ListedSegment(**row["segment"], customers=row["customers"]) for row in rows]


async def models(store: GraphStore, *, task: str | None = None, first: int = 50) -> list[ListedModel]:
    """Models by task, those that serve first, then the newest. Raises UsageError."""
    rows = await store.read("directory.models", task=task, limit=page_size(first, "models"))
    return [ListedModel(**row["model"]) for row in rows]
