"""Backup and restore: one file of Parquet tables that either engine can be filled from."""

from graph.backup.archive import BackupError, Manifest, Table
from graph.backup.export import backup
from graph.backup.restore import restore

__all__ = ["BackupError", "Manifest", "Table", "backup", "restore"]
