"""A real Neo4j Community server without Docker: jars through Maven, data in a folder, on loopback."""

from devtools.neo4j_server.admin import admin
from devtools.neo4j_server.jars import Neo4jNotAvailable, fetched, missing
from devtools.neo4j_server.server import Neo4jServer, remember, remembered, start

__all__ = [
    "Neo4jNotAvailable",
    "Neo4jServer",
    "admin",
    "fetched",
    "missing",
    "remember",
    "remembered",
    "start",
]
