"""A Neo4j for development: `python -m devtools.neo4j_server start|stop [--cache DIR]`.

`admin WORDS…` stops it, runs `neo4j-admin WORDS…` on its data and starts it again.
"""

import argparse
import sys
from pathlib import Path

from devtools.neo4j_server import Neo4jNotAvailable, Neo4jServer, admin, remember, remembered, start


def main(arguments: list[str]) -> int:
    """Start the server (or find it running) and print how to reach it, or stop it."""
    parser = argparse.ArgumentParser(prog="python -m devtools.neo4j_server")
    parser.add_argument("--cache", type=Path, default=Path(".neo4j"))
    parser.add_argument("action", choices=("start", "stop", "admin"))
    parser.add_argument("words", nargs=argparse.REMAINDER, help="what neo4j-admin is to do")
    options = parser.parse_args(arguments)
    running = remembered(options.cache)
    if options.action == "admin":
        return _admin(options.cache, running, options.words)
    if options.action == "stop":
        if running is not None:
            running.stop()
        print("stopped" if running else "not running")
        return 0
    try:
        server = running or start(options.cache, options.cache / "home")
    except Neo4jNotAvailable as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    remember(options.cache, server)
    print(f"NEO4J_URI={server.uri}\nNEO4J_USER=neo4j\nNEO4J_PASSWORD={server.password}")
    module = f"{sys.executable} -m devtools.neo4j_server"
    print(f"RELGRAPH_NEO4J_ADMIN='{module} --cache {options.cache.absolute()} admin'")
    return 0


def _admin(cache: Path, running: Neo4jServer | None, words: list[str]) -> int:
    """Run the admin tool while the server stands still; the server comes back on its port."""
    if running is None:
        print("error: no server of this cache runs; start it first", file=sys.stderr)
        return 1
    running.stop()
    try:
        return admin(cache, running.home, words)
    finally:
        remember(cache, start(cache, running.home, port=running.port))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
