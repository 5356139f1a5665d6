"""The report on segments as values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Count:
    """How often something was said of a product; product: its name, None where none is named."""

    what: str
    product: str | None
    count: int


@dataclass(frozen=True, slots=True)
class SegmentFigures:
    """A segment; segment_id None: all customers. Rates are None where nothing is there to be counted.

    conversion: share of its customers that have ordered. win_rate: of the deals closed within two years.
    repurchase: of the buyers whose first order lies a year back or more, the share that ordered again within
    a year of it; `repurchase_of`: how many these buyers are.
    """

    segment_id: str | None
    name: str
    customers: int
    buyers: int
    conversion: float | None
    deals: int
    win_rate: float | None
    repurchase_of: int
    repurchase: float | None
    ticket_themes: tuple[Count, ...]
    lost_reasons: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class ProfileGroup:
    """Deals of customers whose profile is complete to a share between two bounds."""

    least: float
    most: float
    deals: int
    won: int

    @property
    def win_rate(self) -> float:
        """The share of the deals that were won."""
        return self.won / self.deals


@dataclass(frozen=True, slots=True)
class Confounder:
    """A trait that fuller profiles have more (or less) of: its share among the deals of either group.

    difference: standardised, as Austin (2009) has it; 0.1 and above is told.
    """

    trait: str
    among_full: float
    among_sparse: float
    difference: float


@dataclass(frozen=True, slots=True)
class ProfileEffect:
    """Win rate by completeness of profile, of deals closed within two years.

    difference: win rate of the fullest third less that of the sparsest. adjusted: the same among deals that
    are alike in what is known to differ (Mantel and Haenszel); None where no two such deals can be compared.
    """

    groups: tuple[ProfileGroup, ...]
    difference: float | None
    adjusted: float | None
    confounders: tuple[Confounder, ...]


@dataclass(frozen=True, slots=True)
class SegmentReport:
    """All segments, the largest first, after the company as a whole."""

    as_of: datetime
    segments: tuple[SegmentFigures, ...]
    profiles: ProfileEffect
