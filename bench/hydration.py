"""`python -m bench.hydration`: microseconds per moment read, the plain driver beside our store.

Both read the same rows of ten moments over a connection of their own; what differs is how a moment is made.
"""

import tempfile
from pathlib import Path
from timeit import repeat

from bench.engines import Bed, bed
from cypher import Query
from graph.store import convert, open_store

ROWS, MOMENTS = 2_000, 10
TEXT = f"""
UNWIND range(1, {ROWS}) AS second
RETURN [ten IN range(1, {MOMENTS}) | datetime({{epochSeconds: 1700000000 + second + ten}})] AS moments
"""
MOMENT = Query("bench.moments", TEXT, frozenset(), "read")


def main() -> None:
    """Print both, the engine's own time included; best of five."""
    with tempfile.TemporaryDirectory() as folder, bed("embedded", Path(folder)) as engine:
        for name, seconds in _measured(engine).items():
            print(f"{name:7} {1e6 * seconds / (ROWS * MOMENTS):.2f} µs per moment")


def _measured(engine: Bed) -> dict[str, float]:
    """Seconds of the whole statement, by who reads it."""
    with engine.driver() as driver, driver.session() as session, open_store(engine.config) as store:

        def plain() -> None:
            _ = [convert.row(record) for record in session.run(TEXT)]

        def ours() -> None:
            store.read(MOMENT)

        return {
            name: min(repeat(read, number=1, repeat=5)) for name, read in (("driver", plain), ("ours", ours))
        }


if __name__ == "__main__":
    main()
