"""Neo4j's admin tool on the data of a stopped server."""

import os
import shutil
import subprocess
from pathlib import Path

from devtools.neo4j_server.jars import fetched
from devtools.neo4j_server.server import OPEN

MAIN = "org.neo4j.cli.AdminTool"


def admin(cache: Path, home: Path, words: list[str], heap: str = "1g") -> int:
    """Run `neo4j-admin WORDS…` on the data in `home`; its exit status.

    An import goes into a folder of its own, which takes the place of the data once it is whole:
    broken off, it leaves them as they were.
    """
    if words[:2] == ["database", "import"]:
        return _import(cache, home, words, heap)
    return _run(cache, home, words, heap)


def _import(cache: Path, home: Path, words: list[str], heap: str) -> int:
    database, beside = words[3], home / "import"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(mode=0o700)
    status = _run(cache, beside, words, heap)
    if status == 0:
        for kind in ("databases", "transactions"):
            shutil.rmtree(home / "data" / kind / database, ignore_errors=True)
            (beside / "data" / kind / database).rename(home / "data" / kind / database)
    shutil.rmtree(beside, ignore_errors=True)
    return status


def _run(cache: Path, home: Path, words: list[str], heap: str) -> int:
    conf = home / "conf"
    conf.mkdir(exist_ok=True)
    (conf / "neo4j.conf").touch()
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(conf)}
    command = ["java", f"-Xmx{heap}", "-Duser.timezone=UTC", *OPEN, "-cp", f"{fetched(cache)}/*", MAIN]
    return subprocess.run([*command, *words], check=False, env=environment, cwd=home).returncode
