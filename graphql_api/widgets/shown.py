"""The answers as JSON: short names, no field without a value."""

from collections.abc import Mapping, Sequence
from typing import Any

from graph.alert.model import AccountAlert
from graph.alert.playbook import Language
from graph.decision_chain.model import Cover, DecisionChain, Gap, Link, Member
from graph.offers.model import Offer
from graph.profile.model import TagView
from graph.profile.parts import Parts

Json = dict[str, Any]


def offers(found: Sequence[Offer], account: str | None, language: Language) -> Json:
    """`basis` says what the offers rest on; `none` where there is nothing to say."""
    return _told({
        "account": account,
        "basis": found[0].ground if found else "none",
        "items": [_offer(one, language) for one in found],
    })  # fmt: skip


def _offer(one: Offer, language: Language) -> Json:
    product, text = one.product, one.why.told(language) if one.why else None
    return _told({
        "servedId": one.served_id,
        "product": _told({
            "id": product.product_id, "name": product.name, "family": product.family,
            "price": product.list_price, "currency": product.currency, "url": product.url,
            "image": product.image,
        }),
        "reason": _told({
            "kind": one.ground, "text": text, "fallback": one.fallback,
            "customers": one.customers, "beside": one.beside,
        }),
    })  # fmt: skip


def account(parts: Parts, alerts: Sequence[AccountAlert] | None) -> Json:
    """Name, health, risk, tags and the first alerts; without the parts that were not read."""
    company, health, risk = parts["company"], parts.get("health"), parts.get("risk")
    tags = parts.get("tags")
    return _told({
        "account": {"id": company.customer_id, "name": company.name},
        "health": None if health is None else _told({"score": round(health.score), "trend": health.trend}),
        "risk": None if risk is None else {"band": risk.band, "probability": round(risk.probability, 3)},
        "tags": None if tags is None else [_tag(one) for one in tags],
        "alerts": None if alerts is None else [_alert(one) for one in alerts],
    })  # fmt: skip


def _tag(one: TagView) -> Json:
    return _told({"id": one.tag_id, "name": one.name, "nameZh": one.name_zh})


def _alert(one: AccountAlert) -> Json:
    return {
        "id": one.alert_id, "severity": one.severity, "title": one.title, "message": one.message,
        "since": one.since.date().isoformat(),
    }  # fmt: skip


def chain(found: DecisionChain, language: Language) -> Json:
    """Members without mail and phone, the best tie of each, links and gaps."""
    deal = _told({"name": found.opportunity_name, "stage": found.stage}) if found.opportunity_id else None
    return _told({
        "account": {"id": found.customer_id},
        "opportunity": deal,
        "members": [_member(one) for one in found.members],
        "links": [_link(one) for one in found.links],
        "gaps": [_gap(one, language) for one in found.gaps],
    })  # fmt: skip


def people_of(found: DecisionChain) -> set[str]:
    """Typed ids of those whom the answer names."""
    ties = (best for one in found.members if (best := _best(one)))
    return {f"Contact:{one.contact_id}" for one in found.members} | {
        f"Employee:{tie.employee_id}" for tie in ties
    }


def _best(one: Member) -> Cover | None:
    return max(one.covered_by, key=lambda cover: cover.strength, default=None)


def _member(one: Member) -> Json:
    best = _best(one)
    tie = None if best is None else _told({"name": best.name, "strength": round(best.strength, 2)})
    return _told({
        "id": one.contact_id, "name": one.name, "title": one.title, "role": one.role, "stance": one.stance,
        "influence": one.influence, "knownBy": tie, "left": one.departure is not None or None,
    })  # fmt: skip


def _link(one: Link) -> Json:
    return {"from": one.from_id, "to": one.to_id, "kind": one.kind, "basis": one.basis}


def _gap(one: Gap, language: Language) -> Json:
    text = one.text(language)
    return _told({"kind": one.kind, "severity": one.severity, "contact": one.contact_id, "message": text})


def _told(values: Mapping[str, Any]) -> Json:
    return {name: value for name, value in values.items() if value is not None}
