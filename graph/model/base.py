"""What every node and fact of the graph shares: frozen models, keys, personal-data marks, instants."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from graph.moment import in_utc


class PersonalData:
    """Mark on a model field: it identifies or describes a natural person (GDPR art. 4, PIPL art. 4).

    Masking, export, pseudonymised snapshots, erasure and log scrubbing read this mark and nothing else.
    """


PII = PersonalData()


Instant = Annotated[datetime, AfterValidator(in_utc)]
"""A moment in UTC; a naive value is read as UTC (both engines compare correctly only in UTC)."""

Scalar = str | int | float | bool
Basis = Literal["asserted", "observed", "inferred"]
"""Where a fact comes from: a person said so, records show it, or a named method concluded it."""


Computed = tuple[str, Callable[[str], str | None]]
"""A field, and the function of its text that gives the computed property."""
Ordered = tuple[str, Callable[[Mapping[str, Any], str], str | None]]
"""A field, and the function of a row's properties and its node's id that gives the key of an order."""


class Frozen(BaseModel):
    """An immutable value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Node(Frozen):
    """A labelled node; `label` is its one label and `key` the name of its unique string property."""

    label: ClassVar[str]
    key: ClassVar[str]
    mutable: ClassVar[bool] = False
    """True where source rows may change later, so that each row version is kept as a SourceRecord."""

    computed: ClassVar[Mapping[str, Computed]] = {}
    """Properties that follow from a field, by name: written with the field, and removed with it."""

    ordered: ClassVar[Mapping[str, Ordered]] = {}
    """Keys of orders of lists, by name: written with the field, though it may have no value."""

    ended_at: Instant | None = None
    """When its sources deleted it or ceased to export it; from then on it is history."""
    attributes: dict[str, Scalar] = Field(default_factory=dict)
    """Custom attributes declared in YAML; stored as properties with the prefix `x_`."""

    @property
    def node_id(self) -> str:
        """The value of the node's key."""
        return str(getattr(self, self.key))


class Fact(Frozen):
    """A relationship that states something about the world, on two clocks.

    `valid_from`/`valid_to`: true in the world. `known_from`/`known_to`: known to the source (its own stamp,
    else `valid_from`; never the load time). As of D means that both half-open intervals contain D.
    """

    type: ClassVar[str]
    ends: ClassVar[tuple[tuple[str, str], ...]]
    """Allowed (start label, end label) pairs."""
    anchor: ClassVar[Literal["start", "end"]] = "start"
    """The end with few relationships of this type, so that a MERGE looks there."""

    start_id: str
    end_id: str
    valid_from: Instant
    valid_to: Instant | None = None
    known_from: Instant | None = None
    known_to: Instant | None = None
    basis: Basis = "observed"
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)
    source: str
    source_key: str = ""
    method: str | None = None
    """The named method, for inferred facts."""
    evidence: tuple[str, ...] = Field(default=(), max_length=20)
    """The newest 20 typed ids, such as `Interaction:mail-17`."""
    evidence_count: int = Field(default=0, ge=0)
    visibility: Literal["company", "team", "owner"] = "company"
    owner_id: str | None = None
    from_record: str | None = None
    to_record: str | None = None
    loaded_at: Instant | None = None
    """When we wrote it, by the wall clock; set on what users state, which is dated at the company's now."""
    retracted_by: str | None = None
    reason: str | None = None
    dismissed_by: str | None = None
    """Who said that it is wrong, such as `user:eva`: it stays as its source has it and counts no more."""
    dismissed_at: Instant | None = None
    dismissed_why: str | None = None


class Part(Frozen):
    """A light relationship that belongs to an append-only record and takes time and origin from it.

    `anchor` names the end whose relationships of this type are few, so that a MERGE looks there.
    """

    type: ClassVar[str]
    ends: ClassVar[tuple[tuple[str, str], ...]]
    anchor: ClassVar[Literal["start", "end"]]
    part_key: ClassVar[str | None] = None
    """The property that tells parallel edges of one pair apart, if there can be several."""

    start_id: str
    end_id: str


def properties(value: BaseModel) -> dict[str, Any]:
    """The stored properties of a node: fields as they are, custom attributes with the prefix `x_`."""
    stored = value.model_dump(exclude={"attributes"}, exclude_none=True)
    attributes: dict[str, Scalar] = getattr(value, "attributes", {})
    return stored | {f"x_{name}": item for name, item in attributes.items()}
