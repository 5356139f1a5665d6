"""Which record each id of an answer names: one rule per field of the schema."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_object_type,
)

from graph.record.read import KINDS
from tests.api.everything import SCHEMA

BY_NAME = {
    "customerId": "Customer", "contactId": "Contact", "employeeId": "Employee", "productId": "Product",
    "opportunityId": "Opportunity", "ticketId": "Ticket", "orderId": "Order", "itemId": "Item",
    "alertId": "Alert", "tagId": "Tag", "segmentId": "Segment", "modelId": "Model", "scoreId": "RiskScore",
    "recommendationId": "Recommendation",
}  # fmt: skip
"""The kind of record that a field of this name tells the bare id of, whatever its type."""
BY_PLACE = {
    "PresumedDeparture.movedTo": "Customer", "Link.from": "Contact", "Link.to": "Contact",
    "RequiredRole.holders": "Contact", "GroupCompany.parentId": "Customer", "Suppression.ticket": "Ticket",
    "Suppression.product": "Product", "IntroductionRequest.askedBy": "Employee",
    "LevelStatement.by": "Employee", "Situation.covered": "Contact", "Situation.deciders": "Contact",
    "Situation.knownBy": "Employee",
    "ListedTicket.raisedBy": "Contact",
}  # fmt: skip
BESIDE = {
    "Evidence.recordId": "kind", "Record.recordId": "kind", "RecordLink.recordId": "kind",
    "TimelineEvent.recordId": "kind", "ReasonNode.recordId": "kind", "PathPerson.personId": "kind",
    "SearchHit.nodeId": "label", "SearchHit.mayBe": "label", "Review.oneId": "kind",
    "Review.parentId": "kind", "Review.otherId": "kind",
}  # fmt: skip
"""Bare ids whose kind the object tells in this field."""
TYPED = frozenset({"NetworkNode.nodeId", "NetworkEdge.from", "NetworkEdge.to", "Assignment.record",
                   "Forecast.record"})  # fmt: skip
"""Ids `Kind:id`, as in every field `id`."""
NO_RECORD = {
    "DataAlert.alertId": "of all rows of a source",
    "EdgeStatement.factId": "of a fact, for `resolveConflict`",
    "Origin.recordId": "of a source row", "ValueStatement.sourceKey": "of a source row",
    "Offer.servedId": "a word for `recommendationFeedback`",
    "IntroductionRequest.introductionId": "for `decideIntroduction`",
    "Forecast.forecastId": "of one number, which stands beside it",
    "Assignment.ruleId": "of a rule in a file",
    "Written.changeId": "of the log", "WorkRun.runId": "of the log",
    "AlertsChange.gone": "of what is no more", "ScoresChange.gone": "of what is no more",
    "ReasonNode.id": "of a place on a path: its record stands beside it",
}  # fmt: skip
"""Ids that no record answers to, and what they are."""


def places() -> Iterator[str]:
    """Every field of the schema that tells an id."""
    for name, kind in SCHEMA.type_map.items():
        if is_object_type(kind) and not name.startswith("__"):
            for field, told in kind.fields.items():
                if get_named_type(told.type).name == "ID":
                    yield f"{name}.{field}"


def known(place: str) -> bool:
    """Whether a rule says what an id of this field names."""
    field = place.partition(".")[2]
    ruled = place in BY_PLACE.keys() | BESIDE.keys() | TYPED | NO_RECORD.keys()
    return ruled or field in BY_NAME or field == "id"


def named(kind: GraphQLOutputType, value: Any) -> Iterator[tuple[str, str]]:
    """The field and the typed id of every record that an answer names; `kind` is the answer's type."""
    bare = get_nullable_type(kind)
    if value is None:
        return
    if is_list_type(bare):
        for item in value:
            yield from named(bare.of_type, item)
    elif isinstance(bare, GraphQLObjectType):
        for name, item in value.items():
            if name == "__typename":
                continue
            field = bare.fields[name].type
            if get_named_type(field).name == "ID" and f"{bare.name}.{name}" not in NO_RECORD:
                ids = item if isinstance(item, list) else [item]
                place = f"{bare.name}.{name}"
                yield from ((place, _typed(place, value, one)) for one in ids if one is not None)
            yield from named(field, item)


def _typed(place: str, beside: dict[str, Any], told: str) -> str:
    field = place.partition(".")[2]
    if place in TYPED or field == "id":
        return told
    kind = BY_PLACE.get(place) or BY_NAME.get(field) or beside[BESIDE[place]]
    return f"{_label(kind)}:{told}"


def _label(kind: str) -> str:
    """The label, of an enumeration's value too: CUSTOMER is a Customer."""
    return next((label for label in KINDS if label.upper() == kind.upper().replace("_", "")), kind)
