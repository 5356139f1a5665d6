"""The SQL of ingest: constant statements in `ingest/sql/<subject>/<verb>.sql`, one per file.

A statement's first line says what it takes and is checked against its text; `-` means none:

    -- name: facts.new  params: database_id  relations: stated, current_fact

Values are bound as `$name`; `{{name}}` takes a relation that `ingest/tables/` lists. A statement is a
SELECT that `Staging.make` or `Staging.append` turns into the relation it is for. What depends on the columns
of a mapping is put together in Python from the pieces of `graph.sql`.
"""

from graph.sql import Catalogue

_CATALOGUE = Catalogue(__name__)
statement = _CATALOGUE.statement
statements = _CATALOGUE.statements

__all__ = ["statement", "statements"]
