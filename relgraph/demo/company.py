"""The simulated company of the demo, made once per size and seed."""

import shutil
from pathlib import Path
from typing import NamedTuple

from graph import census, migrations
from graph.errors import RelgraphError
from graph.private import private_folder
from graph.store import Store
from simulate import SimulationConfig, simulate


class ForeignData(RelgraphError):
    """The graph already holds something else."""

    def __init__(self, home: Path) -> None:
        super().__init__(
            "this graph already holds data that is not this demo's; point RELGRAPH_HOME at an empty folder "
            f"(now {home}) or NEO4J_URI at an empty database, and run the demo again"
        )


class Company(NamedTuple):
    """Where the exports and, apart from them, the truth lie."""

    exports: Path
    truth: Path


def make_company(home: Path, customers: int, seed: int) -> Company:
    """Exports and truth under `home`; a half-written set from a killed run is made again."""
    name = f"company-{customers}-{seed}"
    private_folder(home / "demo")
    company = Company(home / "demo" / name, home / "demo" / f"{name}-truth")
    if not company.exports.exists():
        draft = home / "demo" / f"{name}.new"
        for leftover in (draft, company.truth):
            shutil.rmtree(leftover, ignore_errors=True)
        simulate(SimulationConfig(customers, seed), draft, company.truth)
        draft.rename(company.exports)
    return company


def require_ours(store: Store, home: Path, company: Company) -> None:
    """Refuse a graph that was filled by anything but this demo. Raises ForeignData."""
    mark = home / "demo" / "loaded"
    ours = f"{company.exports.name} {migrations.state(store).database_id}"
    known = mark.read_text(encoding="utf-8") if mark.exists() else ""
    if known != ours and census.take(store).nodes:
        raise ForeignData(home)
    mark.write_text(ours, encoding="utf-8")


def simulated_key(record_id: str | None) -> str:
    """The key by which the simulation's truth knows a record of the graph."""
    return (record_id or "").partition(":")[2]
