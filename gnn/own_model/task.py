"""A task in Python: its label windows as frames, and a user's model beside the candidates."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from gnn.calendar import check_evaluation, data_end
from gnn.features.history import Doubles
from gnn.learn.lazily import Lazily
from gnn.learn.reproducible import reproducible
from gnn.learn.windows import FeatureSets, Window, Windows, feature_sets, label_windows
from gnn.own_model.chain_facts import chain_facts
from gnn.own_model.classifier import Classifier, check_methods
from gnn.own_model.errors import BadModel
from gnn.own_model.face import Face, face_of
from gnn.own_model.paired import paired_interval
from gnn.own_model.report import Entry, Report
from gnn.own_model.trial import Candidates, candidates
from gnn.own_model.units import units_of
from gnn.snapshot.cut import cut
from gnn.snapshot.tables import Log
from gnn.task import Fit, Predictions, Task

CAME = ("churned", "came")
"""Names under which predictions hold what came."""
SEED = 7
"""Of our candidates: the one that commands take by default."""


@dataclass(frozen=True)
class OwnTask:
    """One task at one cut-off: everything is learned before it, and judged on the horizon after it.

    `people` gives names by id for chain facts.
    """

    task: Task[Any, Any, Any]
    log: Log
    cutoff: pd.Timestamp
    horizon_days: int
    home: Path | None = None
    people: Callable[[], Mapping[str, str]] = dict
    face: Face[Any] | None = None
    """Of a task that is not ours."""

    @property
    def name(self) -> str:
        """As on the command line."""
        return self.task.name

    @property
    def label(self) -> str:
        """The column of the frames that is to be learned."""
        return self._face.label

    @cached_property
    def features(self) -> list[str]:
        """The columns of the frames that a model is given."""
        named = ("customer_id", "product_id", "record_id", "name", "product", "cutoff", self.label)
        return [str(column) for column in self.split()[2].columns if column not in named]

    @property
    def units(self) -> dict[str, str]:
        """The unit of every feature."""
        return units_of(self.features)

    def split(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """Labelled frames to learn from, to choose on, and to judge by: the windows of `relgraph evaluate`.

        A row tells what was known just before its `cutoff`; the label says what came within the horizon.
        Customers stand in several windows. `frame.attrs["units"]` has the unit of every feature. Raises
        CutoffOutsideData, HorizonNotObserved or NotEnoughHistory.
        """
        return self._split

    @cached_property
    def _split(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        parts = (self._windows.train, self._windows.valid, (self._after,))
        frames = [pd.concat([self._face.frame(one) for one in part], ignore_index=True) for part in parts]
        train, valid, test = (_with_units(frame) for frame in frames)
        return train, valid, test

    def predictions(self) -> pd.DataFrame:
        """What our candidates say of the customers of `split()`'s last frame, beside what came.

        Columns: `customer_id, name` (of deals and leads `record_id` before them), the label where there is
        one, and one per candidate: what it expects, or for cross-sell the recall@20 of its list. Kept in the
        home, as by `compare`.
        """
        every = self._candidates.predictions
        known = ({self.label: one[name]} for one in every.values() for name in CAME if name in one)
        said = {name: next(iter(self._face.told(one).values())) for name, one in every.items()}
        return self._face.subjects(self._after).assign(**next(known, {}), **said)

    def compare(self, model: Classifier, seeds: int = 3, name: str | None = None) -> Report:
        """The model beside our candidates, judged on the customers of `split()`'s last frame.

        It is fitted once per seed (parameters named `random_state` get it), calibrated as ours are; its row
        holds the means over the seeds. Every row has the paired difference to the candidate that serves, with
        the 95% interval over customers and seeds. name: of the row, by default the class's. Raises BadModel.
        """
        check_methods(model)
        with reproducible(SEED):
            prepared = self._prepared
        shown = name or type(model).__name__
        known = self._candidates
        if shown in known.predictions or shown in known.not_run:
            raise BadModel(f"a candidate of ours is called {shown}; give another name")
        if seeds < 1:
            raise BadModel("at least one seed is needed")
        fits = [self._fit(model, shown, prepared, seed) for seed in range(seeds)]
        return self._report(model, shown, fits, self._said(shown, fits))

    def fitting(self, entry: Entry) -> Task[Any, Any, Any]:
        """The task with a user's model as its only candidate, for `gnn.train.train`."""

        def fit(windows: Windows[Any], seed: int) -> Fit[Any, Any]:
            return self._face.fit(entry.model, entry.name, self._face.prepared(windows), seed)

        return replace(self.task, fit=fit, kept=None)

    @property
    def _face(self) -> Face[Any]:
        return face_of(self.task.name) if self.face is None else self.face

    @cached_property
    def _sets(self) -> FeatureSets:
        horizon = pd.Timedelta(days=self.horizon_days)
        check_evaluation(self.log, self.cutoff, horizon)
        known = cut(self.log, self.cutoff)
        return feature_sets(known, self.task.cutoffs(known, self.cutoff, horizon), self.home)

    @cached_property
    def _windows(self) -> Windows[Any]:
        return label_windows(self.task.labels, cut(self.log, self.cutoff), self._sets, SEED)

    @cached_property
    def _after(self) -> Window[Any]:
        return Window(self._sets.final, self.task.labels(self.log, self._sets.final.history))

    @cached_property
    def _candidates(self) -> Candidates:
        return candidates(self.task, self._windows, self._after, self.log, SEED, self.home)

    def _fit(self, model: Classifier, name: str, prepared: Any, seed: int) -> Fit[Any, Any]:
        with reproducible(seed):
            return self._face.fit(model, name, prepared, seed)

    @cached_property
    def _prepared(self) -> Any:
        return self._face.prepared(self._windows)

    def _said(self, name: str, fits: Sequence[Fit[Any, Any]]) -> list[Predictions]:
        """What the fits of one model say of the customers counted after the cut-off."""
        every = dict(enumerate(fits))
        together = Fit(
            {str(number): fit.models[name] for number, fit in every.items()},
            {},
            Lazily({str(number): partial(_calibrator, fit, name) for number, fit in every.items()}),
            "0",
        )
        with reproducible(SEED):
            said = self.task.predictions(together, self._after)
        return [said[str(number)] for number in every]

    def _report(
        self, model: Classifier, name: str, fits: Sequence[Fit[Any, Any]], said: Sequence[Predictions]
    ) -> Report:
        known = self._candidates
        served = known.predictions[known.selected]
        every = {other: [one] for other, one in known.predictions.items()} | {name: list(said)}
        validation = {**known.validation, name: _means([fit.validation[name] for fit in fits])}
        rows = {other: self._row(ours, served, validation[other]) for other, ours in every.items()}
        made = Report(pd.DataFrame(rows.values(), index=pd.Index(rows, name="model")))
        made = Report(made.sort_values(self.task.metric, ascending=False))
        made.insert(0, "serves", [other == known.selected for other in made.index])
        own = rows[name]
        made.entry = Entry(
            name=name,
            model=model,
            task=self.task.name,
            horizon_days=self.horizon_days,
            from_file=self.face is not None,
            metric=self.task.metric,
            difference=own["difference"],
            interval=(own["difference_low"], own["difference_high"]),
            served=known.selected,
        )
        gain = np.mean([self._face.found(one) for one in said], axis=0) - self._face.found(served)
        made.gained = self._customers(gain, name, said, known.selected, served)
        made.lost = self._customers(-gain, name, said, known.selected, served)
        made.title = (
            f"{self.task.name} at {self.cutoff.date()}, {self.horizon_days} days ahead, "
            f"{len(self._after.labels.rows)} customers, {len(fits)} seeds"
        )
        return made

    def _row(
        self, ours: Sequence[Predictions], served: Predictions, validation: Mapping[str, float]
    ) -> dict[str, Any]:
        """Measures (means over the seeds), and the paired difference to what serves."""
        size = len(self._after.labels.rows)
        measures = _means([_flat(self.task.measures(one, SEED)) for one in ours])
        difference, low, high = paired_interval(self._face.quality, ours, served, size, SEED)
        return {
            **measures, "difference": difference, "difference_low": low, "difference_high": high, **validation
        }  # fmt: skip

    def _customers(
        self,
        gain: Doubles,
        name: str,
        said: Sequence[Predictions],
        served: str,
        theirs: Predictions,
    ) -> pd.DataFrame:
        """The customers with a gain, largest first, what both said of them, and their chain facts."""
        places = np.flatnonzero(gain > 1e-9)
        places = places[np.argsort(-gain[places], kind="stable")]
        history, rows = self._after.features.history, self._after.labels.rows[places]
        told = {"customer_id": history.customers[rows], "name": history.values["name"].to_numpy()[rows]}
        ours = [self._face.told(one) for one in said]
        for column, values in self._face.told(theirs).items():
            told[f"{column} {name}"] = np.mean([one[column] for one in ours], axis=0)[places]
            told[f"{column} {served}"] = values[places]
        facts = chain_facts(self._after.features, rows, self.people())
        return pd.concat([pd.DataFrame(told), facts], axis=1)


def newest_cutoff(log: Log, horizon_days: int) -> pd.Timestamp:
    """The latest cut-off whose horizon the data cover. Raises NotEnoughHistory without orders."""
    return data_end(log) - pd.Timedelta(days=horizon_days)


def _calibrator(fit: Fit[Any, Any], name: str) -> Any:
    return fit.calibrators[name]


def _with_units(frame: pd.DataFrame) -> pd.DataFrame:
    frame.attrs["units"] = units_of([str(column) for column in frame.columns])
    return frame


def _flat(measures: Mapping[str, Any]) -> dict[str, float]:
    """Intervals as two columns each; a measure that does not exist is NaN."""
    flat: dict[str, float] = {}
    for name, value in measures.items():
        if isinstance(value, list):
            flat |= {f"{name}_low": float(value[0]), f"{name}_high": float(value[1])}
        else:
            flat[name] = float("nan") if value is None else float(value)
    return flat


def _means(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}
