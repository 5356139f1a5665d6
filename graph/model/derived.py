"""What the system itself concludes: tags, segments, profiles, alerts, models, scores, recommendations."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from graph.model.base import Instant, Node, Ordered
from graph.order_key import by_risk, by_silence, by_value


class Tag(Node):
    """A label on a customer or person, in a dimension."""

    label: ClassVar[str] = "Tag"
    key: ClassVar[str] = "tag_id"

    tag_id: str
    name: str
    name_zh: str | None = None
    dimension: str
    description: str | None = None
    description_zh: str | None = None
    rule: str | None = None
    """The condition that sets it, as JSON (see `graph.customer_filter`); None: people or sources set it."""
    rule_version: int | None = None
    """Grows with every change of the rule."""
    valid_days: int | None = None
    """For how many days it holds when somebody sets it by hand; None: until it is taken off."""
    starts_at: Instant | None = None
    ends_at: Instant | None = None
    """From when until when its rule holds; None: without that bound."""
    weight: float | None = None
    """How much it matters beside others, 0…10; None: 1."""


class Segment(Node):
    """A named group of customers with the rule that defines it."""

    label: ClassVar[str] = "Segment"
    key: ClassVar[str] = "segment_id"

    segment_id: str
    name: str
    name_zh: str | None = None
    description: str | None = None
    description_zh: str | None = None
    rule: str | None = None
    """The condition that its members answer to, as JSON; of segments that were found, how they were."""
    rule_version: int | None = None
    method: str | None = None
    """`rule`, or the method that found it, such as `kmeans-1`."""
    size: int | None = None
    """Members when the method found it."""
    silhouette: float | None = None
    """Mean silhouette of its members, −1…1: how far it stands apart."""
    stability: float | None = None
    """How much of it is found again in other samples of the customers: a Jaccard index, 0…1."""


class Profile(Node):
    """The figures of a customer, as the last derive left them; written anew where one has changed."""

    label: ClassVar[str] = "Profile"
    key: ClassVar[str] = "customer_id"
    ordered: ClassVar[Mapping[str, Ordered]] = {
        "silence_order": ("last_contact_at", by_silence),
        "value_order": ("value_amounts", by_value),
    }

    customer_id: str
    lifecycle: str | None = None
    """`potential`, `active`, `dormant` or `lost`."""
    last_contact_at: Instant | None = None
    contacts: int = 0
    channel: str | None = None
    """What the people there use most to write to us or call."""
    hour: int | None = None
    """The hour of the day (UTC) when they mostly do."""
    first_order_at: Instant | None = None
    last_order_at: Instant | None = None
    orders_365: int = 0
    value_currencies: tuple[str, ...] = ()
    value_amounts: tuple[float, ...] = ()
    """Net value of the orders of a year, in the currencies beside."""
    value_change: float | None = None
    """Percent, against the year before, in `value_currency`."""
    value_currency: str | None = None
    weighted_value: float | None = None
    """At `last_order_at`, in `value_currency`; it halves in 365 days."""
    families_365: tuple[str, ...] = ()
    rhythm_days: float | None = None
    due_on: Instant | None = None
    recency: int | None = None
    frequency: int | None = None
    monetary: int | None = None
    open_deals: int = 0
    won_deals: int = 0
    lost_deals: int = 0
    open_tickets: int = 0
    tickets_90: int = 0
    overdue_invoices: int = 0
    renewal_at: Instant | None = None
    inferred: str | None = None
    """Values that nobody states and that others tell, as JSON: a list of `graph.gap.Filled`."""
    # What each of the others is: `graph/customer_filter/figure.py`, by their columns.
    orders_total: int = 0
    orders_90: int = 0
    orders_before_90: int = 0
    orders_before_365: int = 0
    months_365: int = 0
    rhythm_spread: float | None = None
    season_ahead: float | None = None
    order_size_change: float | None = None
    largest_share: float | None = None
    family_share: float | None = None
    products_365: int = 0
    families_dropped: tuple[str, ...] = ()
    families_new: tuple[str, ...] = ()
    returns_365: int = 0
    return_share: float | None = None
    discount: float | None = None
    late_share: float | None = None
    overdue_deliveries: int = 0
    deal_opened_at: Instant | None = None
    deal_expected_at: Instant | None = None
    deals_past_close: int = 0
    deal_stages: tuple[str, ...] = ()
    deal_families: tuple[str, ...] = ()
    won_at: Instant | None = None
    lost_at: Instant | None = None
    lost_reasons: tuple[str, ...] = ()
    win_rate: float | None = None
    open_leads: int = 0
    lead_channels: tuple[str, ...] = ()
    quoted_at: Instant | None = None
    quotes_waiting: int = 0
    quotes_lapsed: int = 0
    tickets_365: int = 0
    tickets_before_90: int = 0
    ticket_categories: tuple[str, ...] = ()
    ticket_kinds: tuple[str, ...] = ()
    ticket_priorities: tuple[str, ...] = ()
    ticket_families: tuple[str, ...] = ()
    breached_365: int = 0
    satisfaction: float | None = None
    resolution_days: float | None = None
    ticket_at: Instant | None = None
    ticket_open_since: Instant | None = None
    payment_delay: float | None = None
    payment_delay_change: float | None = None
    open_invoices: int = 0
    overdue_since: Instant | None = None
    next_due_at: Instant | None = None
    credit_notes_365: int = 0
    contracts: int = 0
    contract_since: Instant | None = None
    contract_ended_at: Instant | None = None
    renewal_kinds: tuple[str, ...] = ()
    talks_90: int = 0
    talks_before_90: int = 0
    meetings_90: int = 0
    met_at: Instant | None = None
    inbound_at: Instant | None = None
    unanswered: int = 0
    web_30: int = 0
    page_types: tuple[str, ...] = ()
    campaigns_365: int = 0
    surveys_365: int = 0
    channels_365: tuple[str, ...] = ()
    people_met_365: int = 0
    staff_met_365: int = 0
    reply_share: float | None = None
    reply_hours: float | None = None
    departments: tuple[str, ...] = ()
    seniorities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    contacts_new_365: int = 0
    contacts_left_365: int = 0
    bounced_contacts: int = 0
    roles: tuple[str, ...] = ()
    worst_stance: int | None = None
    best_stance: int | None = None
    level: str | None = None
    level_wanted: str | None = None
    subsidiaries: int = 0
    parents: int = 0
    partners: int = 0
    referrals: int = 0
    referred_by: int = 0
    owner_since: Instant | None = None
    open_tasks: int = 0
    overdue_tasks: int = 0
    offers_accepted_365: int = 0
    offers_dismissed_365: int = 0


class AssignmentRule(Node):
    """A rule that says who looks after open records (see `graph.assignment`)."""

    label: ClassVar[str] = "AssignmentRule"
    key: ClassVar[str] = "rule_id"

    rule_id: str
    name: str
    name_zh: str
    rule: str
    """For which records of which customers, and to whom, as JSON."""
    rule_version: int
    position: int
    """Its place: of several that fit the first wins."""


class Alert(Node):
    """Something an account manager should look at, such as a gap in a decision chain."""

    label: ClassVar[str] = "Alert"
    key: ClassVar[str] = "alert_id"

    alert_id: str
    kind: str
    message: str
    severity: str = "warning"
    valid_from: Instant
    valid_to: Instant | None = None
    evidence: tuple[str, ...] = Field(default=(), max_length=20)
    method: str | None = None
    subject: str | None = None
    """Typed id of the record that it is about, where one customer can have several alerts of a kind."""
    figures: str | None = None
    """The numbers of its message, as JSON text, so that the message can be told in another language."""
    told_from: tuple[str, ...] = ()
    """Since when it said what (`graph.alert.wording`): moments in UTC, oldest first."""
    told_severity: tuple[str, ...] = ()
    """How grave it was from each of these moments on."""
    told_figures: tuple[str, ...] = ()
    """Its figures from each of these moments on."""
    told_evidence: tuple[str, ...] = ()
    """Its evidence from each of these moments on, each a JSON list."""
    state: Literal["open", "acknowledged", "done", "muted"] = "open"
    state_by: str | None = None
    """Who decided so, such as `user:eva`."""
    state_at: Instant | None = None
    state_reason: str | None = None


class QualityMeasurement(Node):
    """How complete, valid, unique, fresh and consistent the data were at one moment (`graph.quality`)."""

    label: ClassVar[str] = "QualityMeasurement"
    key: ClassVar[str] = "measurement_id"

    measurement_id: str
    at: Instant
    """The company's now."""
    measured_at: Instant
    """By the wall clock."""
    measures: str
    """A JSON list of `{source, label, field, records, expected, shares: {aspect: [part, whole]}}`."""


