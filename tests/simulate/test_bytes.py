"""Same seed, same bytes; other seed, other bytes."""

import hashlib
from datetime import date
from pathlib import Path

from simulate import SimulationConfig, simulate


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    config = SimulationConfig(200, 3)
    for name in ("one", "two"):
        simulate(config, tmp_path / name)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert digests(tmp_path / "one-truth") == digests(tmp_path / "two-truth")


def test_another_seed_writes_other_bytes(tmp_path: Path) -> None:
    simulate(SimulationConfig(200, 3), tmp_path / "one")
    simulate(SimulationConfig(200, 4), tmp_path / "two")
    one, two = digests(tmp_path / "one"), digests(tmp_path / "two")
    assert one.keys() == two.keys()
    assert all(one[name] != two[name] for name in one)


def test_history_ends_on_the_given_day(tmp_path: Path) -> None:
    report = simulate(SimulationConfig(200, 3, end=date(2020, 6, 30)), tmp_path / "x")
    assert (report.first_day, report.last_day) == ("2017-07-01", "2020-06-30")
    orders = (tmp_path / "x/erp/sales_orders.csv").read_text().splitlines()
    days = [
        line.split(",")[2]
        for line in orders[1:]
        if line.split(",")[2].startswith(("2017-", "2018-", "2019-", "2020-"))
    ]
    assert min(days) >= "2017-07-01"
    assert max(days) <= "2020-06-30"


def test_size_is_free(tmp_path: Path) -> None:
    small = simulate(SimulationConfig(60, 1), tmp_path / "small")
    large = simulate(SimulationConfig(600, 1), tmp_path / "large")
    assert 80 < large.total_rows / 600 < 140
    assert 80 < small.total_rows / 60 < 150
