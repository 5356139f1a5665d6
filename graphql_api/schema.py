"""Every question that can be asked, and every statement that can be made."""

from strawberry.tools import create_type

from graphql_api.config import Limits
from graphql_api.described import describe
from graphql_api.execution.schema import BoundedSchema
from graphql_api.features.account_changes import changes_since
from graphql_api.features.alert import alerts_page
from graphql_api.features.alert_decision import acknowledge_alert, complete_alert, mute_alert, reopen_alert
from graphql_api.features.assertion import assert_role, assert_stance, retract_role
from graphql_api.features.assignment import assignments_of
from graphql_api.features.consent import consents, set_consent_field
from graphql_api.features.contacts import contacts
from graphql_api.features.customer import account, customer
from graphql_api.features.customers import accounts, customers_page
from graphql_api.features.decision_chain import decision_chain
from graphql_api.features.derivation import derivations
from graphql_api.features.directory import models_field, segments_field, tags_field
from graphql_api.features.edge import resolve_conflict_field
from graphql_api.features.forecast import forecasts_of
from graphql_api.features.group import group_tree
from graphql_api.features.interaction import (
    complete_task_field,
    create_task_field,
    log_interaction_field,
    tasks_field,
)
from graphql_api.features.introduction import (
    decide_introduction_field,
    introduction_requests_field,
    introductions_to,
    request_introduction,
)
from graphql_api.features.journey import journey_of
from graphql_api.features.live import alerts_changed, chain_changed, scores_changed, work_progress
from graphql_api.features.meeting_brief import meeting_brief
from graphql_api.features.merge import decide_review_field, merge_field, unmerge_field
from graphql_api.features.my_day import my_day_field
from graphql_api.features.network import network
from graphql_api.features.offer import recommendation_feedback
from graphql_api.features.offers import offers_field
from graphql_api.features.opportunities import opportunities
from graphql_api.features.orders import orders
from graphql_api.features.owner import change_owner
from graphql_api.features.people_stated import (
    assert_relation_field,
    contact_left,
    contact_moved,
    retract_relation_field,
)
from graphql_api.features.provenance import provenance_field
from graphql_api.features.quality import quality_field
from graphql_api.features.rating import rate_answer_field
from graphql_api.features.record import node, record_of_day, timeline_page
from graphql_api.features.relationship import relationships_of, set_relationship_level
from graphql_api.features.review import review_page
from graphql_api.features.score import churn_risk, recommendations
from graphql_api.features.search import search_field
from graphql_api.features.suppression import suppressed_by
from graphql_api.features.tag import tag_field, untag_field
from graphql_api.features.tickets import tickets
from graphql_api.features.track_record import track_record_field
from graphql_api.features.viewer import viewer
from graphql_api.features.warm_path import warm_paths_to
from graphql_api.features.what_if import what_if
from graphql_api.tracing import Tracer

Query = create_type(
    "Query",
    [
        account,
        accounts,
        customer,
        customers_page,
        churn_risk,
        recommendations,
        offers_field,
        suppressed_by,
        track_record_field,
        network,
        viewer,
        decision_chain,
        warm_paths_to,
        search_field,
        node,
        record_of_day,
        provenance_field,
        derivations,
        timeline_page,
        alerts_page,
        tasks_field,
        my_day_field,
        changes_since,
        meeting_brief,
        introductions_to,
        introduction_requests_field,
        group_tree,
        what_if,
        journey_of,
        assignments_of,
        forecasts_of,
        relationships_of,
        opportunities,
        tickets,
        orders,
        contacts,
        consents,
        tags_field,
        segments_field,
        models_field,
        review_page,
        quality_field,
    ],
    description="Ids may be ours, retired ones, or `source:key`; moments are ISO 8601.",
)

Mutation = create_type(
    "Mutation",
    [
        assert_role,
        acknowledge_alert,
        complete_alert,
        mute_alert,
        reopen_alert,
        assert_stance,
        retract_role,
        assert_relation_field,
        retract_relation_field,
        contact_left,
        contact_moved,
        log_interaction_field,
        create_task_field,
        complete_task_field,
        recommendation_feedback,
        change_owner,
        merge_field,
        unmerge_field,
        decide_review_field,
        tag_field,
        untag_field,
        set_consent_field,
        rate_answer_field,
        request_introduction,
        decide_introduction_field,
        resolve_conflict_field,
        set_relationship_level,
    ],
    description="What users state; it counts at once.",
)


Subscription = create_type(
    "Subscription",
    [alerts_changed, scores_changed, chain_changed, work_progress],
    description="What happens, as it happens; over a WebSocket, in the protocol graphql-transport-ws.",
)


def _described() -> BoundedSchema:
    made = BoundedSchema(Query, Mutation, Subscription, limits=Limits())
    describe(made._schema)
    return made


schema = _described()
"""As it is exported; its types are made once in a process."""


def build_schema(
    limits: Limits,
    *,
    introspection: bool = True,
    registered: frozenset[str] | None = None,
    tracer: Tracer | None = None,
) -> BoundedSchema:
    """The schema as it is served within these limits; `registered`: the only documents that are answered."""
    return schema.within(limits, introspection=introspection, registered=registered, tracer=tracer)
