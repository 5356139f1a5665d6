"""The account question, sent as a client sends it."""

import urllib.error
import urllib.request
from importlib.resources import files
from typing import Any

import orjson

from graph.errors import RelgraphError


class Refused(RelgraphError):
    """The API did not answer the question."""


def query_text() -> str:
    return files("relgraph.answer").joinpath("account.graphql").read_text(encoding="utf-8")


def ask_account(
    url: str, token: str, match: str, *, products: int = 3, paths: int = 1, timeout_s: float = 60.0
) -> dict[str, Any] | None:
    """The `account` object of the answer, or None where no customer fits. Raises Refused.

    With `paths` 0 nobody is asked for introductions, as for a token without an employee.
    """
    variables = {"match": match, "products": products, "paths": max(paths, 1), "withPaths": paths > 0}
    answer = _post(url, token, {"query": query_text(), "variables": variables}, timeout_s)
    if answer.get("errors"):
        raise Refused("; ".join(str(error["message"]) for error in answer["errors"]))
    account: dict[str, Any] | None = answer["data"]["account"]
    return account


def _post(url: str, token: str, body: dict[str, Any], timeout_s: float) -> dict[str, Any]:
    request = urllib.request.Request(
        url,
        data=orjson.dumps(body),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=timeout_s) as response:
            answer: dict[str, Any] = orjson.loads(response.read())
            return answer
    except urllib.error.HTTPError as error:
        raise Refused(
            f"the API answered {error.code}: {error.read().decode(errors='replace')[:500]}"
        ) from error
    except urllib.error.URLError as error:
        raise Refused(f"no API answers at {url}: {error.reason}") from error
