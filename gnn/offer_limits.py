"""How alike the offers of a list, and how common a product among all lists, may be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OfferLimits:
    """Shares between 0 and 1; None: as the purchases show (`gnn.cross_sell.diversity`)."""

    family_share: float | None = None
    """Of the first n products of a list, at most this share is of one family, rounded up."""
    exposure: float | None = None
    """A product stands in at most this share of the lists."""
