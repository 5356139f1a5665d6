"""Schema statements: the common ones from templates, the engine's own where the dialects differ."""

import base64
import http.client
import json

from cypher import Query, engine_statements, template
from graph.store.errors import QueryFailed
from graph.store.sync import Store


def apply_unique_key(store: Store, label: str, key: str) -> None:
    """Make `key` unique among the nodes of `label`; creates nothing where it stands already."""
    name = f"unique_{label.lower()}_{key}"
    store.write(template("schema.unique_key").render(name=name, label=label, key=key))


def apply_node_index(store: Store, label: str, prop: str) -> None:
    """A range index on one property of a label; creates nothing where it stands already."""
    name = f"index_{label.lower()}_{prop}"
    store.write(template("schema.node_index").render(name=name, label=label, property=prop))


def apply_engine_file(store: Store, name: str) -> None:
    """Run the statements of `cypher/<engine>/<name>`."""
    for statement in engine_statements(store.engine, name):
        if store.engine == "arcadedb":
            _sql(store, name, statement)
        else:
            store.write(Query(f"{store.engine}.{name}", statement, frozenset(), "write"))


def _sql(store: Store, name: str, statement: str) -> None:
    """One SQL statement through the embedded engine's HTTP port (SQL does not go over Bolt)."""
    endpoint = store.endpoint
    connection = http.client.HTTPConnection("127.0.0.1", endpoint.http_port, timeout=store.config.timeout_s)
    login = base64.b64encode(f"{endpoint.user}:{endpoint.password}".encode()).decode()
    try:
        connection.request(
            "POST",
            f"/api/v1/command/{store.config.database}",
            json.dumps({"language": "sql", "command": statement}),
            {"Content-Type": "application/json", "Authorization": f"Basic {login}"},
        )
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", errors="replace")
    except OSError as error:
        message = f"HTTP port {endpoint.http_port} does not answer: {error}"
        raise QueryFailed(f"arcadedb.{name}", message) from error
    finally:
        connection.close()
    if answer.status >= 300:
        raise QueryFailed(f"arcadedb.{name}", body)
