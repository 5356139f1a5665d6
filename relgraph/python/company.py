"""A company as a data scientist meets it: frames, the graph, and tasks to learn."""

from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import networkx as nx
import orjson
import pandas as pd

from graph.errors import UsageError
from relgraph.commands.train import day, require_learning
from relgraph.python.frames import Frames
from relgraph.python.network import network
from relgraph.python.source import Source

if TYPE_CHECKING:
    from gnn.geometric import HeteroData
    from gnn.own_model.report import Entry
    from gnn.own_model.task import OwnTask


class Company:
    """What `relgraph.open()` gives; close it, or use it as a context manager."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @property
    def now(self) -> datetime:
        """The company's now: what the data speak of, not the wall clock. A snapshot's is its cut-off."""
        return self._source.now

    @property
    def home(self) -> Path | None:
        """The folder of the home; None for a snapshot."""
        return self._source.home

    def frames(self) -> Frames:
        """Named DataFrames (`frames["orders"]` or `frames.orders`), each read when it is first asked for."""
        return self._source.frames

    def query(self, cypher: str, /, **params: Any) -> pd.DataFrame:
        """The rows of a Cypher statement that only reads, a column per name that it returns.

        Moments are given as ISO texts, `datetime($since)`. It sees all that the graph holds, what is private
        to one of us included. Raises NotReadOnly, StoreError, and NoGraphHere for a snapshot.
        """
        return pd.DataFrame(self._source.store.ask(cypher, **params))

    def networkx(self) -> "nx.MultiDiGraph[str]":
        """Customers, people and products as a networkx graph (see `relgraph.python.network`)."""
        return network(self.frames())

    def hetero(self, horizon_days: int | None = None) -> "HeteroData":
        """The graph as torch-geometric's `HeteroData`, as of now, with ids and names of features per type.

        `x` of customers are the features of `company.task(…)`, not standardised; weights into a node sum to
        one per edge type (`gnn.features.graph`). The horizon says what recent means.
        """
        require_learning()
        from gnn.features.shown_graph import shown_graph

        return shown_graph(self._source.log, self.now, horizon_days)

    def task(self, name: str, horizon_days: int | None = None, cutoff: str | None = None) -> "OwnTask":
        """A task to learn, judged on the horizon after a cut-off.

        cutoff: such as 2025-06-30, by default the latest whose horizon the data cover; the horizon is by
        default that of `relgraph train`. name: a task's, or a YAML file with one (see docs/python.md). Raises
        TaskUnknown, BadModel, CutoffOutsideData or HorizonNotObserved.
        """
        require_learning()
        if name.endswith((".yml", ".yaml")):
            return self._declared(Path(name), horizon_days, cutoff)
        from gnn.own_model.task import OwnTask, newest_cutoff
        from gnn.tasks import find_task

        log, task = self._source.log, find_task(name)
        days = task.horizon(log).days if horizon_days is None else horizon_days
        moment = newest_cutoff(log, days) if cutoff is None else day(cutoff)
        return OwnTask(task, log, moment, days, self._source.home, self._people)

    def _declared(self, path: Path, horizon_days: int | None, cutoff: str | None) -> "OwnTask":
        """The task in a YAML file."""
        from gnn.own_model.event import EventFace, event_task, read_declared
        from gnn.own_model.task import OwnTask, newest_cutoff

        declared, log = read_declared(path), self._source.log
        days = horizon_days or declared.horizon_days
        moment = newest_cutoff(log, days) if cutoff is None else day(cutoff)
        return OwnTask(event_task(declared), log, moment, days, None, self._people, EventFace())

    def snapshot(
        self, folder: str | Path, as_of: str | None = None, *, keep_names: bool = False
    ) -> dict[str, Any]:
        """Write what was known at a moment, as `relgraph snapshot` does; returns its report.

        Ids and names of companies, people and records are pseudonyms keyed by the home, unless `keep_names`.
        Raises UsageError for a moment after now, and for a company that is a snapshot itself.
        """
        if self.home is None:
            raise UsageError("this company is a snapshot already; open the home, with `relgraph.open()`")
        require_learning()
        from relgraph.commands.snapshot import kept

        return kept(self._source.log, self.now, Path(folder), as_of, None if keep_names else self.home)

    def promote(self, entry: "Entry", *, even_if_worse: bool = False) -> str:
        """Fit the model of a comparison on all that is known and let it serve; returns the new model's id.

        Only numbers and text are kept. Raises NotSaveable or NotPromoted, and then what serves stays: a model
        is not promoted whose whole interval lies below the candidate that serves, unless `even_if_worse`.
        """
        from gnn.own_model.errors import NotPromoted
        from gnn.own_model.serve import serve

        if entry.from_file:
            raise NotPromoted(
                f"{entry.task} is a task from a file, which writes no scores; declare it in a package as "
                "docs/learning.md says, then its models can serve"
            )
        home, store = self._source.home, self._source.store
        task = self.task(entry.task, entry.horizon_days)
        return serve(store, task, entry, home or Path(), even_if_worse=even_if_worse)

    def score(self) -> dict[str, Any]:
        """Score every customer as of now with the models that serve, as `relgraph score` does."""
        require_learning()
        from gnn.write_back import score

        store, home = self._source.store, self._source.home or Path()
        limits = self._source.offer_limits
        return score(store, self._source.log, home, now=datetime.now(UTC), as_of=self.now, limits=limits)

    def explain(self, customer_id: str, task: str = "churn") -> pd.DataFrame:
        """The reasons of the customer's score that stands: `text, feature, value, contribution, evidence`.

        Contributions are in log-odds, the difference that it makes to replace the features that a reason
        names by their median over all customers. Empty where there is no score.
        """
        rows = self._source.store.read("explore.reasons", customer_id=customer_id, task=task)
        columns = ["text", "feature", "value", "contribution", "evidence"]
        return pd.DataFrame(orjson.loads(rows[0]["reasons"]) if rows else [], columns=columns)

    def _people(self) -> dict[str, str]:
        """Names of people by id."""
        named: dict[str, str] = {}
        for name, key in (("contacts", "contact_id"), ("employees", "employee_id")):
            frame = self.frames()[name]
            if "name" in frame:
                known = frame[frame["name"].notna()]
                named |= dict(zip(known[key], known["name"], strict=True))
        return named

    def close(self) -> None:
        """Let the engine go; frames that were read stay usable."""
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Company as of {self.now.date()}>"
