"""Closed sets of values; a test compares them with the domain's."""

from enum import Enum

import strawberry


@strawberry.enum(description="A person's part in a decision, after Miller and Heiman's buying influences.")
class DecisionRole(Enum):
    """Values of `graph.model.Role`."""

    DECISION_MAKER = "decision_maker"
    ECONOMIC_BUYER = "economic_buyer"
    TECHNICAL_BUYER = "technical_buyer"
    USER_BUYER = "user_buyer"
    INFLUENCER = "influencer"
    CHAMPION = "champion"
    BLOCKER = "blocker"
    GATEKEEPER = "gatekeeper"
    APPROVER = "approver"
    PROCUREMENT = "procurement"


@strawberry.enum(
    description="Where a fact comes from: a person said so, records show it, or a method concluded it."
)
class Basis(Enum):
    """Values of `graph.model.Basis`."""

    ASSERTED = "asserted"
    OBSERVED = "observed"
    INFERRED = "inferred"


@strawberry.enum(description="What can be merged.")
class MergeKind(Enum):
    """Values of `graph.merge.rows.MERGEABLE`."""

    CUSTOMER = "Customer"
    CONTACT = "Contact"


@strawberry.enum(description="What somebody decides about two records.")
class Judgement(Enum):
    """Values of `graph.merge.verdict.Judgement`."""

    SAME = "same"
    APART = "apart"


@strawberry.enum(description="What is missing in our coverage of a decision chain.")
class GapKind(Enum):
    """Values of `graph.decision_chain.model.GapKind`."""

    NO_DECISION_MAKER = "no_decision_maker"
    DECISION_MAKER_UNCOVERED = "decision_maker_uncovered"
    NO_CHAMPION = "no_champion"
    SINGLE_THREADED = "single_threaded"
    HOSTILE_UNCOVERED = "hostile_uncovered"
    STALE_CONTACT = "stale_contact"
    KEY_PERSON_LEFT = "key_person_left"


@strawberry.enum(description="What an alert is about: gaps in decision chains first, then accounts.")
class AlertKind(Enum):
    """Values of `graph.alert.playbook.kinds`."""

    NO_DECISION_MAKER = "no_decision_maker"
    DECISION_MAKER_UNCOVERED = "decision_maker_uncovered"
    HOSTILE_UNCOVERED = "hostile_uncovered"
    KEY_PERSON_LEFT = "key_person_left"
    NO_CHAMPION = "no_champion"
    SINGLE_THREADED = "single_threaded"
    STALE_CONTACT = "stale_contact"
    INVOICE_OVERDUE = "invoice_overdue"
    TICKETS_PILING_UP = "tickets_piling_up"
    TICKET_BREACHING = "ticket_breaching"
    ORDERS_FALLING = "orders_falling"
    DEAL_PAST_CLOSE = "deal_past_close"
    RENEWAL_WITH_WEAK_TIES = "renewal_with_weak_ties"


@strawberry.enum(description="How grave an alert is.")
class AlertSeverity(Enum):
    """Values of `graph.alert.model.Severity`."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


@strawberry.enum(description="What was decided about an alert; it lasts as long as the alert.")
class AlertState(Enum):
    """Values of `graph.alert.model.State`."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"
    MUTED = "muted"


@strawberry.enum(description="What is measured of the data.")
class QualityAspect(Enum):
    """Values of `graph.quality.model.Aspect`."""

    COMPLETENESS = "completeness"
    VALIDITY = "validity"
    UNIQUENESS = "uniqueness"
    FRESHNESS = "freshness"
    CONSISTENCY = "consistency"


@strawberry.enum(description="The language of generated texts: English or Chinese.")
class Locale(Enum):
    """Values of `graph.alert.playbook.Language`."""

    EN = "en"
    ZH = "zh"


@strawberry.enum(description="How high a churn score is among those that were given with it.")
class Band(Enum):
    """Values of `graph.score_view.model.Band`, spelled as answers spelled them when they were texts."""

    high = "high"
    medium = "medium"
    low = "low"


@strawberry.enum(description="Whether a role is stated for the opportunity or for the account as a whole.")
class RoleScope(Enum):
    """Values of `graph.decision_chain.model.Member.scope`."""

    OPPORTUNITY = "opportunity"
    CUSTOMER = "customer"


@strawberry.enum(description="Direction of the last half year.")
class Trend(Enum):
    """Values of `graph.profile.model.Health.trend`."""

    UP = "up"
    FLAT = "flat"
    DOWN = "down"
    UNKNOWN = "unknown"


@strawberry.enum(description="What of a customer answered to the text that was asked for.")
class MatchedBy(Enum):
    """Values of `graph.profile.model.Match.by`."""

    ID = "id"
    ALIAS = "alias"
    TAX_ID = "tax_id"
    NAME = "name"
    SHORT_NAME = "short_name"
    SPELLING = "spelling"
    PREFIX = "prefix"
    TEXT = "text"
    PART = "part"
    NUMBER = "number"
    MAIL = "mail"
    DOMAIN = "domain"
    PHONE = "phone"
    PINYIN = "pinyin"
    BRAND = "brand"
    INITIALS = "initials"
    SIMILAR = "similar"
    WORDS = "words"
