"""Which amount of a paper is without tax and which with it: sums tell, else where the tax stands."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.proposal.columns.profile import Column, Profile
from ingest.proposal.columns.values import number_of, words_of
from ingest.proposal.words.header import readings
from ingest.proposal.words.lexicon import lexicon

LEAST_ROWS = 8
"""Rows with a tax from which sums say something."""
MOST_ROWS = 500
"""First rows whose sums are looked at."""
MOST_COLUMNS = 12
"""Columns of amounts among which sums are sought."""
SURE = 0.9
"""Share of rows whose sums must agree."""
CENT = 0.011
"""How far a sum may be off by rounding."""
RATES = 5
"""Different rates of tax that a file may hold."""
HIGHEST = 0.5
"""Highest rate of a tax on sales."""


@dataclass(frozen=True, slots=True)
class Taxed:
    """The columns of the amount without tax, of that with it and of the tax; None where no column is."""

    net: Column | None
    gross: Column | None
    tax: Column | None = None


def taxed(profile: Profile) -> Taxed:
    """The amounts of a table's papers that a tax tells apart."""
    amounts = [one for one in profile.columns if _is_amount(one)][:MOST_COLUMNS]
    return by_sums(profile, amounts) or _by_order(amounts) or Taxed(None, None)


def is_figure(column: Column) -> bool:
    """Whether values are numbers that differ, and no days."""
    return column.share("number") >= SURE and column.share("date") < SURE and column.distinct > 1


def _is_amount(column: Column) -> bool:
    return is_figure(column) and column.distinct > RATES


def by_sums(profile: Profile, amounts: Sequence[Column]) -> Taxed | None:
    """Net and gross where net and a third column sum to gross, and the third is net at a few rates."""
    if len(amounts) < 3:
        return None
    cells = {one.name: numbers(profile, one) for one in amounts}
    for net in amounts:
        for tax in amounts:
            if net is tax or not _is_share(cells[tax.name], cells[net.name]):
                continue
            for gross in amounts:
                columns = [cells[one.name] for one in (net, tax, gross)]
                if gross not in (net, tax) and _add_up(*columns):
                    return Taxed(net, gross, tax)
    return None


def numbers(profile: Profile, column: Column, rows: int | None = MOST_ROWS) -> list[float | None]:
    """The cells of the first rows as numbers, or of all; None where a cell is none."""
    cells = profile.data.column(column.name).slice(0, rows).to_pylist()
    return [None if cell is None else number_of(cell) for cell in cells]


def _is_share(tax: Sequence[float | None], net: Sequence[float | None]) -> bool:
    """Whether a column is another's part at a few rates, rounded to a hundredth."""
    shares = [part / whole for part, whole in zip(tax, net, strict=True) if part and whole]
    return len(shares) >= LEAST_ROWS and at_usual_rates(shares) >= SURE * len(shares)


def at_usual_rates(shares: Iterable[float]) -> int:
    """How many shares, rounded to a hundredth, are one of the few rates of a tax that are most frequent."""
    rates = Counter(round(share, 2) for share in shares)
    return sum(count for rate, count in rates.most_common(RATES) if 0 < rate <= HIGHEST)


def _add_up(net: Sequence[float | None], tax: Sequence[float | None], gross: Sequence[float | None]) -> bool:
    rows = list(_filled(net, tax, gross))
    right = sum(abs(one + part - whole) <= CENT for one, part, whole in rows)
    return len(rows) >= LEAST_ROWS and right >= SURE * len(rows)


def _filled(*columns: Sequence[float | None]) -> Iterator[tuple[float, float, float]]:
    for one, part, whole in zip(*columns, strict=True):
        if one is not None and part is not None and whole is not None:
            yield one, part, whole


def _by_order(amounts: Sequence[Column]) -> Taxed | None:
    """Net before the tax and gross behind it, as papers list them; a bare total may stand before, too."""
    at = next((place for place, one in enumerate(amounts) if is_tax(one)), None)
    if at is None:
        return None
    before, behind = amounts[:at], amounts[at + 1 :]
    told = [one for one in before if _told(one)]
    if not told and len(list(filter(_told, behind))) == 1:
        told = [one for one in before[-1:] if not readings(one.said)]
    bare = next((one for one in amounts if _is_bare(one)), None)
    gross = max(filter(_told, behind), key=_score, default=None) if told else None
    net = max(reversed(told), key=_score, default=None)
    return Taxed(net if net is not (gross or bare) else None, gross or bare)


def is_tax(column: Column | None) -> bool:
    """Whether a header says tax and no amount that is told with or without it."""
    if column is None or any(one.said == "field" and one.score >= SURE for one in readings(column.said)):
        return False
    words = lexicon().tokens(column.said)
    joined = "".join(words)
    return any(word in words if word.isascii() else word in joined for word in words_of("taxes"))


def _said(column: Column) -> dict[str, float]:
    found: dict[str, float] = {}
    for one in readings(column.said):
        if one.said == "field" and one.kind in ("Order", "Invoice", "Quote") and one.name is not None:
            found[one.name] = max(found.get(one.name, 0.0), one.score)
    return found


def _told(column: Column) -> bool:
    """Whether a header is a word for a paper's amount before that for anything else."""
    said = _said(column)
    best = max(said.values(), default=0.0)
    return _score(column) >= 0.7 and _score(column) >= best


def _score(column: Column) -> float:
    said = _said(column)
    return max(said.get("amount", 0.0), said.get("amount_with_tax", 0.0))


def _is_bare(column: Column) -> bool:
    """Whether a header leaves open whether the tax is in it: `Total`."""
    said = _said(column)
    return _told(column) and said.get("amount", 0.0) == said.get("amount_with_tax", 0.0)
