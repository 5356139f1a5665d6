"""`@neo4j/graphql`: installed once by npm outside the tree, served by Node on loopback."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.engines import Bed
from bench.server import address
from bench.serving.questions import library_file
from graph.errors import RelgraphError

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "relgraph-bench"
SERVER = "server.mjs"


class LibraryNotAvailable(RelgraphError):
    """`@neo4j/graphql` cannot be installed or started here; the message says what is missing."""


def missing() -> str | None:
    """What this machine lacks, or None."""
    lacking = [tool for tool in ("node", "npm") if shutil.which(tool) is None]
    return f"`{lacking[0]}` is not installed" if lacking else None


def installed() -> Path:
    """The folder with the library and our server beside it; npm's client fetches it the first time.

    Raises LibraryNotAvailable.
    """
    package = library_file("package.json")
    folder = CACHE / hashlib.sha256(package.encode()).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text(package, encoding="utf-8")
    for name in (SERVER, "schema.graphql"):
        (folder / name).write_text(library_file(name), encoding="utf-8")
    done = folder / ".installed"
    if not done.exists():
        command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"]
        tried = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
        if tried.returncode:
            raise LibraryNotAvailable(f"npm could not install @neo4j/graphql:\n{tried.stderr[-2000:]}")
        done.touch()
    return folder


@contextmanager
def library_served(engine: Bed) -> Iterator[tuple[str, int]]:
    """Host and port of the library on this engine and the id of its process, which ends on leaving.

    Raises LibraryNotAvailable.
    """
    folder = installed()
    endpoint = engine.endpoint
    variables = {
        "NEO4J_URI": endpoint.uri,
        "NEO4J_USER": endpoint.user,
        "NEO4J_PASSWORD": endpoint.password or "",
    }
    with subprocess.Popen(
        ["node", SERVER, "schema.graphql"],
        cwd=folder, env=os.environ | variables, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            yield address(process), process.pid
        finally:
            process.terminate()
