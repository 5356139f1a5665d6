"""Candidate scorers: each says, along one path of the graph, how much speaks for a product for a customer.

A scorer is a matrix customers × products on a logarithmic scale relative to the customer's mean, so that a
weighted sum of scorers is a weighted product of the experts' opinions (a log-linear pool).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gnn.cross_sell.ease import LARGEST, Ease, ease, most_bought
from gnn.cross_sell.families import Families
from gnn.cross_sell.item_knn import ItemNeighbours, item_neighbours
from gnn.cross_sell.paths import Everywhere, InGroup, Linear, OfFamily, Path, Steps, Trending
from gnn.cross_sell.popularity import GroupShare, group_share
from gnn.cross_sell.product_text import FEW_ROWS, ROWS, text_rows
from gnn.cross_sell.subjects import subjects
from gnn.cross_sell.taste import taste
from gnn.features.history import Doubles, Floats, History, Ints
from gnn.features.neighbours import membership, org_adjacency

SCORERS = (
    "popularity",
    "recent_popularity",
    "item_knn",
    "item_knn_recent",
    "conditional",
    "ease",
    "ease_recent",
    "ease_text_trend",
    "item_trend",
    "industry",
    "region",
    "country",
    "organisation",
    "organisation_recent",
    "family",
    "interest",
    "product_age",
    "family_discussed",
    "family_like",
    "taste",
    "industry_family",
    "organisation_family",
    "organisation_begun",
)
ALONG_LINKS = (
    "industry", "region", "country", "organisation", "organisation_recent", "industry_family",
    "organisation_family", "organisation_begun",
)  # fmt: skip
OWN = tuple(name for name in SCORERS if name not in ALONG_LINKS)
"""Scorers that need no more than purchases, products and the customer's own opportunities."""
OF_FAMILIES = (
    "family_discussed", "family_like", "industry_family", "organisation_family", "organisation_begun",
)  # fmt: skip
"""Scorers that say the same of all products of a family."""
FLOOR = 0.02
"""Relative to the row's mean: how little an expert may speak for a product."""
SPREAD = ("ease", "ease_recent", "ease_text_trend", "family_like", "taste")
"""Scorers that may be negative: measured in spreads from the row's mean."""
GROUP_FIELDS = ("industry", "region", "country")
PENALTY = 100.0
"""Of EASE, of products and of families."""
TASTE_PENALTY = 30.0
"""Of taste, whose purchases above what is usual are smaller numbers."""
TEXT_PENALTY = 200.0
"""Of EASE with words."""
EVENED = 0.25
"""Power of the number of products by which a customer's row counts less, the median customer's counting 1.
Who buys across the whole range says less of what belongs together."""
RANGE = 10_000
"""Products that learned rankers look at, those with most buyers; plain scorers rank all there are."""


