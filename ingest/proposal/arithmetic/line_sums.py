"""Which figures of lines are quantity, price and amount, and which a record's totals."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from ingest.proposal.arithmetic.sums import (
    CENT,
    LEAST_ROWS,
    MOST_COLUMNS,
    SURE,
    Taxed,
    at_usual_rates,
    is_figure,
    numbers,
)
from ingest.proposal.columns.overlap import depends
from ingest.proposal.columns.profile import Column, Profile
from ingest.proposal.words.header import readings

LEAST_RECORDS = 5
"""Records of several lines from which their sums say something."""
MOST_LINES = 200
"""First lines whose products are looked at."""
STEPS = (1, 10, 100, 1000, 10000)
"""Steps by which systems number the lines of a record."""
ROUNDED = 0.005
"""How far a price may be off that was divided and rounded: its product is off as many times."""
SAID = 0.75
"""Score from which a header says that a column is something else, such as a cost or a rate."""
ROLES = ("quantity", "list_price", "amount")
"""The fields that the columns of a product are, in the order of `Priced`."""
UNTAXED = Taxed(None, None)

Numbers = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Priced:
    """The columns of a line whose product holds in its rows."""

    quantity: Column
    price: Column
    amount: Column


@dataclass(frozen=True, slots=True)
class Totals:
    """The columns that repeat a record's total on each of its lines; None where no column does."""

    net: Column | None
    gross: Column | None


def priced(
    profile: Profile, goods: Column | None = None, key: Column | None = None, tax: Taxed = UNTAXED
) -> Priced | None:
    """Which columns are quantity, price and amount of lines; None where no two multiply to a third.

    Of several products that hold the one is taken whose headers say most, then that of the smaller amount:
    it is without tax and after discounts. `goods` names the product, of which a price is the same for all
    lines more likely than a quantity; `key` the record, whose totals are no line's amount. Where headers say
    firmly what is quantity, price or amount, a product of other columns is another one: cartons times
    pieces in each, a cost times its quantity. `tax` tells amounts apart: the one without tax is the line's,
    also where only the one with tax has its price.
    """
    figures = [one for one in profile.columns if is_figure(one)][:MOST_COLUMNS]
    cells = {one.name: numbers(profile, one)[:MOST_LINES] for one in figures}
    said = _firmly_said(profile, figures, key)
    for products in (_products(figures, cells), _discounted(figures, cells)):
        told = [_turned(one, profile, goods) for one in _of_net(list(products), tax)]
        told = [one for one in told if _agrees(one, said)]
        if told:
            break
    return max(told, key=lambda one: (_said(one), -_sum(cells[one.amount.name])), default=None)


def _of_net(products: Sequence[Priced], tax: Taxed) -> Sequence[Priced]:
    """The products of the amount without tax; where there are none those of the amount with it, as its."""
    if tax.net is None:
        return products
    own = [one for one in products if one.amount not in (tax.tax, tax.gross)]
    if any(one.amount is tax.net for one in own):
        return own
    return [*own, *(replace(one, amount=tax.net) for one in products if one.amount is tax.gross)]


def is_told(found: Priced) -> bool:
    """Whether a header says that a product is one of money: its price or its amount."""
    return _says(found.price, "list_price") >= SAID or _says(found.amount, "amount") >= SAID


def _firmly_said(
    profile: Profile, figures: Sequence[Column], key: Column | None
) -> Mapping[str, Sequence[Column]]:
    """By role: the columns whose header says firmly that they have it; totals of a record aside."""
    lines = [one for one in figures if key is None or one is key or not depends(one, key, profile)]
    return {role: [one for one in lines if _says(one, role) >= SAID and _best(one) == role] for role in ROLES}


def _best(column: Column) -> str:
    """The role that a header says best: `Price` may be what a line costs, but is a price first."""
    return max(ROLES, key=lambda role: _says(column, role))


def _agrees(found: Priced, said: Mapping[str, Sequence[Column]]) -> bool:
    """Whether a product puts no column in a role that a header gives to another, nor to that column."""
    cast = dict(zip(ROLES, (found.quantity, found.price, found.amount), strict=True))
    if any(said[role] and column not in said[role] for role, column in cast.items()):
        return False
    return not any(
        column in said[other] and column not in said[role] and cast[other] not in said[other]
        for role, column in cast.items()
        for other in ROLES
    )


def totals(profile: Profile, key: Column, amount: Column) -> Totals:
    """Which columns repeat the sum of the lines' `amount`, without and with tax, in all rows of one `key`."""
    figures = [
        one
        for one in profile.columns
        if one not in (key, amount) and is_figure(one) and depends(one, key, profile)
    ]
    keys = profile.data.column(key.name).to_pylist()
    sums: dict[str, float] = defaultdict(float)
    lines = Counter(keys)
    for of, part in zip(keys, numbers(profile, amount, None), strict=True):
        if of is not None:
            sums[of] += part or 0.0
    several = {of for of, count in lines.items() if of is not None and count > 1}
    net = gross = None
    for one in figures:
        stated = dict(zip(keys, numbers(profile, one, None), strict=True))
        pairs = [(whole, sums[of]) for of in several if (whole := stated[of]) is not None]
        if len(pairs) < LEAST_RECORDS:
            continue
        if net is None and _mostly(abs(whole - total) <= CENT for whole, total in pairs):
            net = one
        elif gross is None and _taxed(pairs):
            gross = one
    return Totals(net, gross)


