"""A company to search in: customers, their people, products and deals, of a seed."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from bench.search import parts


@dataclass(slots=True)
class Subject:
    """A node to be found; `of` is the company that it belongs to."""

    label: str
    id: str
    props: dict[str, Any]
    of: "Subject | None" = None

    @property
    def name(self) -> str:
        return str(self.props["name"])


@dataclass(slots=True)
class Directory:
    """All subjects, by label."""

    customers: list[Subject] = field(default_factory=list)
    contacts: list[Subject] = field(default_factory=list)
    products: list[Subject] = field(default_factory=list)
    deals: list[Subject] = field(default_factory=list)


def directory(customers: int, seed: int) -> Directory:
    """`customers` companies, half of them Chinese, three people each, a deal for every second one."""
    draw, made = Random(seed), Directory()
    for number in range(customers):
        customer = _chinese(draw, number) if draw.random() < 0.5 else _european(draw, number)
        made.customers.append(customer)
        made.contacts += [_contact(draw, customer, place) for place in range(3)]
        if number % 2:
            deal = {"name": f"{_short(customer, draw)} {draw.choice(parts.DEALS)}", "amount": 1000.0}
            made.deals.append(Subject("Opportunity", f"crm:OPP-{number:06}", deal, customer))
    for number in range(max(customers // 20, 40)):
        name = f"{draw.choice(parts.PRODUCT_HEADS)} {draw.choice(parts.PRODUCT_TAILS)} {number + 100}"
        made.products.append(Subject("Product", f"erp:P-{number:05}", {"name": name}))
    return made


def _chinese(draw: Random, number: int) -> Subject:
    place = draw.choice(list(parts.PLACES_ZH))
    brand = "".join(draw.sample(parts.BRAND_ZH, draw.choice((2, 2, 2, 3))))
    trade, form = draw.choice(parts.TRADES_ZH), draw.choice(parts.FORMS_ZH)
    style = draw.random()
    name = f"{place}{brand}{trade}{form}"
    name = (
        f"{brand}{trade}{form}"
        if style < 0.2
        else f"{brand}（{place}）{trade}{form}"
        if style < 0.3
        else name
    )
    area = draw.choice(("021", "010", "0755", "0571", "028"))
    return Subject(
        "Customer", f"crm:ACC-{number:06}",
        {
            "name": name, "city": place, "region": parts.PLACES_ZH[place], "country": "CN",
            "tax_id": "91" + "".join(draw.choices("0123456789ABCDEFGHJKLMNPQRTUWXY", k=16)),
            "phone": f"{area}-{draw.randrange(20_000_000, 90_000_000)}",
            "website": f"https://www.{_letters(draw)}{number}.com.cn", "domains": [],
        },
    )  # fmt: skip


def _european(draw: Random, number: int) -> Subject:
    city, trade = draw.choice(list(parts.CITIES)), draw.choice(parts.TRADES)
    brand = draw.choice(parts.HEADS) + draw.choice(parts.TAILS)
    style = draw.random()
    if style < 0.2:
        brand = f"{draw.choice(parts.FAMILIES)} & {draw.choice(parts.FAMILIES)}"
    elif style < 0.35:
        brand = draw.choice(parts.FAMILIES)
    elif style < 0.5:
        brand = f"{brand} {draw.choice(parts.HEADS)}{draw.choice(parts.TAILS)}"
    return Subject(
        "Customer", f"crm:ACC-{number:06}",
        {
            "name": f"{brand} {trade} {draw.choice(parts.FORMS)}".strip(),
            "city": city, "country": parts.CITIES[city],
            "tax_id": f"{parts.CITIES[city]}{draw.randrange(100_000_000, 999_999_999)}",
            "phone": f"+{draw.choice((49, 33, 44, 1))} {draw.randrange(20, 999)} {_digits(draw)}",
            "website": "",
            "domains": [f"{_letters(draw)}{number}.{draw.choice(('com', 'de', 'co.uk', 'fr'))}"],
        },
    )  # fmt: skip


def _contact(draw: Random, customer: Subject, place: int) -> Subject:
    if customer.props["country"] == "CN":
        name = draw.choice(parts.SURNAMES_ZH) + "".join(draw.sample(parts.GIVEN_ZH, draw.choice((1, 2, 2))))
        mobile = f"1{draw.choice('3578')}{draw.randrange(10**8, 10**9)}"
    else:
        name = f"{draw.choice(parts.GIVEN)} {draw.choice(parts.FAMILIES)}"
        mobile = f"+49 17{draw.randrange(10**7, 10**8)}"
    key = f"{customer.id.replace('ACC', 'CON')}-{place}"
    mail = f"p{place}.{key[-8:].lower()}@mail{customer.id[-6:]}.example"
    return Subject("Contact", key, {"name": name, "mobile": mobile, "email": mail}, customer)


def _short(customer: Subject, draw: Random) -> str:
    name = customer.name
    return name[:4] if customer.props["country"] == "CN" else " ".join(name.split()[: draw.choice((1, 2))])


def _letters(draw: Random) -> str:
    return (draw.choice(parts.HEADS) + draw.choice(parts.TAILS)).lower()


def _digits(draw: Random) -> int:
    return draw.randrange(1_000_000, 9_999_999)
