"""The true answers about people: who decides, who reports to whom, who knows whom; keys as in the CRM
exports."""

from pathlib import Path

import pandas as pd

from simulate.oracle.read import TruthMissing


def _read(truth_dir: Path, name: str) -> pd.DataFrame:
    path = truth_dir / name
    if not path.is_file():
        raise TruthMissing(truth_dir)
    return pd.read_parquet(path)


def true_roles(truth_dir: Path) -> dict[str, dict[str, tuple[str, int]]]:
    """Opportunity id → contact id → (role, stance)."""
    found: dict[str, dict[str, tuple[str, int]]] = {}
    table = _read(truth_dir, "roles.parquet")
    rows = zip(table["opportunity_id"], table["contact_id"], table["role"], table["stance"], strict=True)
    for deal, contact, role, stance in rows:
        found.setdefault(str(deal), {})[str(contact)] = (str(role), int(stance))
    return found


def true_decision_makers(truth_dir: Path) -> dict[str, str]:
    """Opportunity id → contact id of its one decision maker."""
    table = _read(truth_dir, "roles.parquet")
    table = table[table["role"] == "decision_maker"]
    return dict(zip(table["opportunity_id"], table["contact_id"], strict=True))


def true_managers(truth_dir: Path) -> dict[str, str]:
    """Contact id → contact id of the superior, in the present job of everybody who has one."""
    table = _read(truth_dir, "jobs.parquet")
    table = table[(table["manager_id"] != "") & (table["to"] == "")].drop_duplicates(
        "contact_id", keep="last"
    )
    return dict(zip(table["contact_id"], table["manager_id"], strict=True))


def true_champions(truth_dir: Path) -> dict[str, str]:
    """Account id → contact id of its present champion, where there is one."""
    table = _read(truth_dir, "champions.parquet")
    table = table[table["to"] == ""]
    return dict(zip(table["account_id"], table["contact_id"], strict=True))


def true_doubles(truth_dir: Path) -> list[tuple[str, str, str]]:
    """(system, id, second id) of every company that stands twice."""
    table = _read(truth_dir, "doubles.parquet")
    return list(zip(table["system"], table["id"], table["double_id"], strict=True))


def true_ties(truth_dir: Path) -> dict[tuple[str, str], int]:
    """(user id, contact id) → delivered mails between them."""
    table = _read(truth_dir, "ties.parquet")
    return {
        (str(u), str(c)): int(n)
        for u, c, n in zip(table["user_id"], table["contact_id"], table["mails"], strict=True)
    }
