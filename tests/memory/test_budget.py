"""How the memory is divided, and what of a machine counts as usable."""

from pathlib import Path

import psutil
import pytest
from pydantic import ValidationError

from relgraph.memory import budget, usable_memory
from relgraph.memory.budget import LEAST_HEAP, MOST_HEAP, PYTHON_ITSELF
from relgraph.settings import Settings

GIB, MIB = 1024**3, 1024**2


def settings(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Settings:
    for name in ("NEO4J_URI", "RELGRAPH_MEMORY", "RELGRAPH_ENGINE_HEAP"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return Settings()


@pytest.mark.parametrize("usable", [8 * GIB, 16 * GIB, 24 * GIB, 512 * GIB])
def test_the_parts_add_up_to_half_the_machine(monkeypatch: pytest.MonkeyPatch, usable: int) -> None:
    given = budget(settings(monkeypatch), usable)
    assert given.heap + given.duckdb + given.python == usable // 2
    assert LEAST_HEAP <= given.heap <= MOST_HEAP
    assert given.python >= PYTHON_ITSELF
    assert given.command == given.duckdb + given.python
    assert given.threads >= 1


def test_what_is_set_is_divided_and_a_heap_that_is_set_stands_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    within = budget(settings(monkeypatch, RELGRAPH_MEMORY="6g"), 64 * GIB)
    assert within.heap + within.command == 6 * GIB
    beside = budget(settings(monkeypatch, RELGRAPH_MEMORY="6g", RELGRAPH_ENGINE_HEAP="900m"), 64 * GIB)
    assert (beside.heap, beside.heap_text, beside.command) == (900 * MIB, "900m", 6 * GIB)


@pytest.mark.parametrize(("text", "bytes_"), [("2g", 2 * GIB), ("2GB", 2 * GIB), ("1536Mb", 1536 * MIB)])
def test_a_size_is_written_as_people_do(monkeypatch: pytest.MonkeyPatch, text: str, bytes_: int) -> None:
    given = budget(settings(monkeypatch, RELGRAPH_MEMORY=text, RELGRAPH_ENGINE_HEAP="1GB"), 64 * GIB)
    assert (given.command, given.heap_text) == (bytes_, "1024m")


def test_a_server_of_others_takes_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    given = budget(settings(monkeypatch, RELGRAPH_MEMORY="6g", NEO4J_URI="bolt://127.0.0.1:1"), 64 * GIB)
    assert (given.heap, given.command) == (0, 6 * GIB)


def test_a_small_machine_gets_what_the_parts_need_at_least(monkeypatch: pytest.MonkeyPatch) -> None:
    given = budget(settings(monkeypatch), 1 * GIB)
    assert given.heap == LEAST_HEAP
    assert given.python == PYTHON_ITSELF
    assert given.duckdb_limits.memory >= 256 * MIB


@pytest.mark.parametrize("text", ["2", "0g", "2tb", "2 g", "-1g", "half"])
def test_what_is_no_size_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    for name in ("RELGRAPH_MEMORY", "RELGRAPH_ENGINE_HEAP"):
        with pytest.raises(ValidationError, match=name):
            settings(monkeypatch, **{name: text})


def group(root: Path, path: str, file: str, text: str) -> None:
    folder = root / path
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text(text)


@pytest.mark.parametrize(
    ("membership", "top", "file"),
    [("0::/a/b\n", "", "memory.max"), ("4:cpu,memory:/a/b\n0::/\n", "memory", "memory.limit_in_bytes")],
)
def test_a_limit_of_any_group_above_counts(tmp_path: Path, membership: str, top: str, file: str) -> None:
    (tmp_path / "self").write_text(membership)
    root = tmp_path / "groups"
    group(root / top, "a", file, str(64 * MIB))
    group(root / top, "a/b", file, "max" if not top else str(2**63 - 4096))
    assert usable_memory(root, tmp_path / "self") == 64 * MIB


def test_without_groups_it_is_the_machine(tmp_path: Path) -> None:
    assert usable_memory(tmp_path, tmp_path / "absent") == psutil.virtual_memory().total
    (tmp_path / "self").write_text("0::/../outside\n")
    assert usable_memory(tmp_path, tmp_path / "self") == psutil.virtual_memory().total