class Model(Node):
    """A trained model that serves a task; the artefact folder holds the rest."""

    label: ClassVar[str] = "Model"
    key: ClassVar[str] = "model_id"

    model_id: str
    task: str
    name: str
    cutoff: Instant
    horizon_days: int
    trained_at: Instant
    snapshot_hash: str
    code_version: str
    seed: int
    metrics: str
    """The evaluation report as JSON text."""
    promoted: bool = False
    pinned: bool = False
    """Whether a person chose it to serve: it is not replaced by a model that is trained by itself."""
    checked_at: Instant | None = None
    """When its answers were last worked out for everybody, by the wall clock: those that stand hold."""
    checked_as_of: Instant | None = None
    """As of which moment that was."""


class RiskScore(Node):
    """One score of one customer for one task, with its reasons."""

    label: ClassVar[str] = "RiskScore"
    key: ClassVar[str] = "score_id"
    ordered: ClassVar[Mapping[str, Ordered]] = {"risk_order": ("probability", by_risk)}

    score_id: str
    task: str
    model_id: str
    scored_at: Instant
    as_of: Instant
    horizon_days: int
    probability: float = Field(ge=0.0, le=1.0)
    percentile: float = Field(ge=0.0, le=1.0)
    band: str
    until: Instant | None = None
    """As of which moment another score took its place, or none did any more; missing: it stands."""
    strongest: str | None = None
    """Its strongest reason without the numbers: what must change for the score to be written anew."""
    reasons: str
    """A JSON list of `{text, feature, value, contribution, evidence: [typed ids]}`, strongest first."""


