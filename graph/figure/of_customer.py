"""Figures of a customer: those of its profile, its health, its scores, tags, segments and suggestions."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import orjson

from graph.customer_filter.field import FIELDS
from graph.customer_profile.table import faded_by
from graph.figure.model import Figure, Inputs
from graph.figure.rule import PARAMETERS, Rule, rules
from graph.profile.model import Health, SegmentView, TagView
from graph.profile.read import Profile
from graph.record.model import Value
from graph.score_view.model import Risk, Suggestion


def of_parts(found: Profile, derived: datetime | None) -> Iterator[Figure]:
    """The figures of the parts that were read of a customer."""
    of, parts, moment = f"Customer:{found.customer_id}", found.parts, found.as_of
    if (values := parts.get("figures")) is not None and derived is not None:
        yield from _profile_figures(of, values, derived, moment)
    if "health" in parts:
        yield from _health(of, parts["health"], moment)
    if (risk := parts.get("risk")) is not None:
        yield _risk(of, risk)
    for tag in parts.get("tags", ()):
        yield _tag(of, tag, moment)
    for segment in parts.get("segments", ()):
        yield _segment(of, segment, moment)
    for suggestion in parts.get("suggestions", ()):
        yield _recommendation(of, suggestion)


def _profile_figures(
    of: str, values: Mapping[str, Any], derived: datetime, moment: datetime
) -> Iterator[Figure]:
    for name, rule in rules("profile").items():
        value = values[column_of(name, rule)]
        if name == "weightedValue" and value is not None:
            value = round(value * faded_by(moment - values["last_order_at"]), 2)
        entries = _amounts(values) if name == "valueOfYear" else value
        listed = isinstance(entries, list | tuple)
        yield Figure(
            of=of,
            kind="profile",
            part=name,
            value=None if listed else value,
            values=tuple(map(str, entries)) if listed else None,
            by="rule",
            method=rule.statement or name,
            version=rule.version,
            as_of=derived,
            run="Run:derive",
            parameters=_parameters(rule),
            inputs=Inputs(rule.reads),
            rule=rule,
        )


def column_of(name: str, rule: Rule) -> str:
    """The column of a profile that holds the figure which the API calls `name`."""
    return rule.column or "".join(f"_{one.lower()}" if one.isupper() else one for one in name)


def _amounts(values: Mapping[str, Any]) -> tuple[str, ...]:
    amounts = zip(values["value_currencies"] or (), values["value_amounts"] or (), strict=True)
    return tuple(f"{amount:.2f} {currency}" for currency, amount in amounts)


def _parameters(rule: Rule) -> tuple[tuple[str, Value], ...]:
    return tuple((name, PARAMETERS[name]) for name in rule.parameters)


def _health(of: str, found: Health, moment: datetime) -> Iterator[Figure]:
    """The score with the weights of its parts, and each part."""
    by_part = rules("health")
    parts = [(part, by_part[part.name]) for part in found.parts]
    version = str(found.weights_version)
    common: dict[str, Any] = {
        "of": of, "kind": "health", "by": "rule", "version": version, "as_of": moment,
    }  # fmt: skip
    yield Figure(
        value=found.score,
        method="health",
        parameters=tuple((f"weight_{part.name}", part.weight) for part, _ in parts),
        inputs=Inputs(tuple(dict.fromkeys(one for _, rule in parts for one in rule.reads))),
        rule=rules("others")["health"],
        filled={"weights": lambda language: found.weights if language == "en" else found.weights_zh},
        **common,
    )
    for part, rule in parts:
        yield Figure(
            part=part.name,
            value=part.value,
            method=f"health.{part.name}",
            parameters=(*_parameters(rule), ("weight", part.weight)),
            inputs=Inputs(rule.reads),
            rule=rule,
            **common,
        )


def _risk(of: str, risk: Risk) -> Figure:
    named = (f"{one.kind}:{one.id}" for reason in risk.reasons for one in reason.evidence)
    return Figure(
        of=of,
        kind="churn_risk",
        value=risk.probability,
        about=f"RiskScore:{risk.score_id}",
        by="model",
        method=risk.task,
        record=f"Model:{risk.model_id}",
        version=risk.model_id,
        as_of=risk.as_of,
        parameters=(
            ("horizon_days", risk.horizon_days), ("percentile", risk.percentile),
            ("scored_at", risk.scored_at),
        ),
        inputs=Inputs(named=tuple(dict.fromkeys(named))),
        rule=rules("others")["churn_risk"],
        filled={"horizon_days": risk.horizon_days},
    )  # fmt: skip


def _recommendation(of: str, found: Suggestion) -> Figure:
    named = (f"{node.kind}:{node.id}" for reason in found.reasons for node in reason.path)
    return Figure(
        of=of,
        kind="recommendation",
        value=found.probability,
        about=f"Product:{found.product_id}",
        by="model",
        method=found.fallback or "cross-sell",
        record=None if found.model_id is None else f"Model:{found.model_id}",
        version=found.model_id,
        as_of=found.as_of,
        parameters=(("rank", found.rank), ("score", found.score), ("scored_at", found.scored_at)),
        inputs=Inputs(named=tuple(dict.fromkeys(named))),
        rule=rules("others")["recommendation"],
    )


def _tag(of: str, tag: TagView, moment: datetime) -> Figure:
    given = tag.rule_version is None
    return Figure(
        of=of,
        kind="tag",
        value=tag.name,
        about=f"Tag:{tag.tag_id}",
        by="person" if given else "rule",
        method=tag.tag_id,
        record=f"Tag:{tag.tag_id}",
        version=None if given else str(tag.rule_version),
        as_of=min(tag.since, moment),
        parameters=_of_rule(tag.figures),
        inputs=_of_fields(tag.figures),
        rule=rules("others")["tag_given" if given else "tag"],
        filled={"version": tag.rule_version},
    )


def _segment(of: str, segment: SegmentView, moment: datetime) -> Figure:
    found = segment.rule_version is None
    return Figure(
        of=of,
        kind="segment",
        value=segment.name,
        about=f"Segment:{segment.segment_id}",
        by="rule",
        method=segment.method or "rule",
        record=f"Segment:{segment.segment_id}",
        version=None if found else str(segment.rule_version),
        as_of=min(segment.since, moment),
        parameters=_of_rule(segment.figures),
        inputs=_of_fields(segment.figures),
        rule=rules("others")["segment_found" if found else "segment"],
        filled={"version": segment.rule_version, "method": segment.method},
    )


def _of_rule(figures: str | None) -> tuple[tuple[str, Value], ...]:
    """The values that fulfilled a rule, by the fields that it asks about."""
    held = orjson.loads(figures) if figures else {}
    return tuple(
        (name, value if isinstance(value, str | int | float | bool) else orjson.dumps(value).decode())
        for name, value in held.items()
        if value is not None
    )


def _of_fields(figures: str | None) -> Inputs:
    """What the figures of the profile rest on that a rule asks about."""
    named = orjson.loads(figures) if figures else {}
    columns = {FIELDS[name].column for name in named if name in FIELDS}
    made = (rule for name, rule in rules("profile").items() if column_of(name, rule) in columns)
    return Inputs(tuple(dict.fromkeys(one for rule in made for one in rule.reads)))
