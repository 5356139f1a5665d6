"""Where what the graph says is sent back to, and which of it: `push:` of a mapping."""

import re
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from graph.model import NODES
from ingest.mapping.value import Strict

OURS: dict[str, tuple[str, ...]] = {
    "Customer": ("churn.probability", "churn.percentile", "churn.band", "tags", "merged_into", "level"),
    "Contact": ("merged_into", "role", "left_at"),
}
"""What the graph concludes or people stated, beside `field.NAME` (the record's own) and `tags.DIMENSION`."""
_OWN, _TAGS = re.compile(r"field\.(\w+)"), re.compile(r"tags\.(.+)")


class Sent(Strict):
    """A field of the source, what is sent into it, and whose value counts where the source has changed it."""

    value: str
    """`field.NAME`, `tags.DIMENSION`, or a word of OURS."""
    wins: Literal["source", "graph"] | None = None
    """Of a field that changed in the source since it was loaded or sent: by default the source's value stays
    for `field.NAME`, and the graph's counts for what is the graph's own."""

    @property
    def source_wins(self) -> bool:
        """Whether a value that somebody changed in the source stays."""
        return self.wins == "source" or (self.wins is None and self.value.startswith("field."))


class Request(Strict):
    """A request about one record, as text with `${key}`, `${names}` and `${fields}` in it."""

    path: str
    method: Literal["GET", "POST", "PUT", "PATCH"] = "GET"
    params: dict[str, Any] = Field(default_factory=dict)
    body: Any = Field(default=None, alias="json")
    fields: str | None = None
    """Of an answer: where the record's fields lie, names with points between; else they are the answer."""


class Way(Strict):
    """How an API tells one record, and takes new values of its fields."""

    read: Request | None = None
    """Without it changes in the source are not seen."""
    write: Request


def _long(said: Any) -> Any:
    """A value alone, in its long form."""
    return {"value": said} if isinstance(said, str) else said


class Record(Strict):
    """One kind of record of the source, and its fields that the graph fills."""

    label: Literal["Customer", "Contact"]
    fields: dict[str, Sent] = Field(min_length=1)
    way: Way | None = None
    """Of a REST API that relgraph does not know."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("fields"), dict):
            given = data["fields"].items()
            return {**data, "fields": {name: _long(one) for name, one in given}}
        return data

    @model_validator(mode="after")
    def _known(self) -> Self:
        for name, sent in self.fields.items():
            own, tags = _OWN.fullmatch(sent.value), _TAGS.fullmatch(sent.value)
            known = own is not None and own[1] in NODES[self.label].model_fields
            if not known and not (tags and self.label == "Customer") and sent.value not in OURS[self.label]:
                words = ", ".join(("field.NAME", *OURS[self.label]))
                raise ValueError(f"`{name}`: there is no `{sent.value}` of a {self.label}; there are {words}")
        return self


class Push(Strict):
    """A system that what the graph says is sent to; `to` is what `pull: from:` is for reading."""

    connector: Literal["rest", "csv"]
    options: dict[str, Any] = Field(default_factory=dict, alias="to")
    records: dict[str, Record] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_a_place(self) -> Self:
        if self.connector == "csv" and not isinstance(self.options.get("folder"), str):
            raise ValueError("`to:` needs `folder:`, where the CSV files are written")
        return self
