"""Waiting for a server process as whoever operates it does."""

import time
import urllib.error
import urllib.request
from contextlib import suppress

import pytest


def await_ready(url: str) -> None:
    """Ask until the server at this GraphQL address says that it is ready."""
    for _ in range(3000):
        with suppress(urllib.error.HTTPError):
            urllib.request.urlopen(url.replace("/graphql", "/health/ready"), timeout=120).close()
            return
        time.sleep(0.1)
    pytest.fail("the server did not become ready")
