"""Any id a user may hold, to the id that stands today: our own, a retired one, or `source:key`."""

from graph.errors import NotFound
from graph.plan import Ask, Plan, Reader, run


def resolving(label: str, asked: str) -> Plan[str]:
    """The id of the `label` node that answers to `asked`; raises NotFound. Our own ids come first."""
    rows = yield Ask("alias.resolve", {"label": label, "asked": asked, "alias_id": f"{label}|{asked}"})
    if not rows:
        raise NotFound(label, asked)
    return str(min(rows, key=lambda row: (row["rank"], row["id"]))["id"])


def resolve(store: Reader, label: str, asked: str) -> str:
    """The id of the `label` node that answers to `asked`; raises NotFound."""
    return run(store, resolving(label, asked))
