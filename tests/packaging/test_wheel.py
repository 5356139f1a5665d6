"""What a user gets from `pip install .`: all of it, nothing else, and usable without torch."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.paths import REPO

PACKAGES = ("cypher", "graph", "ingest", "gnn", "graphql_api", "relgraph", "simulate")
STAYS_BEHIND = ("graphql_api/graphiql/",)
"""The recipe that builds GraphiQL's assets; only its output would be of use, and it is not in git."""

IMPORT_ALL = """
import importlib, pkgutil, sys
for absent in ("torch", "torch_geometric", "sklearn"):
    sys.modules[absent] = None
count = 0
for name in ("cypher", "graph", "ingest", "graphql_api", "relgraph", "simulate"):
    package = importlib.import_module(name)
    assert package.__file__.startswith(sys.argv[1]), package.__file__
    for found in pkgutil.walk_packages(package.__path__, name + ".", onerror=lambda failed: None):
        learns = found.name.startswith("relgraph.demo")  # it trains; its command asks for torch first
        if not found.name.endswith("__main__") and not learns:
            importlib.import_module(found.name)
            count += 1
from relgraph.cli import build
build()
print(count)
"""


def listed() -> list[str]:
    """Every file of the working tree that git knows or would take."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=True)
    return [name for name in done.stdout.splitlines() if (REPO / name).is_file()]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from a clean copy of the tree, unpacked."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    for name in listed():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPO / name, source / name)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--wheel-dir", str(built), str(source)], check=True, timeout=200)
    (wheel,) = built.glob("relgraph-*.whl")
    target = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


@pytest.mark.slow
def test_every_file_of_the_packages_travels(unpacked: Path) -> None:
    wanted = {
        name
        for name in listed()
        if name.split("/")[0] in PACKAGES and "/" in name and not name.startswith(STAYS_BEHIND)
    }
    missing = sorted(name for name in wanted if not (unpacked / name).is_file())
    assert missing == []


def test_nothing_else_travels(unpacked: Path) -> None:
    folders = {path.name for path in unpacked.iterdir()}
    assert {name for name in folders if not name.endswith(".dist-info")} == set(PACKAGES)
    assert not list(unpacked.rglob("node_modules"))
    assert not list(unpacked.rglob("test_*.py"))


def test_the_licence_travels(unpacked: Path) -> None:
    (licence,) = unpacked.glob("*.dist-info/licenses/LICENSE")
    assert "Apache License" in licence.read_text(encoding="utf-8")


@pytest.mark.slow
def test_everything_but_learning_imports_without_torch(
    unpacked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(unpacked))
    command = [sys.executable, "-W", "error", "-c", IMPORT_ALL, str(unpacked)]
    done = subprocess.run(command, cwd=unpacked, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.splitlines()[-1]) > 40
