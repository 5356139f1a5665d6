"""What the rows of a dataset become: node rules and link rules."""

from typing import Any, Literal

from pydantic import Field, model_validator

from graph.model import NODES
from graph.model.base import Basis
from graph.model.party import OTHERS
from ingest.mapping.value import Condition, Strict, Value, listed

Repeats = Literal["refuse", "first", "last", "versions"]
"""What several rows with one key mean. `refuse`: equal rows are duplicates, others a fault of the row.
`first`, `last`: the first or last filled value of each field counts (a line list repeats its header),
in the order of `known_from` where it is given, else of the file.
`versions`: the rows are successive states, ordered by `known_from`."""


class NodeRule(Strict):
    """Each row (or group of rows with one key) becomes one node.

    `kind: machine` beside `label: Item` is short for the field `kind` with this constant.
    """

    label: str
    key: Value
    fields: dict[str, Value] = Field(default_factory=dict)
    attributes: dict[str, Value] = Field(default_factory=dict)
    """Custom attributes; declared under the mapping's `attributes:` or text when not declared."""
    where: tuple[Condition, ...] = ()
    match: tuple[dict[str, Value], ...] = ()
    """Fields that join the row to an entity of another source, in order; never guessed."""
    unmatched: Literal["create", "review", "skip"] = "create"
    """What happens to a row that no entity matches."""
    repeats: Repeats | None = None
    valid_from: Value | None = None
    known_from: Value | None = None
    """The source's own stamp of the row, such as its last change."""

    @model_validator(mode="before")
    @classmethod
    def _one_match(cls, data: Any) -> Any:
        return _with_others(_of_kind(listed(data, "match", "where")))


def _of_kind(data: Any) -> Any:
    """A rule with its `kind:` among the fields."""
    if not isinstance(data, dict) or not isinstance(data.get("kind"), str):
        return data
    fields = data.get("fields") or {}
    if not isinstance(fields, dict) or "kind" in fields:
        return data
    rest = {name: value for name, value in data.items() if name != "kind"}
    return {**rest, "fields": {**fields, "kind": {"constant": data["kind"]}}}


def _with_others(data: Any) -> Any:
    """A rule that also keeps what the cells of mail addresses and telephone numbers hold behind the first."""
    if not isinstance(data, dict) or not isinstance(data.get("fields"), dict):
        return data
    fields, model = data["fields"], NODES.get(str(data.get("label")))
    others = {
        other: _same_cell(fields[name])
        for name, other in OTHERS.items()
        if name in fields and model is not None and other in model.model_fields
    }
    return {**data, "fields": others | fields}


def _same_cell(value: Any) -> Any:
    """The value as declared, but that it may be empty."""
    if isinstance(value, Value):
        value = value.model_dump(exclude_unset=True)
    if not isinstance(value, dict):
        return value
    return {name: item for name, item in value.items() if name not in ("required", "default", "type")}


class End(Strict):
    """One end of a link: the entity with this key, or with this value in a field.

    Short form: `{Customer: AccountId}`. With several labels the first that knows the value wins.
    """

    label: list[str] = Field(min_length=1)
    key: Value | None = None
    by: dict[str, Value] | None = Field(default=None, min_length=1, max_length=1)
    """A field and the value it must have, such as `{email: Sender}`; compared without case."""
    source: str | None = None
    """The source whose keys these are; the dataset's own when not given."""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, data: Any) -> Any:
        if isinstance(data, dict) and len(data) == 1 and next(iter(data)) not in cls.model_fields:
            label, key = next(iter(data.items()))
            data = {"label": [label], "key": key}
        return listed(data, "label")

    @model_validator(mode="after")
    def _has_one_way(self) -> "End":
        if (self.key is None) == (self.by is None):
            raise ValueError("an end needs either `key:` or `by:`")
        return self


class LinkRule(Strict):
    """Each row becomes one relationship: a fact with two clocks, or a part of a record."""

    type: str
    start: End | None = Field(default=None, alias="from")
    end: End | None = Field(default=None, alias="to")
    """An end that is not given is the node that the same row makes."""
    fields: dict[str, Value] = Field(default_factory=dict)
    where: tuple[Condition, ...] = ()
    valid_from: Value | None = None
    valid_to: Value | None = None
    known_from: Value | None = None
    basis: Basis = "observed"
    refused: bool = False
    """Of CONSENTS: the row says no, so that the consent ends as it begins."""
    optional: bool = False
    """An end that names nothing known is left out and counted, instead of refusing the row."""
    required: bool = False
    """An empty end refuses the row, instead of leaving the link out and counting it."""

    @model_validator(mode="before")
    @classmethod
    def _one_condition(cls, data: Any) -> Any:
        return listed(data, "where")
