"""`python -m bench.hydration`: microseconds per moment read, the driver's own way beside ours."""

from timeit import repeat

from graph.store import convert, hydration

CALLS = 20_000
WIRE = (1_700_000_000, 123_456_789, 0)


def main() -> None:
    """Print both, best of five."""
    for name, read in (("driver", hydration.DRIVERS_OWN), ("ours", hydration.moment)):
        seconds = min(repeat(lambda read=read: convert.moment(read(*WIRE)), number=CALLS))  # type: ignore[misc] # bound now
        print(f"{name:7} {1e6 * seconds / CALLS:.2f} µs")


if __name__ == "__main__":
    main()
