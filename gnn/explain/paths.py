"""Reasons for a recommendation: the paths of the graph that spoke for the product, and how much each did."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from gnn.features.channels import NAMES, Channels
from gnn.features.past import DAY, Floats, Ints
from gnn.features.scene import Scene

KINDS = {
    "organisation": ("organisation", "organisation_recent"),
    "together": ("item_knn", "item_knn_recent", "conditional", "ease", "ease_recent"),
    "interest": ("interest",),
    "industry": ("industry",),
    "region": ("region", "country"),
    "family": ("family",),
    "popularity": ("popularity", "recent_popularity"),
}
"""Kind of path → the channels that travel it."""
REASONS = 3


@dataclass(frozen=True)
class Paths:
    """Sentences about customer rows and product columns of one scene."""

    scene: Scene

    @cached_property
    def channels(self) -> Channels:
        """The scene's channels."""
        return self.scene.channels

    def reasons(self, row: int, column: int, contributions: Floats) -> list[dict[str, Any]]:
        """The strongest speaking paths: `{text, contribution, path}`.

        Contributions [channels] as measured.
        """
        totals = {
            kind: float(sum(contributions[NAMES.index(name)] for name in names))
            for kind, names in KINDS.items()
        }
        ranked = sorted((kind for kind in totals if totals[kind] > 0), key=lambda kind: -totals[kind])
        told = self._told(row, column, ranked, totals)
        found = [reason for _, reason in zip(range(REASONS), told, strict=False)]
        return found or [self._told_popularity(column, row, max(totals["popularity"], 0.0))]

    def _told(
        self, row: int, column: int, ranked: list[str], totals: dict[str, float]
    ) -> Iterator[dict[str, Any]]:
        for kind in ranked:
            told = getattr(self, f"_{kind}")(row, column)
            if told is not None:
                text, between = told
                yield {
                    "text": text,
                    "contribution": round(totals[kind], 4),
                    "path": self._path(row, column, between),
                }

    def _told_popularity(self, column: int, row: int, contribution: float) -> dict[str, Any]:
        text, _ = self._popularity(row, column)
        return {"text": text, "contribution": round(contribution, 4), "path": self._path(row, column, [])}

    def _path(self, row: int, column: int, between: list[dict[str, str]]) -> list[dict[str, str]]:
        return [self._customer(row), *between, self._product(column)]

    def _customer(self, row: int) -> dict[str, str]:
        identity = str(self.scene.past.customers[row])
        return {"kind": "Customer", "id": identity, "label": _label(self._names[row], identity)}

    def _product(self, column: int) -> dict[str, str]:
        identity = str(self.scene.past.products[column])
        return {"kind": "Product", "id": identity, "label": _label(self._product_names[column], identity)}

    @cached_property
    def _names(self) -> list[Any]:
        return list(self.scene.past.values["name"])

    @cached_property
    def _product_names(self) -> list[Any]:
        return list(self.scene.past.product_values["name"])

    def _organisation(self, row: int, column: int) -> tuple[str, list[dict[str, str]]] | None:
        linked = _row(self.channels.organisation, row)
        buyers = [int(other) for other in linked if column in _row(self.channels.owned, int(other))]
        if not buyers:
            return None
        text = f"{len(buyers)} of {len(linked)} companies in its group and partner network bought it"
        return text, [self._customer(buyers[0])]

    def _together(self, row: int, column: int) -> tuple[str, list[dict[str, str]]] | None:
        owned = _row(self.channels.owned, row)
        similar = self._similar(column)[owned]
        if not len(similar) or similar.max() <= 0:
            return None
        partner = int(owned[int(similar.argmax())])
        n = int(self.channels.counts[partner, column])
        shown = self._product(partner)
        return f"bought together with {shown['label']} by {n} customers", [shown]

    def _similar(self, column: int) -> Floats:
        """Similarity of every product to this one; kept, since customers share their suggestions."""
        if column not in self._similarities:
            line = self.channels.cosine.T[[column]].toarray().ravel()
            self._similarities[column] = line.astype(np.float32)
        return self._similarities[column]

    @cached_property
    def _similarities(self) -> dict[int, Floats]:
        return {}

    def _interest(self, row: int, column: int) -> tuple[str, list[dict[str, str]]] | None:
        return ("part of an open opportunity", []) if self.channels.interest[row, column] > 0 else None

    def _industry(self, row: int, column: int) -> tuple[str, list[dict[str, str]]] | None:
        return self._group("industry", row, column)

    def _region(self, row: int, column: int) -> tuple[str, list[dict[str, str]]] | None:
        return self._group("region", row, column) or self._group("country", row, column)

    def _group(self, field: str, row: int, column: int) -> tuple[str, list[dict[str, str]]] | None:
        members, share = self.channels.groups[field]
        found = _row(members, row)
        if not len(found):
            return None
        name = str(self._values[field][row])
        return f"{100 * share[int(found[0]), column]:.0f}% of the customers in {name} bought it", []

    @cached_property
    def _values(self) -> dict[str, list[Any]]:
        return {field: list(self.scene.past.values[field]) for field in ("industry", "region", "country")}

    def _family(self, row: int, column: int) -> tuple[str, list[dict[str, str]]] | None:
        family = self._families[column]
        owned = {self._families[int(other)] for other in _row(self.channels.owned, row)}
        if not isinstance(family, str) or family not in owned:
            return None
        return f"belongs to {family}, a family that the customer buys", []

    @cached_property
    def _families(self) -> list[Any]:
        return list(self.scene.past.product_values["family"])

    def _popularity(self, _: int, column: int) -> tuple[str, list[dict[str, str]]]:
        lately = int(self.channels.everywhere["recent_popularity"][column])
        days = round(self.scene.past.horizon / DAY)
        return f"{lately} customers bought it in the last {days} days", []


def _row(matrix: sparse.csr_matrix, row: int) -> Ints:
    """The columns that the row holds."""
    return matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]].astype(np.int64)


def _label(name: Any, identity: str) -> str:
    return name if isinstance(name, str) else identity
