"""The SQL of learning: constant statements over the history, one per file in a folder per subject."""

from graph.sql import Catalogue

_CATALOGUE = Catalogue(__name__)
statement = _CATALOGUE.statement
statements = _CATALOGUE.statements

__all__ = ["statement", "statements"]
