"""What a YAML file may say of linking in the graph; all of it may be left out."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ingest.resolve.settings_file import read_settings

FILE = "link.yml"
"""The file in the home that is read where no other is named."""
Ids = tuple[str, str]


class Thresholds(BaseModel):
    """What is merged, and what waits, of one kind of record.

    Probabilities: from `merge` on two records become one, from `review` on a person decides. Rules: pairs of
    ids that are one (`same`) or are not (`apart`), whatever the evidence says. certain: whether what a plain
    rule calls one is merged as well (`certain.py`); where nothing is said, unless `merge` is 1.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    merge: float = Field(default=0.99, gt=0, le=1)
    review: float = Field(default=0.5, gt=0, le=1)
    same: tuple[Ids, ...] = ()
    apart: tuple[Ids, ...] = ()
    certain: bool | None = None

    def merges(self, probability: float, *, certain: bool) -> bool:
        """Whether two records of that probability become one by themselves."""
        return probability >= self.merge or (certain and self.merges_certain)

    @property
    def merges_certain(self) -> bool:
        """Whether a plain rule is enough."""
        return self.merge < 1 if self.certain is None else self.certain

    @model_validator(mode="after")
    def _consistent(self) -> "Thresholds":
        if self.review > self.merge:
            raise ValueError("`review` is above `merge`")
        both = {frozenset(ids) for ids in self.same} & {frozenset(ids) for ids in self.apart}
        if both:
            raise ValueError(f"{sorted(min(both, key=sorted))} are both `same` and `apart`")
        if any(one == other for one, other in (*self.same, *self.apart)):
            raise ValueError("a rule names one record twice")
        return self


class LinkConfig(BaseModel):
    """Thresholds and rules by kind of record, and the seed of sampling."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    customers: Thresholds = Thresholds()
    contacts: Thresholds = Thresholds(merge=0.999)
    seed: int = 7


def link_config(named: Path | None, home: Path) -> LinkConfig:
    """The named file, else the one in the home, else the usual. Raises ResolveConfigInvalid."""
    own = home / FILE
    return read_settings(named or (own if own.is_file() else None), LinkConfig)
