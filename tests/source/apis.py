"""Servers on loopback that behave as the public documents of four systems say, faults included."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "t0ken-of-the-test"


@dataclass
class Request:
    """What a client sent."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: Any


@dataclass
class Answer:
    """What it is told."""

    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    """The connection is lost in the middle of the body."""
    after_s: float = 0.0


Serves = Callable[[Request], Answer]


@dataclass
class Api:
    """A running server; `faults` are answered first, one after the other."""

    address: str
    asked: list[Request] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    faults: list[Answer] = field(default_factory=list)


@contextmanager
def served(serves: Serves) -> Iterator[Api]:
    """A server that answers so."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def do_PATCH(self) -> None:
            self._answer()

        def log_message(self, *_: Any) -> None:
            pass

        def _answer(self) -> None:
            found = urlsplit(self.path)
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            is_json = "json" in (self.headers.get("Content-Type") or "")
            body = json.loads(raw) if is_json and raw else parse_qs(raw.decode())
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.command, found.path, parse_qs(found.query), headers, body)
            api.asked.append(request)
            api.at.append(time.monotonic())
            is_token = "oken" in request.path
            self._send(serves(request) if is_token or not api.faults else api.faults.pop(0))

        def _send(self, answer: Answer) -> None:
            time.sleep(answer.after_s)
            raw = b"" if answer.status == 204 else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw[: len(raw) // 2] if answer.cut else raw)
            self.close_connection = answer.cut

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            """A client that gave up is no fault of the server."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    api = Api(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def epoch_ms(text: str) -> int:
    """Milliseconds since 1970 of an ISO text."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def salesforce(records: list[dict[str, Any]], page: int = 2) -> Serves:
    """SOQL by `WHERE SystemModstamp >= …`, `nextRecordsUrl`, a token of the client credentials flow."""

    found: list[dict[str, Any]] = []

    def serves(request: Request) -> Answer:
        if request.path == "/services/oauth2/token":
            if request.body.get("client_secret") != [TOKEN]:
                return Answer({"error": "invalid_client"}, 400)
            return Answer({"access_token": "abc", "token_type": "Bearer"})
        if request.headers.get("authorization") != "Bearer abc":
            return Answer([{"errorCode": "INVALID_SESSION_ID"}], 401)
        start = 0
        if "q" in request.query:
            since = request.query["q"][0].split("SystemModstamp >= ")[1].split()[0]
            found[:] = [one for one in records if one["SystemModstamp"] >= since]
        else:
            start = int(request.path.rpartition("-")[2])
        told: dict[str, Any] = {"totalSize": len(found), "records": found[start : start + page]}
        told["done"] = start + page >= len(found)
        if not told["done"]:
            told["nextRecordsUrl"] = f"/services/data/v61.0/query/01gD0000002HU6KIAW-{start + page}"
        return Answer(told)

    return serves


def hubspot(records: list[dict[str, Any]], page: int = 2, most: int = 10_000) -> Serves:
    """Search by filters, `after` as an offset, nothing beyond `most` rows of a query."""

    def serves(request: Request) -> Answer:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return Answer({"category": "INVALID_AUTHENTICATION"}, 401)
        filters = {one["propertyName"]: one for one in request.body["filterGroups"][0]["filters"]}
        stamp = next(name for name in filters if name.endswith("lastmodifieddate"))
        found = sorted(
            (
                one
                for one in records
                if epoch_ms(one["properties"][stamp].rstrip("Z")) >= int(filters[stamp]["value"])
                and int(one["id"]) > int(filters["hs_object_id"]["value"])
            ),
            key=lambda one: int(one["id"]),
        )
        start = int(request.body.get("after") or 0)
        if start >= most:
            return Answer({"message": "paging beyond the limit"}, 400)
        told: dict[str, Any] = {"total": len(found), "results": found[start : start + page]}
        if start + page < len(found):
            told["paging"] = {"next": {"after": str(start + page)}}
        return Answer(told)

    return serves


def fxiaoke(records: list[dict[str, Any]], life_s: int = 7200) -> Serves:
    """A token in the body, offset and limit, errors with status 200; without a life a token serves once."""
    given: list[str] = []

    def serves(request: Request) -> Answer:
        if request.path.startswith("/cgi/corpAccessToken"):
            if request.body.get("appSecret") != TOKEN:
                return Answer({"errorCode": 10006, "errorMessage": "appSecret 错误"})
            given.append(f"corp{len(given)}")
            told = {"corpAccessToken": given[-1], "corpId": "FSCID_1", "expiresIn": life_s}
            return Answer({"errorCode": 0, **told})
        stands = request.body.get("corpAccessToken") in given and request.body.get("corpId") == "FSCID_1"
        if life_s == 0:
            given[:] = ["used" for _ in given]
        if not stands:
            return Answer({"errorCode": 20016, "errorMessage": "corpAccessToken 不存在或已过期"})
        info = request.body["data"]["search_query_info"]
        since = int(info["filters"][0]["field_values"][0])
        found = sorted(
            (one for one in records if one["last_modified_time"] >= since), key=lambda one: one["create_time"]
        )
        rows = found[info["offset"] : info["offset"] + info["limit"]]
        return Answer({"errorCode": 0, "data": {"dataList": rows, "total": len(found)}})

    return serves


def jiandaoyun(records: list[dict[str, Any]]) -> Serves:
    """Rows by their id, `data_id` for those behind it."""

    def serves(request: Request) -> Answer:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return Answer({"code": 8301, "msg": "Invalid Authorization"}, 401)
        since = request.body["filter"]["cond"][0]["value"][0]
        behind = request.body["data_id"]
        found = [one for one in records if one["_id"] > behind and one["updateTime"] >= since]
        return Answer({"data": found[: request.body["limit"]]})

    return serves
