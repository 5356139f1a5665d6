"""Which amounts of lines are without tax and which with it, and prices without tax beside amounts with it."""

from collections.abc import Iterator, Sequence
from itertools import permutations, product

from ingest.proposal.arithmetic.sums import (
    LEAST_ROWS,
    MOST_COLUMNS,
    SURE,
    Taxed,
    at_usual_rates,
    by_sums,
    is_figure,
    is_tax,
    numbers,
)
from ingest.proposal.columns.overlap import depends
from ingest.proposal.columns.profile import Column, Profile
from ingest.proposal.words.header import readings

SAID = 0.65
"""Score from which a header says an amount with its tax: `Amount incl. VAT`."""
Numbers = Sequence[float | None]


def line_taxed(profile: Profile, key: Column | None) -> Taxed:
    """The amounts of lines with and without tax: by a tax that adds up, else by headers and a few rates.

    A discount adds up as a tax does: a header must say that there is one. `key` names the record, whose
    totals are no line's.
    """
    figures = line_figures(profile, key)
    found = by_sums(profile, figures)
    if found is not None and (is_tax(found.tax) or says_gross(found.gross)):
        return found
    return next(_by_rates(profile, figures), Taxed(None, None))


def line_figures(profile: Profile, key: Column | None) -> list[Column]:
    """The first columns of figures that differ within a record."""
    figures = [one for one in profile.columns if is_figure(one)]
    lines = [one for one in figures if key is None or (one is not key and not depends(one, key, profile))]
    return lines[:MOST_COLUMNS]


def says_gross(column: Column | None) -> bool:
    """Whether a header says an amount with its tax, and that before anything else."""
    if column is None:
        return False
    found = [one for one in readings(column.said) if one.said == "field"]
    told = max((one.score for one in found if one.name == "amount_with_tax"), default=0.0)
    return told >= SAID and all(one.score <= told for one in found)


def taxed_price(profile: Profile, key: Column | None) -> tuple[Column, Column, Column] | None:
    """Quantity, price and amount with tax, where the first two multiply to the third but for a few rates."""
    figures = line_figures(profile, key)
    cells = {one.name: numbers(profile, one) for one in figures}
    for gross in filter(says_gross, figures):
        for quantity, price in permutations([one for one in figures if one is not gross], 2):
            net = [
                None if some is None or each is None else some * each
                for some, each in zip(cells[quantity.name], cells[price.name], strict=True)
            ]
            if _says(quantity, "quantity") and _says(price, "list_price") and _taxes(net, cells[gross.name]):
                return quantity, price, gross
    return None


def _says(column: Column, name: str) -> bool:
    """Whether a word for a field stands in a header, before that for any other but an amount's."""
    found = [one for one in readings(column.said) if one.said == "field"]
    told = max((one.score for one in found if one.name == name), default=0.0)
    return told > 0 and all(one.score <= told for one in found)


def _by_rates(profile: Profile, figures: Sequence[Column]) -> Iterator[Taxed]:
    """An amount by its header, and one with tax by its, that is the first with one of a few rates on it."""
    without = [one for one in figures if not says_gross(one) and _says(one, "amount")]
    for gross, net in product(filter(says_gross, figures), without):
        if _taxes(numbers(profile, net), numbers(profile, gross)):
            yield Taxed(net, gross)


def _taxes(net: Numbers, gross: Numbers) -> bool:
    """Whether amounts are others with one of a few rates on them; what is exempt has none."""
    shares = [whole / part - 1 for part, whole in zip(net, gross, strict=True) if part and whole]
    taxed = [share for share in shares if round(share, 2)]
    return len(taxed) >= LEAST_ROWS and at_usual_rates(taxed) >= SURE * len(taxed)
