"""The graph model: one frozen class per node label and relationship type, and the registries over them."""

from graph.model.activity import CHANNELS, Interaction, Introduction, Task, Ticket
from graph.model.base import PII, Basis, Fact, Instant, Node, Part, PersonalData, Scalar, properties
from graph.model.deal import Contract, Lead, Opportunity, Order, Quote
from graph.model.derived import Alert, Model, Profile, Recommendation, RiskScore, Segment, Tag
from graph.model.facts import (
    ConflictsWith,
    Consents,
    Departed,
    HasRole,
    Influences,
    InSegment,
    Knows,
    MayBeSameAs,
    Offered,
    Owns,
    ParentOf,
    PartnerOf,
    Referred,
    ReportsTo,
    Role,
    Seniority,
    Tagged,
    WorksAt,
)
from graph.model.identity import Merge, Verdict
from graph.model.offer import Campaign, Product
from graph.model.origin import Alias, Change, InboxEvent, Purpose, Run, SourceRecord
from graph.model.parts import (
    About,
    AliasOf,
    Bought,
    BoughtWith,
    Contains,
    For,
    ParticipatedIn,
    Placed,
    RaisedBy,
    RecordOf,
    Scored,
)
from graph.model.party import Contact, Customer, Employee
from graph.model.receivable import Invoice, Payment

NODES: dict[str, type[Node]] = {
    node.label: node
    for node in (
        Customer,
        Contact,
        Employee,
        Product,
        Campaign,
        Lead,
        Opportunity,
        Quote,
        Order,
        Contract,
        Invoice,
        Payment,
        Ticket,
        Task,
        Interaction,
        Introduction,
        Tag,
        Segment,
        Profile,
        Alert,
        Model,
        Recommendation,
        RiskScore,
        SourceRecord,
        Alias,
        Merge,
        Verdict,
        Purpose,
        Change,
        InboxEvent,
        Run,
    )
}
"""Node class per label."""

FACTS: dict[str, type[Fact]] = {
    fact.type: fact
    for fact in (
        WorksAt,
        Departed,
        ReportsTo,
        Influences,
        ConflictsWith,
        Referred,
        HasRole,
        ParentOf,
        PartnerOf,
        Owns,
        Offered,
        Consents,
        Knows,
        Tagged,
        InSegment,
        MayBeSameAs,
    )
}
"""Fact class per relationship type."""

PARTS: dict[str, type[Part]] = {
    part.type: part
    for part in (
        Placed,
        Contains,
        Bought,
        BoughtWith,
        For,
        RaisedBy,
        About,
        ParticipatedIn,
        Scored,
        RecordOf,
        AliasOf,
    )
}
"""Part class per relationship type."""

__all__ = [
    "CHANNELS",
    "FACTS",
    "NODES",
    "PARTS",
    "PII",
    "About",
    "Alert",
    "Alias",
    "AliasOf",
    "Basis",
    "Bought",
    "BoughtWith",
    "Campaign",
    "Change",
    "ConflictsWith",
    "Consents",
    "Contact",
    "Contains",
    "Contract",
    "Customer",
    "Departed",
    "Employee",
    "Fact",
    "For",
    "HasRole",
    "InSegment",
    "InboxEvent",
    "Influences",
    "Instant",
    "Interaction",
    "Introduction",
    "Invoice",
    "Knows",
    "Lead",
    "MayBeSameAs",
    "Merge",
    "Model",
    "Node",
    "Offered",
    "Opportunity",
    "Order",
    "Owns",
    "ParentOf",
    "Part",
    "ParticipatedIn",
    "PartnerOf",
    "Payment",
    "PersonalData",
    "Placed",
    "Product",
    "Profile",
    "Purpose",
    "Quote",
    "RaisedBy",
    "Recommendation",
    "RecordOf",
    "Referred",
    "ReportsTo",
    "RiskScore",
    "Role",
    "Run",
    "Scalar",
    "Scored",
    "Segment",
    "Seniority",
    "SourceRecord",
    "Tag",
    "Tagged",
    "Task",
    "Ticket",
    "Verdict",
    "WorksAt",
    "properties",
]