class Forecast(Node):
    """One number that a model expects of a customer, a deal or a lead (`FORECAST`); one stands per task."""

    label: ClassVar[str] = "Forecast"
    key: ClassVar[str] = "forecast_id"

    forecast_id: str
    task: str
    model_id: str
    scored_at: Instant
    as_of: Instant
    horizon_days: int
    unit: Literal["probability", "days", "amount"]
    """`days`: until the next order, at most the horizon; `amount`: in `currency`."""
    value: float
    low: float | None = None
    """Of four in five alike what came lay between `low` and `high`; missing for probabilities."""
    high: float | None = None
    currency: str | None = None
    """Of an amount: that of the customer's orders, or the reporting one where rates were loaded."""
    until: Instant | None = None
    """As of which moment another forecast took its place, or none did any more; missing: it stands."""
    strongest: str | None = None
    """Its strongest reason without the numbers: what must change for it to be written anew."""
    reasons: str | None = None
    """As of a risk score; `contribution` is in log-odds, of days in days, of amounts to the logarithm."""


class Recommendation(Node):
    """One product suggested to one customer (`FOR` customer, `ABOUT` product)."""

    label: ClassVar[str] = "Recommendation"
    key: ClassVar[str] = "recommendation_id"

    recommendation_id: str
    model_id: str
    rank: int = Field(ge=1)
    score: float
    probability: float = Field(ge=0.0, le=1.0)
    scored_at: Instant
    as_of: Instant
    fallback: str | None = None
    """Why a simpler method answered (`no_history`, `few_purchases`); null where the model did."""
    strongest: str | None = None
    """Its strongest reason without the numbers: what must change for it to be written anew."""
    reasons: str
    """A JSON list of `{text, contribution, path: [{kind, id, label}]}`, strongest first."""
