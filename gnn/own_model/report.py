"""A comparison as a DataFrame, and behind the user's row what is needed to let it serve."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from gnn.own_model.classifier import Classifier


@dataclass(frozen=True)
class Entry:
    """A user's model in a comparison: `report["MyModel"]`."""

    name: str
    model: Classifier
    task: str
    horizon_days: int
    from_file: bool
    """Whether the task is one from a YAML file."""
    metric: str
    difference: float
    """To the candidate that serves, in the metric; with its 95% interval."""
    interval: tuple[float, float]
    served: str

    @property
    def clearly_worse(self) -> bool:
        """Whether the whole interval lies below 0."""
        return self.interval[1] < 0


class Report(pd.DataFrame):
    """A row per candidate, best first; `report["MyModel"]` is the entry to promote, other keys are columns.

    `gained` and `lost` are the customers whose outcome the user's model found and the serving candidate did
    not, and the reverse, with their chain facts at the cut-off.
    """

    _metadata = ("entry", "gained", "lost", "title")
    entry: Entry
    gained: pd.DataFrame
    lost: pd.DataFrame
    title: str

    def __getitem__(self, key: Any) -> Any:
        entry = getattr(self, "entry", None)
        if isinstance(key, str) and entry is not None and key == entry.name:
            return entry
        return super().__getitem__(key)

    def __str__(self) -> str:
        shown = pd.DataFrame(self).to_string(float_format=lambda value: f"{value:.4f}")
        own = self.entry
        low, high = own.interval
        return "\n".join(
            [
                self.title,
                shown,
                f"{own.name} - {own.served}: {own.metric} {own.difference:+.4f} [{low:+.4f}, {high:+.4f}]; "
                f"{len(self.gained)} customers gained, {len(self.lost)} lost (report.gained, report.lost)",
            ]
        )
