"""`make readme`: run the demo and put what it printed into both READMEs, between the answer marks."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from graph.store import EngineConfig, embedded

PAGES = (Path("README.md"), Path("README.zh-CN.md"))
BLOCK = re.compile(r"(<!-- answer -->\n).*?(<!-- /answer -->)", re.DOTALL)
COMMAND = "relgraph demo --no-serve"


def main() -> None:
    """Run the demo on a fresh home; its output, without the token, goes into the pages."""
    with tempfile.TemporaryDirectory(prefix="relgraph-readme-") as folder:
        printed = ran(Path(folder))
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        page.write_text(filled(text, printed), encoding="utf-8")


def ran(home: Path) -> str:
    """What the demo prints on standard output. Raises CalledProcessError."""
    program = str(Path(sys.executable).with_name("relgraph"))
    command = [
        "env",
        "-u",
        "NEO4J_URI",
        f"RELGRAPH_HOME={home}",
        "COLUMNS=110",
        program,
        *COMMAND.split()[1:],
    ]
    try:
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    finally:
        embedded.stop(EngineConfig(home=home))


def filled(page: str, printed: str) -> str:
    """The page with this output between its marks; the line with the token is left out."""
    lines = [line.rstrip() for line in printed.splitlines() if "token" not in line.lower()]
    block = "\n".join(["```", f"$ {COMMAND}", *lines, "```"])
    return BLOCK.sub(lambda marks: f"{marks[1]}{block}\n{marks[2]}", page)


if __name__ == "__main__":
    main()
