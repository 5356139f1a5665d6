"""Reasons for a recommendation: the paths of the graph that spoke for the product, and how much each did."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np
from scipy import sparse

from gnn.cross_sell.ranking import RankingInput
from gnn.cross_sell.scorers import SCORERS, CandidateScorers
from gnn.features.history import DAY, Floats, History, Ints
from graph.score_view.words import Clause, clause, in_words, kept

KINDS = {
    "organisation": ("organisation", "organisation_recent"),
    "together": (
        "item_knn", "item_knn_recent", "conditional", "ease", "ease_recent", "ease_text_trend", "taste",
    ),
    "interest": ("interest",),
    "industry": ("industry",),
    "region": ("region", "country"),
    "family": ("family", "family_like"),
    "discussed": ("family_discussed",),
    "linked_family": ("organisation_family", "organisation_begun"),
    "industry_family": ("industry_family",),
    "popularity": ("popularity", "recent_popularity", "item_trend"),
}  # fmt: skip
"""Kind of path → the scorers that travel it."""
PLACES = {kind: [SCORERS.index(name) for name in names] for kind, names in KINDS.items()}
REASONS = 3
Step = dict[str, str]
"""One node of a path: `{kind, id, label}`."""
Described = tuple[Clause, list[Step]]


@dataclass(frozen=True)
class Paths:
    """Sentences about customer rows and product columns of one window."""

    inputs: RankingInput

    @property
    def scorers(self) -> CandidateScorers:
        """What speaks for each product for each customer."""
        return self.inputs.scorers

    @property
    def history(self) -> History:
        """What happened before the cut-off."""
        return self.inputs.features.history

    def reasons(self, row: int, column: int, contributions: Floats) -> list[dict[str, Any]]:
        """The strongest paths that spoke for the product: `{text, said, contribution, path}`.

        Contributions [scorers] as measured; without any path, how many bought it.
        """
        totals = {kind: float(sum(contributions[place] for place in PLACES[kind])) for kind in KINDS}
        ranked = sorted((kind for kind in totals if totals[kind] > 0), key=lambda kind: -totals[kind])
        strongest = list(islice(self._sentences(row, column, ranked, totals), REASONS))
        if strongest:
            return strongest
        said, between = self._popularity(row, column)
        return [self._reason(row, column, said, between, max(totals["popularity"], 0.0))]

    def _sentences(
        self, row: int, column: int, kinds: list[str], totals: Mapping[str, float]
    ) -> Iterator[dict[str, Any]]:
        for kind in kinds:
            described = self._describe[kind](row, column)
            if described is not None:
                yield self._reason(row, column, *described, totals[kind])

    @cached_property
    def _describe(self) -> Mapping[str, Callable[[int, int], Described | None]]:
        """Per kind of path its sentence, and the steps between customer and product; None: no such path."""
        return {
            "organisation": self._organisation,
            "together": self._together,
            "interest": self._interest,
            "industry": self._industry,
            "region": self._region,
            "family": self._family,
            "discussed": self._discussed,
            "linked_family": self._linked_family,
            "industry_family": self._industry_family,
            "popularity": self._popularity,
        }

    def _reason(
        self, row: int, column: int, said: Clause, between: list[Step], contribution: float
    ) -> dict[str, Any]:
        path = [self._customer(row), *between, self._product(column)]
        text = in_words([said], "en")
        return {"text": text, "said": kept([said]), "contribution": round(contribution, 4), "path": path}

    def _customer(self, row: int) -> Step:
        identity = self._customer_ids[row]
        return {"kind": "Customer", "id": identity, "label": _label(self._names[row], identity)}

    def _product(self, column: int) -> Step:
        identity = self._product_ids[column]
        return {"kind": "Product", "id": identity, "label": _label(self._product_names[column], identity)}

    @cached_property
    def _customer_ids(self) -> list[str]:
        return [str(one) for one in self.history.customers]

    @cached_property
    def _product_ids(self) -> list[str]:
        return [str(one) for one in self.history.products]

    @cached_property
    def _names(self) -> list[Any]:
        return list(self.history.values["name"])

    @cached_property
    def _product_names(self) -> list[Any]:
        return list(self.history.product_values["name"])

    def _organisation(self, row: int, column: int) -> Described | None:
        linked = _row(self.scorers.organisation, row)
        buyers = [int(other) for other in linked if column in _row(self.scorers.owned, int(other))]
        if not buyers:
            return None
        said = clause("organisation", buyers=len(buyers), linked=len(linked))
        return said, [self._customer(buyers[0])]

    def _together(self, row: int, column: int) -> Described | None:
        owned = _row(self.scorers.owned, row)
        similar = self._similar(column)[owned]
        if not len(similar) or similar.max() <= 0:
            return None
        partner = int(owned[int(similar.argmax())])
        shown, both = self._product(partner), self._bought_both(partner, column)
        return clause("together", both=both, product=shown["label"]), [shown]

    def _similar(self, column: int) -> Floats:
        """Similarity of every product to this one; kept, since customers share their suggestions."""
        if column not in self._similarities:
            line = self._cosine_to[[column]].toarray().ravel()
            self._similarities[column] = line.astype(np.float32)
        return self._similarities[column]

    @cached_property
    def _cosine_to(self) -> sparse.csr_matrix:
        return self.scorers.neighbours.cosine.T.tocsr()

    def _bought_both(self, one: int, other: int) -> int:
        """Customers that bought both products; kept, since customers share their suggestions."""
        if (one, other) not in self._both:
            buyers, others = _row(self._buyers, one), _row(self._buyers, other)
            self._both[one, other] = len(np.intersect1d(buyers, others, assume_unique=True))
        return self._both[one, other]

    @cached_property
    def _both(self) -> dict[tuple[int, int], int]:
        return {}

    @cached_property
    def _buyers(self) -> sparse.csr_matrix:
        """Products × customers."""
        return self.scorers.owned.T.tocsr()

    @cached_property
    def _similarities(self) -> dict[int, Floats]:
        return {}

    def _interest(self, row: int, column: int) -> Described | None:
        return (clause("interest"), []) if self.scorers.interest[row, column] > 0 else None

    def _industry(self, row: int, column: int) -> Described | None:
        return self._group("industry", row, column)

    def _region(self, row: int, column: int) -> Described | None:
        return self._group("region", row, column) or self._group("country", row, column)

    def _group(self, field: str, row: int, column: int) -> Described | None:
        own = _row(self.scorers.groups[field], row)
        if not len(own):
            return None
        share = self.scorers.shares[field]
        buyers, among = int(share.counts[int(own[0]), column]), int(share.members[int(own[0])])
        if not buyers:
            return None
        name = str(self._values[field][row])
        return clause("group", buyers=buyers, among=among, group=name), []

    @cached_property
    def _values(self) -> dict[str, list[Any]]:
        return {field: list(self.history.values[field]) for field in ("industry", "region", "country")}

    def _family(self, row: int, column: int) -> Described | None:
        family = self._families[column]
        owned = {self._families[int(other)] for other in _row(self.scorers.owned, row)}
        if not isinstance(family, str) or family not in owned:
            return None
        return clause("family", family=family), []

    def _discussed(self, row: int, column: int) -> Described | None:
        number = self._family_of(column)
        if number not in _row(self.scorers.families.discussed, row):
            return None
        return clause("discussed", family=self._families[column]), []

    def _linked_family(self, row: int, column: int) -> Described | None:
        linked, number = _row(self.scorers.organisation, row), self._family_of(column)
        buyers = [int(other) for other in linked if number in _row(self.scorers.families.used, int(other))]
        if not buyers:
            return None
        family = self._families[column]
        said = clause("organisation_family", buyers=len(buyers), linked=len(linked), family=family)
        return said, [self._customer(buyers[0])]

    def _industry_family(self, row: int, column: int) -> Described | None:
        own, number = _row(self.scorers.groups["industry"], row), self._family_of(column)
        share = self.scorers.industry_families
        if not len(own) or number < 0 or not share.counts[int(own[0]), number]:
            return None
        buyers, among = int(share.counts[int(own[0]), number]), int(share.members[int(own[0])])
        group, family = str(self._values["industry"][row]), self._families[column]
        return clause("group_family", buyers=buyers, among=among, group=group, family=family), []

    def _family_of(self, column: int) -> int:
        """Its number, −1 where it has none."""
        return int(self.scorers.families.codes[column])

    @cached_property
    def _families(self) -> list[Any]:
        return list(self.history.product_values["family"])

    def _popularity(self, _: int, column: int) -> Described:
        lately = int(self.scorers.everywhere["recent_popularity"][column])
        return clause("popularity", lately=lately, days=round(self.history.horizon / DAY)), []


def _row(matrix: sparse.csr_matrix, row: int) -> Ints:
    """The columns that the row holds."""
    return matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]].astype(np.int64)


def _label(name: Any, identity: str) -> str:
    return name if isinstance(name, str) else identity
