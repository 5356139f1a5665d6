"""Which account to show, and through whose eyes."""

from typing import Any

from graph.errors import RelgraphError
from graph.store import Store
from relgraph.answer import ask_account

TRIED = 40
"""Open deals tried, largest first, until one has all that an answer can have."""


class NothingToShow(RelgraphError):
    """No account has anything to answer with."""


def viewer(store: Store) -> str:
    """The employee who looks after most customers: the demo's token is theirs. Raises NothingToShow."""
    row = store.one("demo.busiest_employee")
    if row is None:
        raise NothingToShow("no employee owns a customer; there is nobody to answer to")
    return str(row["employee_id"])


def showcase(store: Store, url: str, token: str) -> dict[str, Any]:
    """The answer for the largest open deal with all the parts, else the largest; raises NothingToShow."""
    answers: list[dict[str, Any]] = []
    for deal in store.read("demo.largest_deals", first=TRIED):
        answer = ask_account(url, token, deal["customer_id"])
        if answer is None:
            continue
        if _complete(answer):
            return answer
        answers.append(answer)
    if not answers:
        raise NothingToShow("no scored customer has an open opportunity")
    return answers[0]


def _complete(answer: dict[str, Any]) -> bool:
    chain, paths = answer["decisionChain"], answer["warmPaths"]
    decides = chain is not None and any(m["role"] == "DECISION_MAKER" for m in chain["members"])
    introduced = bool(paths) and len(paths[0]["steps"]) > 1
    return decides and introduced and answer["churnRisk"] is not None and len(answer["recommendations"]) >= 3
