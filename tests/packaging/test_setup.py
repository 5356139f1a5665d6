"""`make` on a machine that lacks something says so in a sentence; the pins hold what the project declares."""

import re
import shutil
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.paths import REPO

TARGETS = ("setup", "demo", "test", "test-all", "lint", "serve", "notebook", "bench", "neo4j", "help")
TOO_OLD = '#!/bin/sh\nif [ "$1" = --version ]; then echo Python 3.9.2; fi\nexit 1\n'
WITHOUT_ENSUREPIP = '#!/bin/sh\ncase "$*" in *ensurepip*) exit 1;; *) exit 0;; esac\n'


def create_venv(python: Path, target: Path) -> subprocess.CompletedProcess[str]:
    """Run the step of `make setup` that makes the virtual environment, with another interpreter."""
    command = ["env", f"PYTHON={python}", str(REPO / ".ci" / "venv"), str(target)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        (TOO_OLD, "Python 3.11 or newer is needed; Python 3.9.2"),
        (WITHOUT_ENSUREPIP, "apt-get install python3-venv"),
    ],
)
def test_setup_says_what_is_missing_and_leaves_nothing(script: str, sentence: str, tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text(script, encoding="utf-8")
    python.chmod(0o755)
    done = create_venv(python, tmp_path / "venv")
    assert done.returncode == 1
    assert sentence in done.stderr
    assert not (tmp_path / "venv").exists()


def test_make_help_lists_every_target() -> None:
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    done = subprocess.run(["make", "help"], cwd=REPO, capture_output=True, text=True, timeout=30, check=True)
    lines = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert set(TARGETS) <= set(lines)


def pins() -> dict[str, str]:
    """Pinned version per canonical package name."""
    lines = (REPO / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if not line.startswith("#")]
    assert [line for line in pinned if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+", line)] == []
    return {str(canonicalize_name(name)): version for name, version in (line.split("==") for line in pinned)}


def test_every_declared_package_is_pinned_within_its_bounds() -> None:
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
    ]
    pinned = pins()
    outside = [
        line
        for line in map(Requirement, lines)
        if not line.specifier.contains(pinned.get(str(canonicalize_name(line.name)), "0"), prereleases=True)
    ]
    assert outside == []


def test_what_runs_these_tests_is_what_is_pinned() -> None:
    names = ("pytest", "neo4j", "duckdb", "fastapi", "arcadedb-embedded")
    assert {name: metadata.version(name) for name in names} == {name: pins()[name] for name in names}