@dataclass(frozen=True)
class CandidateScorers:
    """All scorers of one history; what they read is built once, rows are scored in batches."""

    history: History

    @cached_property
    def owned(self) -> sparse.csr_matrix:
        """Customers × products bought before the cut-off."""
        return self.history.bought()

    @cached_property
    def range(self) -> Ints:
        """Columns of the products that learned rankers look at, rising."""
        return most_bought(self.owned, RANGE)

    @property
    def range_is_part(self) -> bool:
        """Whether there are products beyond the range."""
        return len(self.range) < self.history.shape[1]

    @cached_property
    def neighbours(self) -> ItemNeighbours:
        """Products bought by the same customers; `conditional` of the range, for it is no baseline."""
        return item_neighbours(self.owned, self.range if self.range_is_part else None)

    @cached_property
    def organisation(self) -> sparse.csr_matrix:
        """Customers × customers linked as parent, subsidiary, partner or by referral."""
        return org_adjacency(self.history)

    @cached_property
    def groups(self) -> Mapping[str, sparse.csr_matrix]:
        """Per field the membership of the customers."""
        return {name: membership(self.history, name) for name in GROUP_FIELDS}

    @cached_property
    def shares(self) -> Mapping[str, GroupShare]:
        """Per field the share of buyers per group and product."""
        return {name: group_share(groups, self.owned) for name, groups in self.groups.items()}

    @cached_property
    def families(self) -> Families:
        """Which families customers buy of."""
        return Families(self.history)

    @cached_property
    def industry_families(self) -> GroupShare:
        """The share of buyers per industry and family."""
        return group_share(self.groups["industry"], self.families.used)

    @cached_property
    def interest(self) -> sparse.csr_matrix:
        """Customers × products put on the opportunities open at the cut-off."""
        about = subjects(self.history)
        wanted = about[about["open"] & (about["kind"] == "opportunity")]
        places = (wanted["row"], wanted["column"])
        return sparse.csr_matrix((np.ones(len(wanted)), places), shape=self.history.shape)

    @cached_property
    def _with_text(self) -> Ease:
        """EASE that also knows the products' names, where they have any."""
        words = ROWS if self.owned.shape[1] <= LARGEST else FEW_ROWS
        rows = text_rows(self.history.product_values, words)
        if not rows.shape[0]:
            return self._ease
        return ease(sparse.vstack([_evened(self.owned), rows]).tocsr(), TEXT_PENALTY)

    @cached_property
    def _ease(self) -> Ease:
        return ease(self.owned, PENALTY)

    @cached_property
    def everywhere(self) -> dict[str, Doubles]:
        """Per product, the same for every customer: buyers, buyers lately, days since the first sale."""
        return {
            "popularity": self.history.buyers(),
            "recent_popularity": self.history.recent_buyers,
            "product_age": self.history.product_age,
            "item_trend": self.history.item_trend,
        }

    @cached_property
    def paths(self) -> Mapping[str, Path]:
        """Per scorer the way from customers to all products; `conditional` leads to the range alone."""
        weights, neighbours = self._ease, self.neighbours
        recent, family = self.history.recent, self.families.products
        return {
            **{name: Everywhere(values) for name, values in self.everywhere.items()},
            "item_knn": Steps(self.owned, neighbours.cosine),
            "item_knn_recent": Steps(recent, neighbours.cosine),
            "conditional": Steps(self.owned, neighbours.conditional),
            "ease": Linear(self.owned, weights),
            "ease_recent": Linear(recent, weights),
            "ease_text_trend": Trending(Linear(recent, self._with_text), self.history.item_trend),
            **{name: InGroup(self.groups[name], share) for name, share in self.shares.items()},
            "organisation": Steps(self.organisation, self.owned),
            "organisation_recent": Steps(self.organisation, recent),
            "family": Steps((recent @ family).tocsr(), family.T.tocsr()),
            "interest": self._told(self.interest),
            "taste": self._taste,
            **self._of_families,
        }

    @property
    def _of_families(self) -> Mapping[str, Path]:
        """The paths by way of families; nothing speaks for a product of no family."""
        families = self.families
        ways: Mapping[str, Path] = {
            "family_discussed": self._told(families.discussed),
            "family_like": Linear(families.lately, ease(families.used, PENALTY)),
            "industry_family": InGroup(self.groups["industry"], self.industry_families),
            "organisation_family": Steps(self.organisation, families.lately),
            "organisation_begun": Steps(self.organisation, families.begun),
        }
        return {name: OfFamily(way, families.codes) for name, way in ways.items()}

    @property
    def _taste(self) -> Path:
        """Of a range that can be held products × products, with families."""
        if self.families.known and self.owned.shape[1] <= LARGEST:
            return Linear(self.owned, taste(self.owned, self.families.products, TASTE_PENALTY))
        return Everywhere(np.zeros(self.history.shape[1]))

    def _told(self, matrix: sparse.csr_matrix) -> Steps:
        """What stands in the customers' own rows."""
        return Steps(sparse.identity(len(self.history.customers), format="csr"), matrix)

    @cached_property
    def ranged(self) -> Mapping[str, Path]:
        """The paths to the products of the range alone, in the order of `SCORERS`.

        What tells nobody anything is the same for everybody: zeros that are made once.
        """
        nothing = Everywhere(np.zeros(len(self.range)))
        spoken = {name: path for name, path in self.paths.items() if not path.silent}
        ranged = self._to_range(spoken) if self.range_is_part else spoken
        return {name: ranged.get(name, nothing) for name in SCORERS}

    def _to_range(self, paths: Mapping[str, Path]) -> dict[str, Path]:
        """The paths cut to the range; neighbours, which are large, once for both kinds of purchases."""
        cut = {name: path if name == "conditional" else path.only(self.range) for name, path in paths.items()}
        bought, lately = cut.get("item_knn"), cut.get("item_knn_recent")
        if isinstance(bought, Steps) and isinstance(lately, Steps):
            cut["item_knn_recent"] = Steps(lately.first, bought.second)
        return cut


def _evened(bought: sparse.csr_matrix) -> sparse.csr_matrix:
    """The rows of customers with many products weigh less."""
    counts = np.asarray(bought.sum(axis=1)).ravel()
    usual = float(np.median(counts[counts > 0])) if counts.any() else 1.0
    weights = (usual / np.maximum(counts, 1.0)) ** EVENED
    return sparse.csr_matrix(sparse.diags(weights) @ bought)


def scaled(paths: Mapping[str, Path], rows: Ints, products: int) -> Floats:
    """Scorers × rows × products: log of every path's value relative to the customer's mean."""
    result = np.empty((len(paths), len(rows), products), dtype=np.float32)
    for place, (name, path) in enumerate(paths.items()):
        told = rows[:1] if isinstance(path, Everywhere) else rows
        result[place] = _scale(name)(path(told))
    return result


def _scale(name: str) -> Callable[[Doubles], npt.NDArray[np.floating]]:
    return _standard if name in SPREAD else _relative


def _relative(raw: Doubles) -> Floats:
    if not raw.any():
        return np.full(raw.shape, np.log(np.float32(1.0 + FLOOR)), dtype=np.float32)
    mean = raw.mean(axis=1, keepdims=True)
    scaled = np.ones(raw.shape, dtype=np.float32)
    np.divide(raw, mean, out=scaled, where=mean > 0, casting="same_kind")
    return np.log(np.maximum(scaled, 0) + np.float32(FLOOR))


def _standard(raw: Doubles) -> Doubles:
    spread = raw.std(axis=1, keepdims=True)
    scaled = np.zeros(raw.shape)
    np.divide(raw - raw.mean(axis=1, keepdims=True), spread, out=scaled, where=spread > 0)
    return scaled
