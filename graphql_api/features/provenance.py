"""Where the values of a record come from: who states each, since when, what says otherwise."""

from datetime import datetime
from typing import Self

import strawberry

from graph.gap import Filled
from graph.item import FieldOf
from graph.record import model as domain
from graph.record.provenance import StatedValue, provenance
from graphql_api.access.mask import Mask
from graphql_api.context import Info, moment
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.enums import Basis
from graphql_api.features.field import resolved
from graphql_api.features.profile import told_gaps
from graphql_api.features.record import RecordValue, as_told, check_kind


@strawberry.type(
    description="What a source row says of a value, as it stood on the day; `agrees`: the value is that, or "
    "holds it."
)
class ValueStatement:
    """`value` is masked as the record's own is."""

    source: str
    dataset: str
    source_key: strawberry.ID
    since: datetime
    agrees: bool
    value: RecordValue


@strawberry.type(
    description="A value of a record and who says so: `statements` of source rows, those that agree first, "
    "the newest first of each. None where it came with the record, or where it is inferred from others: then "
    "`rules` name how, and `confidence` is how often they are right where the value is stated."
)
class ValueProvenance:
    """A stated value is OBSERVED; `conflicting`: a source row says otherwise."""

    value: RecordValue
    basis: Basis
    confidence: float
    conflicting: bool
    statements: list[ValueStatement] = strawberry.field(metadata=costs(many=3))
    rules: list[str]

    @classmethod
    def stated(cls, found: StatedValue, field: FieldOf | None, mask: Mask | None) -> Self:
        """From the domain's value."""

        def shown(value: domain.Value) -> RecordValue:
            return RecordValue.of(found.name, mask(value) if mask else value).declared(field)

        return cls(
            value=shown(found.value),
            basis=Basis.OBSERVED,
            confidence=1.0,
            conflicting=not all(one.agrees for one in found.statements),
            statements=[shaped(ValueStatement, one, value=shown(one.value)) for one in found.statements],
            rules=[],
        )

    @classmethod
    def inferred(cls, found: Filled) -> Self:
        """From the domain's value."""
        return cls(
            value=RecordValue.of(found.field, found.value),
            basis=Basis.INFERRED,
            confidence=found.confidence,
            conflicting=False,
            statements=[],
            rules=list(found.sources),
        )


@resolved(weight=15, many=20, name="provenance")
async def provenance_field(
    info: Info, of: strawberry.ID, fields: list[str] | None = None, as_of: datetime | None = None
) -> list[ValueProvenance] | None:
    """Where the values of a record come from, all or those of these names; `of` is an id of `node`."""
    context = info.context
    check_kind(context, of)
    found = await provenance(
        context.store,
        typed_id=of,
        now=await context.now(),
        as_of=moment(as_of),
        viewer=context.viewer,
    )
    masks = context.grant.values.get(found.record.kind, {})
    declared = found.record.fields
    told_of = dict(as_told(found.record, context.grant).values)
    values = [
        ValueProvenance.stated(one, declared.get(one.name), masks.get(one.name))
        for one in found.stated
        if one.name in told_of
    ]
    values += [ValueProvenance.inferred(one) for one in told_gaps(found.inferred, context.grant)]
    return [one for one in values if fields is None or one.value.name in fields]
