"""A derived figure and where it comes from, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from graph.alert.playbook import Language
from graph.figure.rule import Reads, Rule
from graph.record.model import Value

By = Literal["rule", "model", "person"]
FigureName = Literal[
    "profile", "health", "churn_risk", "tag", "segment", "recommendation", "forecast",
    "tie", "role", "superior",
]  # fmt: skip
MOST = 50
"""Ties, roles and recommendations of one record that are told of."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The records that a figure rests on: those that `reads` find, or the typed ids of `named`."""

    reads: tuple[Reads, ...] = ()
    named: tuple[str, ...] = ()


class Input(NamedTuple):
    """A record that a figure rests on, with the moment that it counts by."""

    at: datetime
    kind: str
    record_id: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a customer or a person.

    kind and part name it (`profile`, `ordersOfYear`); about: the typed id of what it is of besides, such as
    the tag or the product. method and record: the rule or model, and its typed id where it is a record.
    run: typed id of the derive that left it.
    """

    of: str
    kind: FigureName
    value: Value | None
    by: By
    method: str
    as_of: datetime
    rule: Rule
    part: str | None = None
    about: str | None = None
    record: str | None = None
    version: str | None = None
    run: str | None = None
    parameters: tuple[tuple[str, Value], ...] = ()
    inputs: Inputs = Inputs()
    values: tuple[str, ...] | None = None
    """The entries of a figure that is a list, each as a text; `value` is None then."""
    filled: Mapping[str, object] = field(default_factory=dict)
    """What the rule's sentence names."""

    def text(self, language: Language) -> str:
        """How it was made, as a sentence."""
        told = {name: value(language) if callable(value) else value for name, value in self.filled.items()}
        return self.rule.text(language, **told)
