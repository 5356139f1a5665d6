"""What can be said about a customer, by kind of information: counts from its records, never smoothed ones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from gnn.features.feature_set import FeatureSet
from gnn.features.history import DAY, Ints
from gnn.features.neighbours import membership, org_adjacency, silent
from gnn.features.payments import invoices_known
from gnn.features.people import HALF_YEAR, meetings
from graph.score_view.words import Clause, clause, in_words

Array = npt.NDArray[Any]
Bools = npt.NDArray[np.bool_]
QUARTER, URGENT_DAYS, YEAR = 90, 180, 365
GROUPS = ("industry", "region", "country")


@dataclass(frozen=True)
class Sentence:
    """A fact, and what it counts first, in the unit of the words; 0 where they say `none`."""

    clauses: tuple[Clause, ...]
    value: float

    @property
    def text(self) -> str:
        """It in English."""
        return in_words(self.clauses, "en")


@dataclass(frozen=True)
class Sentences:
    """Sentences about the customer rows of one feature set; None where there is nothing to count."""

    features: FeatureSet

    def of(self, kind: str, row: int) -> Sentence | None:
        """The sentence of a kind of information about a customer."""
        return self._of_kind[kind](row)

    @cached_property
    def _of_kind(self) -> Mapping[str, Callable[[int], Sentence | None]]:
        return {
            "silence": self._silence,
            "order_trend": self._order_trend,
            "history": self._history,
            "basket": self._basket,
            "people_left": self._people_left,
            "threads": self._threads,
            "conversations": self._conversations,
            "tickets": self._tickets,
            "opportunities": self._opportunities,
            "payments": self._payments,
            "linked_companies": self._linked,
            "peers": self._peers,
            "company": self._company,
        }

    @property
    def _horizon(self) -> int:
        return round(self.features.history.horizon / DAY)

    def _silence(self, row: int) -> Sentence | None:
        order_days = self._order_days.get(row)
        if order_days is None:
            return None
        since = int(order_days.min())
        last = clause("silence", since=since)
        if len(order_days) == 1:
            return Sentence((last, clause("silence_only")), since)
        usual = round((order_days.max() - order_days.min()) / (len(order_days) - 1))
        return Sentence((last, clause("silence_usual", usual=usual)), since)

    def _order_trend(self, row: int) -> Sentence:
        horizon, ages = self._horizon, self._order_ages(row)
        recent, before = int((ages <= horizon).sum()), int(((ages > horizon) & (ages <= 2 * horizon)).sum())
        return Sentence((clause("order_trend", recent=recent, before=before, days=horizon),), recent)

    def _history(self, row: int) -> Sentence | None:
        ages = self._order_ages(row)
        if not len(ages):
            return None
        name = "history" if len(ages) > 1 else "history_one"
        return Sentence((clause(name, orders=len(ages), first=int(ages.max())),), len(ages))

    def _basket(self, row: int) -> Sentence:
        lines, horizon = self._lines.get(row), self._horizon
        if lines is None:
            return Sentence((clause("basket_empty"),), 0)
        column, age = lines
        ever, lately = len(np.unique(column)), len(np.unique(column[age <= horizon]))
        if ever > 1:
            return Sentence((clause("basket", ever=ever, lately=lately, days=horizon),), ever)
        name = "basket_still" if lately else "basket_not"
        return Sentence((clause(name, ever=ever, days=horizon),), ever)

    def _people_left(self, row: int) -> Sentence | None:
        gone = self._of_row(self._gone, row)
        if not gone.any():
            return None
        left, key = int(gone.sum()), int((gone & self.features.people.key).sum())
        clauses = [clause("people_left", left=left, days=round(HALF_YEAR))]
        if key:
            clauses.append(clause("people_left_key", key=key) if left > 1 else clause("people_left_key_one"))
        return Sentence(tuple(clauses), left)

    def _threads(self, row: int) -> Sentence | None:
        here = self._of_row(self._here, row)
        if not here.any():
            return None
        talking, contacts, days = int((here & self._talking).sum()), int(here.sum()), round(HALF_YEAR)
        if contacts == 1:
            return Sentence((clause("threads_only" if talking else "threads_only_not", days=days),), talking)
        return Sentence((clause("threads", talking=talking, contacts=contacts, days=days),), talking)

    def _conversations(self, row: int) -> Sentence | None:
        ages = self._talks.get(row)
        if ages is None:
            return None
        recent, before = int((ages <= QUARTER).sum()), int(((ages > QUARTER) & (ages <= 2 * QUARTER)).sum())
        return Sentence((clause("conversations", recent=recent, before=before, days=QUARTER),), recent)

    def _tickets(self, row: int) -> Sentence | None:
        tickets = self._ticket_rows.get(row)
        if tickets is None:
            return None
        age, open_, urgently = tickets
        recent, still = int((age <= QUARTER).sum()), int((open_ & (age <= YEAR)).sum())
        urgent = int((urgently & (age <= URGENT_DAYS)).sum())
        clauses = [clause("tickets", recent=recent, days=QUARTER)]
        if urgent:
            clauses.append(clause("tickets_urgent", urgent=urgent, days=URGENT_DAYS))
        if still:
            clauses.append(clause("tickets_open", still=still, days=YEAR))
        return Sentence(tuple(clauses), recent)

    def _opportunities(self, row: int) -> Sentence | None:
        deals = self._deal_rows.get(row)
        if deals is None:
            return None
        age, closed_age, outcome = deals
        open_ = int(((age <= YEAR) & np.isnan(closed_age)).sum())
        won, lost = (int(((closed_age <= YEAR) & (outcome == ended)).sum()) for ended in ("won", "lost"))
        some = clause("opportunities_ended", won=won, lost=lost)
        ended = some if won or lost else clause("opportunities_none")
        return Sentence((clause("opportunities", open=open_, days=YEAR), ended), open_)

    def _payments(self, row: int) -> Sentence | None:
        invoices = self._invoice_rows.get(row)
        if invoices is None:
            return None
        unpaid, overdue = (int(of.sum()) for of in invoices)
        clauses = [clause("payments", unpaid=unpaid, invoices=len(invoices[0]))]
        if overdue:
            clauses.append(clause("payments_overdue", overdue=overdue))
        return Sentence(tuple(clauses), unpaid)

    def _linked(self, row: int) -> Sentence | None:
        linked = self._links.indices[self._links.indptr[row] : self._links.indptr[row + 1]]
        buying = linked[self.features.history.has_order[linked]]
        if not len(buying):
            return None
        quiet = int(self._quiet[buying].sum())
        return Sentence((_among(quiet, len(buying), "linked"), self._placed(quiet)), quiet)

    def _placed(self, quiet: int) -> Clause:
        """That some placed no order, or that all did, in the last days."""
        return clause("placed_none" if quiet else "placed", days=self._horizon)

    def _peers(self, row: int) -> Sentence | None:
        """Of the narrowest group that is known."""
        for field in GROUPS:
            name, others = self._group_names[field][row], self._others(field, row)
            if isinstance(name, str) and len(others):
                quiet = int(self._quiet[others].sum())
                who = _among(quiet, len(others), "peers", group=name)
                return Sentence((who, self._placed(quiet)), quiet)
        return None

    def _company(self, row: int) -> Sentence | None:
        people = self.features.history.values["employees"].iloc[row]
        if not people > 0:
            return None
        return Sentence((clause("company", people=round(people)),), round(people))

    def _others(self, field: str, row: int) -> Ints:
        """Other customers of the group that have ordered."""
        groups = self._groups[field]
        own = groups.indices[groups.indptr[row] : groups.indptr[row + 1]]
        if not len(own):
            return np.empty(0, dtype=np.int64)
        members = groups[:, int(own[0])].nonzero()[0]
        return np.asarray(
            members[(members != row) & self.features.history.has_order[members]], dtype=np.int64
        )

    @cached_property
    def _group_names(self) -> dict[str, list[Any]]:
        return {field: list(self.features.history.values[field]) for field in GROUPS}

    @cached_property
    def _groups(self) -> dict[str, sparse.csr_matrix]:
        return {field: membership(self.features.history, field) for field in GROUPS}

    @cached_property
    def _links(self) -> sparse.csr_matrix:
        return org_adjacency(self.features.history)

    @cached_property
    def _quiet(self) -> Bools:
        return np.asarray(silent(self.features.history) > 0)

    def _of_row(self, jobs: Bools, row: int) -> Bools:
        return np.asarray(jobs & (self._job_rows == row))

    @cached_property
    def _job_rows(self) -> Ints:
        return np.asarray(self.features.people.jobs["row"], dtype=np.int64)

    @cached_property
    def _here(self) -> Bools:
        return np.asarray(self.features.people.jobs["left"].isna())

    @cached_property
    def _gone(self) -> Bools:
        return np.asarray(self.features.people.jobs["left"] <= HALF_YEAR)

    @cached_property
    def _talking(self) -> Bools:
        return np.asarray(self.features.people.talk_counts(0, HALF_YEAR) > 0)

    def _order_ages(self, row: int) -> npt.NDArray[np.float64]:
        return self._ages.get(row, np.empty(0))

    @cached_property
    def _ages(self) -> dict[int, Array]:
        return _one_by_row(self.features.history.sales, "age")

    @cached_property
    def _order_days(self) -> dict[int, Array]:
        return {row: np.unique(np.floor(ages)) for row, ages in self._ages.items()}

    @cached_property
    def _talks(self) -> dict[int, Array]:
        return _one_by_row(meetings(self.features.history, self.features.people), "age")

    @cached_property
    def _lines(self) -> dict[int, tuple[Array, ...]]:
        """Product and age of each line that was bought."""
        return _by_row(self.features.history.purchases, "column", "age")

    @cached_property
    def _ticket_rows(self) -> dict[int, tuple[Array, ...]]:
        """Age, whether it is open, whether it is urgent."""
        history = self.features.history
        tickets = history.log["tickets"]
        return _by_row(
            pd.DataFrame(
                {
                    "row": history.rows(tickets["customer_id"]),
                    "age": history.age(tickets["opened_at"]),
                    "open": tickets["closed_at"].isna().to_numpy(),
                    "urgent": (tickets["urgent"] > 0).to_numpy(),
                }
            ),
            "age", "open", "urgent",
        )  # fmt: skip

    @cached_property
    def _invoice_rows(self) -> dict[int, tuple[Array, ...]]:
        """Whether it is unpaid, whether it is overdue."""
        return _by_row(invoices_known(self.features.history), "unpaid", "overdue")

    @cached_property
    def _deal_rows(self) -> dict[int, tuple[Array, ...]]:
        """Age, days since it ended (missing while it goes on), how it ended."""
        history = self.features.history
        deals = history.log["opportunities"]
        return _by_row(
            pd.DataFrame(
                {
                    "row": history.rows(deals["customer_id"]),
                    "age": history.age(deals["opened_at"]),
                    "closed_age": history.age(deals["closed_at"]),
                    "outcome": deals["outcome"].astype(object).to_numpy(),
                }
            ),
            "age", "closed_age", "outcome",
        )  # fmt: skip


def _among(number: int, everybody: int, name: str, **more: str) -> Clause:
    """`3 of 12 companies`; where it is none, all of whom the opposite is said: `all 12 companies`."""
    if everybody == 1:
        return clause(f"{name}_only", **more)
    if number:
        return clause(name, number=number, everybody=everybody, **more)
    both = clause(f"{name}_both", **more)
    return both if everybody == 2 else clause(f"{name}_all", everybody=everybody, **more)


def _by_row(frame: pd.DataFrame, *columns: str) -> dict[int, tuple[Array, ...]]:
    """These columns of each customer's rows; rows of no known customer are left out."""
    known = frame[frame["row"] >= 0].sort_values("row", kind="stable")
    rows, starts = np.unique(known["row"].to_numpy(), return_index=True)
    parts = (np.split(known[column].to_numpy(), starts[1:]) for column in columns)
    return dict(zip(rows.tolist(), zip(*parts, strict=True), strict=False))  # no rows: one empty part


def _one_by_row(frame: pd.DataFrame, column: str) -> dict[int, Array]:
    return {row: one.astype(np.float64) for row, (one,) in _by_row(frame, column).items()}
