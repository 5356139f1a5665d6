"""A snapshot that names nobody: ids and names of companies, people and records as keyed pseudonyms.

A pseudonym is the same wherever its id stands, so that tables join as before; with the key, whoever holds the
home can find a record by it, and nobody else (HMAC-SHA256, RFC 2104). Ids are replaced because sources make
them of mail addresses and names. Products keep theirs: a catalogue says nothing of persons, and models read
its words.
"""

import hashlib
import hmac

import pandas as pd

from gnn.snapshot.tables import TABLES, Log, log_of

LENGTH = 16
"""Hexadecimal digits: among a million ids two alike are about as likely as one in 37 million."""
OPEN = ("product_id",)
NAMED = ("customer_values",)
"""Tables whose column `name` is a company's."""


def pseudonym(key: bytes, value: str) -> str:
    """What stands for an id or a name."""
    return hmac.digest(key, value.encode(), hashlib.sha256).hex()[:LENGTH]


def pseudonymised(log: Log, key: bytes) -> Log:
    """The log with a pseudonym for every id but a product's, and for every company's name."""
    tables = {name: _table(log[name], name, key) for name in TABLES}
    return Log(log_of(tables).tables, log.cutoff)


def _table(frame: pd.DataFrame, name: str, key: bytes) -> pd.DataFrame:
    ids = [column for column in TABLES[name].text if column.endswith("_id") and column not in OPEN]
    replaced = [*ids, "name"] if name in NAMED else ids
    return frame.assign(**{column: _replaced(frame[column], key) for column in replaced})


def _replaced(column: pd.Series, key: bytes) -> pd.Series:
    known = {value: pseudonym(key, value) for value in column.dropna().unique()}
    return column.map(known)
