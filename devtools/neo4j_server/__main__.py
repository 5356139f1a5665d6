"""A Neo4j for development: `python -m devtools.neo4j_server start|stop [--cache DIR]`."""

import argparse
import sys
from pathlib import Path

from devtools.neo4j_server import Neo4jNotAvailable, remember, remembered, start


def main(arguments: list[str]) -> int:
    """Start the server (or find it running) and print how to reach it, or stop it."""
    parser = argparse.ArgumentParser(prog="python -m devtools.neo4j_server")
    parser.add_argument("action", choices=("start", "stop"))
    parser.add_argument("--cache", type=Path, default=Path(".neo4j"))
    options = parser.parse_args(arguments)
    running = remembered(options.cache)
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
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
