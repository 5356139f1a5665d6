"""What a YAML file may say of linking in the graph; all of it may be left out."""

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Thresholds(BaseModel):
    """Probabilities: from `merge` on two records become one, from `review` on a person decides."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    merge: float = Field(default=0.99, gt=0, le=1)
    review: float = Field(default=0.5, gt=0, le=1)

    @model_validator(mode="after")
    def _ordered(self) -> "Thresholds":
        if self.review > self.merge:
            raise ValueError("`review` is above `merge`")
        return self


class LinkConfig(BaseModel):
    """Thresholds by kind of record, and the seed of sampling."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    customers: Thresholds = Thresholds()
    contacts: Thresholds = Thresholds(merge=0.999)
    seed: int = 7
