"""The one way to the graph: named queries over Bolt, on Neo4j or on the embedded engine."""

from graph.store.asynchronous import AsyncStore, open_async_store
from graph.store.config import EngineConfig
from graph.store.errors import (
    AccessDenied,
    BadRows,
    ConstraintViolated,
    EngineUnavailable,
    QueryFailed,
    QueryTimeout,
    SchemaNewer,
    SchemaOutdated,
    StoreError,
)
from graph.store.prepare import Counters, Written
from graph.store.reading import NotReadOnly
from graph.store.sync import Store, open_store

__all__ = [
    "AccessDenied", "AsyncStore", "BadRows", "ConstraintViolated", "Counters", "EngineConfig",
    "EngineUnavailable", "NotReadOnly", "QueryFailed", "QueryTimeout", "SchemaNewer", "SchemaOutdated",
    "Store", "StoreError", "Written", "open_async_store", "open_store",
]  # fmt: skip
