"""How strong each mechanism is; frozen in docs/decisions/0005-simulated-mechanisms.md before any training."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NeedStrengths:
    """Latent needs and how customers take up product families (rates per period)."""

    industry_share: float = 0.3
    link_share: float = 0.5
    """Shares of a need's variance that the industry and the linked companies explain; the rest is its own."""
    first_families: float = 3.0
    adoption_rate: float = 0.0022
    """Take-up of one family per period at need 0 without linked adopters."""
    adoption_need: float = 0.8
    adoption_links: float = 50.0
    """Added factor when all linked companies took the family up within `adoption_memory` periods."""
    adoption_memory: int = 8
    control_adoption: float = 2.5
    """Factor on the rate when links do not matter, so that about as many families are taken up."""
    family_need: float = 0.7
    """Weight of a family in use is exp(family_need · need) · age factor."""
    rollout_periods: int = 8
    rollout_boost: float = 12.0
    taste_width: float = 0.3
    """Spread of the products of a family that suit one customer, on a scale from -1 to 1."""
    more_lines: float = 1.5
    """Lines of an order beyond the first, on average."""


@dataclass(frozen=True, slots=True)
class ChurnStrengths:
    """The log-odds of disaffection D; the order rate is r · (1 - (1 - floor) · D)."""

    base: float = -3.4
    lost_champion: float = 3.0
    single_threaded: float = 2.8
    ticket_pain: float = 0.8
    falling_orders: float = 0.4
    linked: float = 7.0
    mood_sd: float = 0.3
    mood_memory: float = 0.85
    floor: float = 0.08
    lag: int = 3
    quiet_periods: int = 5
    rate_median: float = 7.5
    """Orders per year of a content customer, and the spread of its logarithm between customers."""
    rate_sigma: float = 0.25
    control_base: float = -1.5
    control_mood_sd: float = 3.0
    """Without relational effects, an own mood of about the same total spread stands in for the links."""


@dataclass(frozen=True, slots=True)
class PeopleStrengths:
    """Chances per period that a champion leaves or is found, and that a customer narrows to one contact."""

    champion_leaves: float = 0.03
    champion_found: float = 0.14
    narrows: float = 0.03
    widens: float = 0.14
    pain_strikes: float = 0.06
    pain_memory: float = 0.75


NEEDS = NeedStrengths()
CHURN = ChurnStrengths()
PEOPLE = PeopleStrengths()
