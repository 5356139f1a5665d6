"""Products that the customers' opportunities and tickets are about."""

import pandas as pd

from gnn.features.history import History

RECORDS = {"opportunity": ("opportunities", "opportunity_id"), "ticket": ("tickets", "ticket_id")}
"""Kind of a row of `interests` → the table of what is about the product, and its key."""


def subjects(history: History) -> pd.DataFrame:
    """`kind`, `row` of the customer, `column` of the product, `age` in days, and whether it is `open`.

    Without products that nobody bought before the cut-off, and without what has no customer.
    """
    about = history.log["interests"]
    parts = [
        about[about["kind"] == kind].merge(
            history.log[table][[key, "customer_id", "closed_at"]], left_on="source_id", right_on=key
        )
        for kind, (table, key) in RECORDS.items()
    ]
    told = pd.concat(parts, ignore_index=True)
    found = pd.DataFrame(
        {
            "kind": told["kind"],
            "row": history.rows(told["customer_id"]),
            "column": history.columns(told["product_id"]),
            "age": history.age(told["at"]),
            "open": told["closed_at"].isna(),
        }
    )
    return found[(found["row"] >= 0) & (found["column"] >= 0) & found["age"].notna()]
