"""Neo4j Community's jars, fetched once through Maven into a cache folder."""

import re
import shutil
import subprocess
from importlib import resources
from pathlib import Path

from graph.errors import RelgraphError
from graph.store.embedded.locks import FileLock

MIN_JAVA = 17
MAIN = "Neo4jServer.java"
POM = "pom.xml"
FETCH_S = 600.0


class Neo4jNotAvailable(RelgraphError):
    """A real Neo4j cannot be started on this machine; the message says what is missing."""


def missing() -> str | None:
    """What this machine lacks for starting a Neo4j, or None."""
    for tool in ("java", "mvn"):
        if shutil.which(tool) is None:
            return f"`{tool}` is not installed"
    shown = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', shown)
    if version is None or int(version[1]) < MIN_JAVA:
        return f"Java {MIN_JAVA} or newer is needed, found: {shown.partition(chr(10))[0] or 'none'}"
    modules = subprocess.run(["java", "--list-modules"], capture_output=True, text=True, check=False).stdout
    return None if "jdk.compiler" in modules else "a JDK is needed, only a Java runtime is installed"


def source(name: str) -> Path:
    """Path of a file of this package."""
    return Path(str(resources.files(__package__) / name))


def fetched(cache: Path) -> Path:
    """The folder with all jars; fetches them when it does not stand yet. Raises Neo4jNotAvailable."""
    version = re.search(r"<artifactId>neo4j</artifactId>\s*<version>([^<]+)", source(POM).read_text("utf-8"))
    folder = cache.absolute() / f"jars-{version[1] if version else 'unknown'}"
    if folder.is_dir():
        return folder
    if reason := missing():
        raise Neo4jNotAvailable(f"cannot start a Neo4j here: {reason}")
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(f"{folder.name}.lock")) as lock:  # test processes begin at once
        lock.acquire(FETCH_S)
        if not folder.is_dir():
            _fetch(folder)
    return folder


def _fetch(folder: Path) -> None:
    fresh = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(fresh, ignore_errors=True)
    _copy_dependencies(fresh)
    fresh.rename(folder)


def _copy_dependencies(folder: Path) -> None:
    folder.mkdir(parents=True)
    command = ["mvn", "-q", "-B", "-f", str(source(POM)), "dependency:copy-dependencies"]
    options = ["-DincludeScope=runtime", f"-DoutputDirectory={folder}"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Neo4jNotAvailable(f"Maven could not fetch Neo4j:\n{(done.stdout + done.stderr)[-2000:]}")
