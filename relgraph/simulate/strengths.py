"""How strong each mechanism is; frozen in docs/decisions/0005-simulated-mechanisms.md before any training."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NeedStrengths:
    """Latent needs and how customers take up product families (rates per period)."""

    industry_share: float = 0.35
    link_share: float = 0.40
    """Shares of a need's variance that the industry and the linked companies explain; the rest is its own."""
    first_families: float = 3.0
    adoption_rate: float = 0.0035
    """Take-up of one family per period at need 0 without linked adopters."""
    adoption_need: float = 0.9
    adoption_links: float = 10.0
    """Added factor when all linked companies took the family up within `adoption_memory` periods."""
    adoption_memory: int = 12
    control_adoption: float = 2.5
    """Factor on the rate when links do not matter, so that about as many families are taken up."""
    family_need: float = 0.7
    """Weight of a family in use is exp(family_need · need) · age factor."""
    rollout_periods: int = 8
    rollout_boost: float = 3.0
    taste_width: float = 0.35
    """Spread of the products of a family that suit one customer, on a scale from -1 to 1."""


@dataclass(frozen=True, slots=True)
class ChurnStrengths:
    """The log-odds of disaffection D; the order rate is r · (1 - (1 - floor) · D)."""

    base: float = -3.6
    lost_champion: float = 2.4
    single_threaded: float = 2.0
    ticket_pain: float = 1.0
    falling_orders: float = 1.2
    linked: float = 6.0
    mood_sd: float = 0.5
    mood_memory: float = 0.85
    floor: float = 0.06
    lag: int = 3
    quiet_periods: int = 5
    rate_median: float = 8.0
    """Orders per year of a content customer, and the spread of its logarithm between customers."""
    rate_sigma: float = 0.35
    control_base: float = -2.2
    control_mood_sd: float = 2.2
    """Without relational effects, an own mood of about the same total spread stands in for the links."""


@dataclass(frozen=True, slots=True)
class PeopleStrengths:
    """Chances per period that a champion leaves or is found, and that a customer narrows to one contact."""

    champion_leaves: float = 0.022
    champion_found: float = 0.11
    narrows: float = 0.03
    widens: float = 0.12
    pain_strikes: float = 0.06
    pain_memory: float = 0.75


NEEDS = NeedStrengths()
CHURN = ChurnStrengths()
PEOPLE = PeopleStrengths()
