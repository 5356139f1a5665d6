"""Reasons for the chance of a deal or lead: what each kind of information adds, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from gnn.churn.evidence import LIMIT, EvidenceIds
from gnn.churn.reasons import EVIDENCE
from gnn.churn.sentences import Sentences
from gnn.deals.models import ACCOUNT, STAGE, DealModel
from gnn.deals.table import TABLES, DealTable, Kind, days_open, open_deals, won
from gnn.features.feature_set import FeatureSet
from gnn.features.history import Doubles, Ints, newest_values
from gnn.reasons import Explainer, Reason, Sentence, Wording
from graph.score_view.words import clause

WORDING = Wording("raises_chance", "lowers_chance", least=0.02)
"""Of log-odds."""
FEWEST = 2
"""Other open deals to compare an amount with."""


@dataclass(frozen=True)
class DealRecords:
    """What sentences about the open deals of one feature set count; rows are those of a `DealTable`."""

    features: FeatureSet
    table: DealTable
    kind: Kind

    @cached_property
    def age(self) -> Doubles:
        """Days since each was opened."""
        deals = open_deals(self.features.history, self.kind)
        return np.asarray(self.features.history.age(deals["opened_at"]), dtype=np.float64)

    @cached_property
    def usual(self) -> float:
        """The median of the days that those took which ended; missing where none did."""
        return float(days_open(self._every_ended).median())

    def ended(self, row: int) -> pd.DataFrame:
        """Those of the same customer that ended, newest first."""
        customer = int(self.table.account[row])
        found: pd.DataFrame = self._every_ended[(self._ended_at == customer) & (customer >= 0)]
        return found

    @cached_property
    def _ended_at(self) -> Ints:
        """Row numbers of the customers of those that ended."""
        return self.features.history.rows(self._every_ended["customer_id"])

    @cached_property
    def _every_ended(self) -> pd.DataFrame:
        name, key = TABLES[self.kind]
        every = self.features.history.log[name]
        return every[every["closed_at"].notna()].sort_values(["closed_at", key], ascending=[False, True])

    def roles(self, row: int) -> pd.DataFrame:
        """The parts that people hold on it."""
        found: pd.DataFrame = self._roles[self._roles["opportunity_id"] == self.table.ids[row]]
        return found

    @cached_property
    def _roles(self) -> pd.DataFrame:
        roles = self.features.history.log["deal_roles"]
        return roles[roles["valid_to"].isna()]

    @cached_property
    def stated(self) -> pd.DataFrame:
        """Stage, amount and planned end, as their source stated them then."""
        versions = self.features.history.log["deal_values"]
        versions = versions[versions["kind"] == self.kind].drop(columns="kind")
        return newest_values(versions, "deal_id", self.table.ids)

    @cached_property
    def due_in(self) -> Doubles:
        """Days until the planned end; below 0 after it."""
        return -np.asarray(self.features.history.age(self.stated["expected_at"]), dtype=np.float64)


@dataclass(frozen=True)
class DealSentences:
    """Sentences about open deals, and about the customers of these."""

    records: DealRecords

    def of(self, kind: str, row: int) -> Sentence | None:
        """The sentence of a kind of information about a deal; None where there is nothing to count."""
        if kind.startswith(ACCOUNT):
            return self._of_account(kind.removeprefix(ACCOUNT), int(self.records.table.account[row]))
        return self._of_kind[kind](row)

    @cached_property
    def _of_kind(self) -> Mapping[str, Callable[[int], Sentence | None]]:
        return {
            "age": self._age,
            "ended_before": self._ended_before,
            "people": self._people,
            STAGE: self._stage,
            "amount": self._amount,
            "due": self._due,
        }

    @cached_property
    def _customers(self) -> Sentences:
        return Sentences(self.records.features)

    def _of_account(self, kind: str, account: int) -> Sentence | None:
        found = self._customers.of(kind, account) if account >= 0 else None
        return None if found is None else Sentence((clause("of_customer"), *found.clauses), found.value)

    def _age(self, row: int) -> Sentence:
        age = int(self.records.age[row])
        usual = self.records.usual
        more = (clause("deal_age_usual", usual=round(usual)),) if np.isfinite(usual) else ()
        return Sentence((clause("deal_age", age=age), *more), age)

    def _ended_before(self, row: int) -> Sentence | None:
        if self.records.table.account[row] < 0:
            return None
        ended = self.records.ended(row)
        if not len(ended):
            return Sentence((clause("ended_none"),), 0)
        well = int(won(ended).sum())
        return Sentence((clause("ended_before", ended=len(ended), won=well),), well)

    def _people(self, row: int) -> Sentence:
        roles = self.records.roles(row)
        people = int(roles["contact_id"].nunique())
        if not people:
            return Sentence((clause("deal_nobody"),), 0)
        counts = {name: int(roles["role"].eq(name).sum()) for name in ("champion", "blocker")}
        said = [clause("deal_people", people=people)]
        said += [clause(f"deal_{name}", number=number) for name, number in counts.items() if number]
        return Sentence(tuple(said), people)

    def _stage(self, row: int) -> Sentence | None:
        stage = self.records.table.stages[row]
        if stage is None:
            return None
        return Sentence((clause("deal_stage", stage=" ".join(str(stage).split())),), 0)

    def _amount(self, row: int) -> Sentence | None:
        """Among those whose amount is known."""
        amounts = self.records.stated["amount"].to_numpy(dtype=np.float64)
        everybody = int(np.isfinite(amounts).sum()) - 1
        if everybody < FEWEST or not np.isfinite(amounts[row]):
            return None
        number = int((amounts < amounts[row]).sum())
        if not number:
            return Sentence((clause("deal_amount_least"),), 0)
        return Sentence((clause("deal_amount", number=number, everybody=everybody),), number)

    def _due(self, row: int) -> Sentence | None:
        days = self.records.due_in[row]
        if not np.isfinite(days):
            return None
        whole = int(abs(days))
        return Sentence((clause("deal_due" if days >= 0 else "deal_overdue", days=whole),), whole)


@dataclass(frozen=True)
class DealEvidence:
    """Typed ids behind what is said of open deals."""

    records: DealRecords
    of_customers: EvidenceIds

    def of(self, kind: str, row: int) -> list[str]:
        """At most five, newest first."""
        if kind.startswith(ACCOUNT):
            behind = EVIDENCE.get(kind.removeprefix(ACCOUNT))
            return self.of_customers.of(behind, int(self.records.table.account[row]))
        if kind == "people":
            roles = self.records.roles(row)
            people = roles.sort_values(["valid_from", "contact_id"], ascending=[False, True])
            return [f"Contact:{one}" for one in people["contact_id"].unique()[:LIMIT]]
        if kind == "ended_before":
            label, (_, key) = self.records.kind, TABLES[self.records.kind]
            return [f"{label}:{one}" for one in self.records.ended(row)[key].head(LIMIT)]
        return []


def deal_reasons(
    model: DealModel, features: FeatureSet, table: DealTable, kind: Kind, scale: float
) -> Callable[[int], list[Reason]]:
    """The strongest reasons for the chance of a row of the table.

    `scale` is the log-odds of the probability per unit of the model's log-odds.
    """
    records = DealRecords(features, table, kind)
    parts = {name: scale * part for name, part in model.parts(table).items()}
    ids = DealEvidence(records, EvidenceIds(features))
    return Explainer(parts, DealSentences(records).of, ids.of, WORDING).reasons
