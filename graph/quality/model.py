"""What is measured of the data, and what others tell of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple, get_args

Aspect = Literal["completeness", "validity", "uniqueness", "freshness", "consistency"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
EVERY = ""
"""The source of measures of all sources together."""


class Share(NamedTuple):
    """How many of how many; `whole` is at least 1."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """0…1."""
        return self.part / self.whole


class Place(NamedTuple):
    """What is measured: a field of a label (or type of edge) in a source; without a field its records."""

    source: str
    label: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Measure:
    """The shares of one place; an aspect that cannot be told there is missing."""

    place: Place
    records: int
    """Records of the label that the source states today."""
    expected: bool
    """Whether the field is to be there: at least half of the records state it, or did before."""
    shares: Mapping[Aspect, Share]

    @property
    def worst(self) -> float:
        """The lowest of its shares, 0…1."""
        return min((share.value for share in self.shares.values()), default=1.0)

    def stored(self) -> dict[str, Any]:
        """As it is kept: see `of_stored`."""
        shares = {aspect: list(share) for aspect, share in self.shares.items()}
        return {**self.place._asdict(), "records": self.records, "expected": self.expected, "shares": shares}


def of_stored(kept: Mapping[str, Any]) -> Measure:
    """The measure that was kept so."""
    shares = {aspect: Share(*kept["shares"][aspect]) for aspect in ASPECTS if aspect in kept["shares"]}
    place = Place(kept["source"], kept["label"], kept["field"])
    return Measure(place, kept["records"], kept["expected"], shares)


@dataclass(frozen=True, slots=True)
class Measurement:
    """All measures of one day. at: the company's now; measured_at: by the wall clock."""

    measurement_id: str
    at: datetime
    measured_at: datetime
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A measure beside the one of the same place before, if there was one."""

    measure: Measure
    before: Measure | None

    @property
    def change(self) -> tuple[Aspect, float] | None:
        """The aspect that has moved most, and by how much (−1…1); None where none has."""
        moves = dict(self._moves())
        return max(moves.items(), key=lambda move: abs(move[1])) if moves else None

    def _moves(self) -> Iterator[tuple[Aspect, float]]:
        earlier = self.before.shares if self.before else {}
        for aspect, share in self.measure.shares.items():
            if aspect in earlier and share.value != earlier[aspect].value:
                yield aspect, share.value - earlier[aspect].value


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a field comes from: the file and the columns of a dataset."""

    dataset: str
    file: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What loads tell: rows refused by place (they wait for a repair), and where fields come from."""

    refused: Mapping[Place, int] = field(default_factory=dict)
    origins: Mapping[Place, Origin] = field(default_factory=dict)


NOTHING_TOLD = Told()
