"""Features from the people of a customer: who is there, who left, how many threads hold the account."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from gnn.features.history import Floats, History
from gnn.features.sums import count, highest, lowest, ratio, share

HALF_YEAR = 182.0
SENIOR = ("owner", "c_level", "vp", "director")
KEY_ROLES = ("champion", "decision_maker", "economic_buyer", "approver")


@dataclass(frozen=True)
class People:
    """Contacts by job: each row one job of one contact, with what we know of the contact."""

    history: History

    @cached_property
    def jobs(self) -> pd.DataFrame:
        """`contact_id`, customer `row`, `since` and `left` in days before the cut-off (NaN: still there)."""
        jobs = self.history.log["jobs"]
        frame = pd.DataFrame({"contact_id": jobs["contact_id"], "senior": jobs["seniority"].isin(SENIOR)})
        frame["row"] = self.history.rows(jobs["customer_id"])
        frame["since"] = self.history.age(jobs["valid_from"])
        frame["left"] = self.history.age(jobs["valid_to"])
        frame = frame[frame["row"] >= 0].sort_values(
            ["contact_id", "row", "since"], ascending=[True, True, False]
        )
        return frame.drop_duplicates(["contact_id", "row"], keep="last").reset_index(drop=True)

    @cached_property
    def key(self) -> npt.NDArray[np.bool_]:
        """Per job: the person stood for us in a deciding role, or was the customer's most active contact."""
        return self.champion | self.busiest

    @cached_property
    def champion(self) -> npt.NDArray[np.bool_]:
        """Per job: a champion, or a decision maker or buyer contacts was not against us."""
        roles = self.history.log["roles"]
        for_us = roles["role"].isin(KEY_ROLES) & ~(roles["stance"] < 1)
        for_us |= roles["role"].eq("champion")
        return self.jobs["contact_id"].isin(roles.loc[for_us, "contact_id"]).to_numpy()

    @cached_property
    def talks(self) -> pd.DataFrame:
        """Per contact and talk: `job` number, `row`, `age` in days, `inbound`, `interaction` number."""
        taken, events = self.history.log["participations"], self.history.log["interactions"]
        taken = taken[taken["side"] == "contact"]
        places = pd.Index(events["interaction_id"]).get_indexer(taken["interaction_id"])
        met = pd.DataFrame({"contact_id": taken["person_id"].to_numpy(), "interaction": places})
        met["age"] = self.history.age(events["at"])[places]
        met["inbound"] = events["direction"].eq("inbound").to_numpy()[places]
        jobs = self.jobs.assign(job=np.arange(len(self.jobs)))
        talks = met.merge(jobs, on="contact_id")
        talks = talks[~(talks["left"] > talks["age"] + 1) & (talks["since"] >= talks["age"] - 1)]
        return talks[["job", "row", "age", "inbound", "interaction"]].reset_index(drop=True)

    def talk_counts(self, newest: float, oldest: float) -> Floats:
        """Interactions per job with an age in [newest, oldest) days."""
        age = self.talks["age"].to_numpy()
        return count(self.talks["job"].to_numpy(), len(self.jobs), (age >= newest) & (age < oldest))

    @cached_property
    def busiest(self) -> npt.NDArray[np.bool_]:
        """Per job: the customer's contact with most interactions in the last two years (at least three)."""
        jobs = self.jobs.assign(talks=self.talk_counts(0, 730))
        top = jobs.groupby("row")["talks"].transform("max")
        return ((jobs["talks"] == top) & (top >= 3)).to_numpy()


def people(history: History, contacts: People) -> dict[str, Floats]:
    """Contacts present and gone, key people lost lately, and the number of live threads."""
    size, jobs = history.shape[0], contacts.jobs
    rows, left = jobs["row"].to_numpy(), jobs["left"].to_numpy()
    here, gone_lately = np.isnan(left), left <= HALF_YEAR
    live = contacts.talk_counts(0, HALF_YEAR)
    threads = count(rows, size, (live > 0) & here)
    return {
        "contacts": np.log1p(count(rows, size, here)),
        "contacts_left": np.log1p(count(rows, size, ~here)),
        "contacts_left_recent": count(rows, size, gone_lately),
        "key_left_recent": count(rows, size, gone_lately & contacts.key),
        "champion_left_recent": count(rows, size, gone_lately & contacts.champion),
        "champion_left": count(rows, size, ~here & contacts.champion),
        "champions": np.log1p(count(rows, size, here & contacts.champion)),
        "seniors": np.log1p(count(rows, size, here & jobs["senior"].to_numpy())),
        "threads": np.log1p(threads),
        "single_thread": (threads == 1).astype(np.float32),
        "no_thread": ((threads == 0) & (count(rows, size) > 0)).astype(np.float32),
    }


def contact_frequency(history: History, contacts: People) -> dict[str, Floats]:
    """How often we talk, whether it falls off, and how much hangs on one person."""
    size, met = history.shape[0], meetings(history, contacts)
    rows, age = met["row"].to_numpy(), met["age"].to_numpy()
    inbound = met["inbound"].to_numpy()
    recent, before = age <= 90, (age > 90) & (age <= 180)
    live = contacts.talk_counts(0, HALF_YEAR)
    top = highest(contacts.jobs["row"].to_numpy(), live.astype(np.float64), size, 0.0)
    per_customer = np.bincount(contacts.jobs["row"], weights=live, minlength=size).astype(np.float32)
    return {
        "talk_recency": np.log1p(lowest(rows, age, size, 1825.0)),
        "talks_recent": np.log1p(count(rows, size, recent)),
        "talks_before": np.log1p(count(rows, size, before)),
        "talk_trend": ratio(count(rows, size, recent), count(rows, size, before)),
        "inbound_recent": np.log1p(count(rows, size, recent & inbound)),
        "inbound_trend": ratio(count(rows, size, recent & inbound), count(rows, size, before & inbound)),
        "top_thread_share": share(top, per_customer),
    }


def meetings(history: History, contacts: People) -> pd.DataFrame:
    """Interactions per customer, each once: those filed under it, and those its contacts took part in."""
    filed = history.log["interactions"]
    direct = pd.DataFrame({"interaction": np.arange(len(filed)), "row": history.rows(filed["customer_id"])})
    direct["age"], direct["inbound"] = history.age(filed["at"]), filed["direction"].eq("inbound")
    both = pd.concat([direct[direct["row"] >= 0], contacts.talks.drop(columns="job")])
    return both.drop_duplicates(["interaction", "row"])
