"""What can be said about a customer, by kind of information: counts from its records, never smoothed ones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gnn.churn.customer_records import GROUPS, CustomerRecords
from gnn.features.feature_set import FeatureSet
from gnn.features.history import DAY
from gnn.features.people import HALF_YEAR
from gnn.reasons import Sentence
from graph.score_view.words import Clause, clause

QUARTER, URGENT_DAYS, YEAR = 90, 180, 365


@dataclass(frozen=True)
class Sentences:
    """Sentences about the customer rows of one feature set; None where there is nothing to count."""

    features: FeatureSet

    @cached_property
    def _records(self) -> CustomerRecords:
        return CustomerRecords(self.features)

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
        order_days = self._records.order_days.get(row)
        if order_days is None:
            return None
        since = int(order_days.min())
        last = clause("silence", since=since)
        if len(order_days) == 1:
            return Sentence((last, clause("silence_only")), since)
        usual = round((order_days.max() - order_days.min()) / (len(order_days) - 1))
        return Sentence((last, clause("silence_usual", usual=usual)), since)

    def _order_trend(self, row: int) -> Sentence:
        horizon, ages = self._horizon, self._records.order_ages(row)
        recent, before = int((ages <= horizon).sum()), int(((ages > horizon) & (ages <= 2 * horizon)).sum())
        return Sentence((clause("order_trend", recent=recent, before=before, days=horizon),), recent)

    def _history(self, row: int) -> Sentence | None:
        ages = self._records.order_ages(row)
        if not len(ages):
            return None
        name = "history" if len(ages) > 1 else "history_one"
        return Sentence((clause(name, orders=len(ages), first=int(ages.max())),), len(ages))

    def _basket(self, row: int) -> Sentence:
        lines, horizon = self._records.lines.get(row), self._horizon
        if lines is None:
            return Sentence((clause("basket_empty"),), 0)
        column, age = lines
        ever, lately = len(np.unique(column)), len(np.unique(column[age <= horizon]))
        if ever > 1:
            return Sentence((clause("basket", ever=ever, lately=lately, days=horizon),), ever)
        name = "basket_still" if lately else "basket_not"
        return Sentence((clause(name, ever=ever, days=horizon),), ever)

    def _people_left(self, row: int) -> Sentence | None:
        gone = self._records.of_row(self._records.gone, row)
        if not gone.any():
            return None
        left, key = int(gone.sum()), int((gone & self.features.people.key).sum())
        clauses = [clause("people_left", left=left, days=round(HALF_YEAR))]
        if key:
            clauses.append(clause("people_left_key", key=key) if left > 1 else clause("people_left_key_one"))
        return Sentence(tuple(clauses), left)

    def _threads(self, row: int) -> Sentence | None:
        here = self._records.of_row(self._records.here, row)
        if not here.any():
            return None
        talking, contacts, days = int((here & self._records.talking).sum()), int(here.sum()), round(HALF_YEAR)
        if contacts == 1:
            return Sentence((clause("threads_only" if talking else "threads_only_not", days=days),), talking)
        return Sentence((clause("threads", talking=talking, contacts=contacts, days=days),), talking)

    def _conversations(self, row: int) -> Sentence | None:
        ages = self._records.talks.get(row)
        if ages is None:
            return None
        recent, before = int((ages <= QUARTER).sum()), int(((ages > QUARTER) & (ages <= 2 * QUARTER)).sum())
        return Sentence((clause("conversations", recent=recent, before=before, days=QUARTER),), recent)

    def _tickets(self, row: int) -> Sentence | None:
        tickets = self._records.ticket_rows.get(row)
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
        deals = self._records.deal_rows.get(row)
        if deals is None:
            return None
        age, closed_age, outcome = deals
        open_ = int(((age <= YEAR) & np.isnan(closed_age)).sum())
        won, lost = (int(((closed_age <= YEAR) & (outcome == ended)).sum()) for ended in ("won", "lost"))
        some = clause("opportunities_ended", won=won, lost=lost)
        ended = some if won or lost else clause("opportunities_none")
        return Sentence((clause("opportunities", open=open_, days=YEAR), ended), open_)

    def _payments(self, row: int) -> Sentence | None:
        invoices = self._records.invoice_rows.get(row)
        if invoices is None:
            return None
        unpaid, overdue = (int(of.sum()) for of in invoices)
        clauses = [clause("payments", unpaid=unpaid, invoices=len(invoices[0]))]
        if overdue:
            clauses.append(clause("payments_overdue", overdue=overdue))
        return Sentence(tuple(clauses), unpaid)

    def _linked(self, row: int) -> Sentence | None:
        buying = self._records.linked(row)
        if not len(buying):
            return None
        quiet = int(self._records.quiet[buying].sum())
        return Sentence((_among(quiet, len(buying), "linked"), self._placed(quiet)), quiet)

    def _placed(self, quiet: int) -> Clause:
        """That some placed no order, or that all did, in the last days."""
        return clause("placed_none" if quiet else "placed", days=self._horizon)

    def _peers(self, row: int) -> Sentence | None:
        """Of the narrowest group that is known."""
        for field in GROUPS:
            name, others = self._records.group_names[field][row], self._records.others(field, row)
            if isinstance(name, str) and len(others):
                quiet = int(self._records.quiet[others].sum())
                who = _among(quiet, len(others), "peers", group=name)
                return Sentence((who, self._placed(quiet)), quiet)
        return None

    def _company(self, row: int) -> Sentence | None:
        people = self.features.history.values["employees"].iloc[row]
        if not people > 0:
            return None
        return Sentence((clause("company", people=round(people)),), round(people))


def _among(number: int, everybody: int, name: str, **more: str) -> Clause:
    """`3 of 12 companies`; where it is none, all of whom the opposite is said: `all 12 companies`."""
    if everybody == 1:
        return clause(f"{name}_only", **more)
    if number:
        return clause(name, number=number, everybody=everybody, **more)
    both = clause(f"{name}_both", **more)
    return both if everybody == 2 else clause(f"{name}_all", everybody=everybody, **more)
