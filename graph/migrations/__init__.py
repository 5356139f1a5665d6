"""The graph's schema in numbered steps, recorded in the graph itself."""

from graph.migrations.run import LATEST, MigrationReport, SchemaState, check, migrate, state

__all__ = ["LATEST", "MigrationReport", "SchemaState", "check", "migrate", "state"]