def grossed(profile: Profile, key: Column, amount: Column) -> Column | None:
    """The column that is a line's amount with a tax of a few rates on it; None where none is."""
    net = numbers(profile, amount)
    for one in profile.columns:
        if one in (key, amount) or not is_figure(one) or depends(one, key, profile) is not False:
            continue
        pairs = zip(numbers(profile, one), net, strict=True)
        shares = [whole / part - 1 for whole, part in pairs if whole and part]
        if len(shares) >= LEAST_ROWS and at_usual_rates(shares) >= SURE * len(shares):
            return one
    return None


def counted(profile: Profile, key: Column) -> Column | None:
    """The column that counts the rows of each `key`, by ones or by tens; None where none does."""
    keys = profile.data.column(key.name).to_pylist()
    several = {of for of, count in Counter(keys).items() if of is not None and count > 1}
    if len(several) < LEAST_RECORDS:
        return None
    for one in profile.columns:
        if one is not key and one.share("integer") >= SURE and _counts(profile, one, keys, several):
            return one
    return None


def _counts(profile: Profile, column: Column, keys: Sequence[str | None], several: set[str | None]) -> bool:
    lines: dict[str | None, list[str | None]] = defaultdict(list)
    for of, cell in zip(keys, profile.data.column(column.name).to_pylist(), strict=True):
        if of in several:
            lines[of].append(cell)
    return any(
        _mostly(cells == [str(step * n) for n in range(1, len(cells) + 1)] for cells in lines.values())
        for step in STEPS
    )


def _mostly(right: Iterator[bool]) -> bool:
    seen = list(right)
    return sum(seen) >= SURE * len(seen)


def _taxed(pairs: Sequence[tuple[float, float]]) -> bool:
    """Whether totals are sums with a tax of a few rates on them."""
    return at_usual_rates(whole / total - 1 for whole, total in pairs if total) >= SURE * len(pairs)


def _products(figures: Sequence[Column], cells: Mapping[str, Numbers]) -> Iterator[Priced]:
    for one, other in combinations(figures, 2):
        for amount in figures:
            if amount not in (one, other) and _multiply(*(cells[c.name] for c in (one, other, amount))):
                yield Priced(one, other, amount)


def _discounted(figures: Sequence[Column], cells: Mapping[str, Numbers]) -> Iterator[Priced]:
    """Products of which a further column takes off so many percent, or such a part."""
    for off in figures:
        percent = [value or 0.0 for value in cells[off.name]]
        if not all(0 <= value <= 100 for value in percent) or 0.0 not in percent:
            continue
        for base in (100.0, 1.0):
            kept = [1 - value / base for value in percent]
            rest = [one for one in figures if one is not off]
            for one, other in combinations(rest, 2):
                left = [
                    None if value is None else value * part
                    for value, part in zip(cells[other.name], kept, strict=True)
                ]
                for amount in rest:
                    if amount not in (one, other) and _multiply(cells[one.name], left, cells[amount.name]):
                        yield Priced(one, other, amount)


def _multiply(one: Numbers, other: Numbers, amount: Numbers) -> bool:
    """Whether two columns multiply to a third in rows in which neither is 0 or 1."""
    rows = wrong = 0
    for some, each, whole in zip(one, other, amount, strict=True):
        if some is None or each is None or whole is None or some in (0, 1) or each in (0, 1):
            continue
        rows += 1
        wrong += abs(some * each - whole) > CENT + ROUNDED * min(abs(some), abs(each))
        if wrong > (1 - SURE) * len(amount):
            return False
    return rows >= LEAST_ROWS and wrong <= (1 - SURE) * rows


def _turned(found: Priced, profile: Profile, goods: Column | None) -> Priced:
    """With the factor as quantity that its header, else its values, tell to be one."""
    turned = Priced(found.price, found.quantity, found.amount)
    return max((found, turned), key=lambda one: (_said(one), _whole(one), _fixed(one, profile, goods)))


def _whole(one: Priced) -> bool:
    """Whether quantities are whole where prices are not."""
    return one.quantity.share("integer") >= SURE > one.price.share("integer")


def _fixed(one: Priced, profile: Profile, goods: Column | None) -> tuple[bool, float]:
    """Whether a product has one price in all its lines; else the larger figure is the price."""
    same = goods is not None and depends(one.price, goods, profile) is True
    return same, one.price.mean_length


def _said(one: Priced) -> float:
    """How much of the headers speaks for it; one that says something else speaks against it."""
    parts = zip(ROLES, (one.quantity, one.price, one.amount), strict=True)
    return round(sum(_says(column, name) for name, column in parts), 1)


def _says(column: Column, name: str) -> float:
    found = readings(column.said)
    here = max((one.score for one in found if one.said == "field" and one.name == name), default=0.0)
    other = max((one.score for one in found if one.said == "attribute"), default=0.0)
    return here if here >= SAID or other < SAID else -other


def _sum(cells: Numbers) -> float:
    return sum(value or 0.0 for value in cells)
