"""What each rule says of a field of a customer, whether the field is stated or not.

A rule that learns from other customers never reads what the customer itself states.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import phonenumbers

from graph.gap.known import CustomerSeen, Known
from graph.search.number import domains_of
from graph.search_key.fold import spaceless, words

FIELDS = ("domain", "country", "industry")
LEAST_SEEN = 3
"""Other customers from which a rule learns what goes with a city, a word or the end of a domain."""
Rule = Callable[[Known, str], str | None]
Readings = Mapping[str, str]
"""The value that each rule gives, by the rule's name; rules that say nothing are left out."""


def readings(known: Known, field: str) -> dict[str, Readings]:
    """By customer, what the rules of this field say. field: one of FIELDS."""
    rules = dict(_rules(known, field))
    found = {
        one: {name: value for name, rule in rules.items() if (value := rule(known, one)) is not None}
        for one in known.customers
    }
    return {one: said for one, said in found.items() if said}


def _rules(known: Known, field: str) -> Iterator[tuple[str, Rule]]:
    if field == "domain":
        owners = Counter(host for one in known.emails for host in set(_hosts(known, one)))
        yield "e-mail", partial(_mail_domain, owners)
    if field == "country":
        yield "phone", _phone_country
        yield "city", _learned(known, field, lambda one: [one.city.casefold()] if one.city else [])
        yield "domain", _learned(known, field, _last_label)
    if field == "industry":
        yield "group", _group_industry(known)
        yield "name", _learned(known, field, lambda one: sorted(pieces(one.name or "")))


def _hosts(known: Known, customer_id: str) -> Iterator[str]:
    for address in known.emails.get(customer_id, ()):
        yield from domains_of(address)[:1]


def _mail_domain(owners: Counter[str], known: Known, customer_id: str) -> str | None:
    """The domain of most addresses there, where no other customer's people write from it."""
    hosts = Counter(host for host in _hosts(known, customer_id) if owners[host] == 1)
    return hosts.most_common(1)[0][0] if hosts else None


def _phone_country(known: Known, customer_id: str) -> str | None:
    """Of a number with the country's code."""
    phone = known.customers[customer_id].phone or ""
    if not phone.strip().startswith(("+", "00")):
        return None
    try:
        number = phonenumbers.parse("+" + phone.strip().removeprefix("+").removeprefix("00"))
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.region_code_for_number(number) if phonenumbers.is_valid_number(number) else None


def _last_label(one: CustomerSeen) -> list[str]:
    return [one.domain.rpartition(".")[2].casefold()] if one.domain else []


def pieces(name: str) -> set[str]:
    """Words of a name; of Chinese ones all pieces of two to four characters."""
    found = set[str]()
    for word in words(name):
        if spaceless(word):
            found |= {word[at : at + size] for size in (2, 3, 4) for at in range(len(word) - size + 1)}
        else:
            found.add(word)
    return found


def _learned(known: Known, field: str, keys: Callable[[CustomerSeen], Iterable[str]]) -> Rule:
    """What most other customers of a key state; of several keys the one on which they agree most."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in known.customers.values():
        if (stated := getattr(one, field)) is not None:
            for key in keys(one):
                counts[key][stated] += 1

    def rule(_: Known, customer_id: str) -> str | None:
        one = known.customers[customer_id]
        told = [_agreed(counts[key], getattr(one, field)) for key in keys(one) if key in counts]
        best = max((said for said in told if said), default=None)
        return best[1] if best else None

    return rule


def _agreed(counted: Counter[str], own: str | None) -> tuple[float, str] | None:
    """How much the others agree, and on what; None where they are too few."""
    others = counted.copy()
    if own is not None:
        others[own] -= 1
    total = others.total()
    if total < LEAST_SEEN:
        return None
    value, count = max(others.items(), key=lambda item: (item[1], item[0]))
    return (count + 1) / (total + 2), value


def _group_industry(known: Known) -> Rule:
    """What parent, sisters and daughters state, where they agree."""
    members: dict[str, set[str]] = defaultdict(set)
    for child, parent in known.parents.items():
        members[parent] |= {child, parent}

    def rule(_: Known, customer_id: str) -> str | None:
        around = members.get(known.parents.get(customer_id, customer_id), set()) | members.get(
            customer_id, set()
        )
        said = {
            known.customers[one].industry
            for one in around - {customer_id}
            if one in known.customers and known.customers[one].industry is not None
        }
        return said.pop() if len(said) == 1 else None

    return rule
