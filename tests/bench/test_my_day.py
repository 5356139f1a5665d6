"""Which warnings of a day were right, by hand."""

from datetime import date

import pytest

from bench.my_day.confirm import Wrong
from bench.my_day.judge import Hit, Warned, judged
from bench.my_day.truth import Planted

DAY = date(2025, 7, 1)
PLANTED = Planted(
    account_of={"erp:9": "A", "crm:A": "A"},
    left={("ann", "A"): date(2025, 6, 1), ("bob", "A"): date(2025, 8, 30)},
    lost_deals={"D": date(2025, 7, 31), "old": date(2025, 6, 30), "far": date(2026, 3, 1)},
    lost_accounts={"A": (date(2025, 5, 1), date(2025, 9, 9))},
    deciders={"D": "eva"},
)


def warned(kind: str, **changes: object) -> Warned:
    values: dict[str, object] = {"rank": 1, "account": "erp:9", "deal": None, "contacts": ()} | changes
    return Warned(kind, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("warning", "hit"),
    [
        (warned("key_person_left", contacts=("crm:ann",)), Hit("leaver", None)),
        (warned("key_person_left", contacts=("crm:bob",)), Hit("leaver", 60)),
        (warned("key_person_left", contacts=("crm:ann",), left=frozenset({"crm:ann"})), None),
        (warned("key_person_left", contacts=("crm:eva",)), None),
        (warned("deal", deal="crm:D"), Hit("lost deal", 30)),
        (warned("deal", deal="crm:old"), None),
        (warned("deal", deal="crm:far"), None),
        (warned("risk"), Hit("loss", 70)),
        (warned("risk", account="erp:1"), None),
        (warned("orders_falling", deal="crm:D", account="erp:1"), None),
        (warned("no_decision_maker", deal="crm:D"), Hit("wrong decider", None)),
        (warned("no_decision_maker", deal="crm:D", decider="crm:eva"), None),
        (warned("decision_maker_uncovered", deal="crm:D"), Hit("lost deal", 30)),
    ],
    ids=str,
)
def test_a_warning_is_right_about_what_its_kind_may_mean(warning: Warned, hit: Hit | None) -> None:
    """What comes to pass within half a year counts from its day; of several the next one."""
    assert judged(warning, DAY, PLANTED) == hit


def test_an_account_without_a_decider_is_no_division_by_nothing() -> None:
    assert (Wrong(0, 0).share, Wrong(4, 3).share) == (0.0, 0.75)
