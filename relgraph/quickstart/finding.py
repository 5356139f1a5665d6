"""What a page of findings is made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence, and the typed ids of the records that it speaks of."""

    kind: str
    says: str
    evidence: tuple[str, ...] = ()
