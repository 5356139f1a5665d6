"""A statement that a user wrote, admitted only where it reads.

The embedded engine runs a write in a reading session, so the text is checked first. `Store.ask` also runs it
in a transaction that is always rolled back: what this page does not know of cannot stay.
"""

import re

from cypher import Query
from graph.errors import UsageError

NAME = "ask"
WRITING = frozenset({
    "ALTER", "CREATE", "DELETE", "DENY", "DETACH", "DROP", "FOREACH", "GRANT", "INSERT", "LOAD", "MERGE",
    "REMOVE", "RENAME", "REVOKE", "SET", "START", "STOP", "TERMINATE", "TRANSACTIONS",
})  # fmt: skip
"""Words that begin a clause which changes something, or reads files."""
PROCEDURES = re.compile(
    r"db\.(index\.(fulltext|vector)\.query\w+|labels|relationshipTypes|propertyKeys)|dbms\.components", re.I
)
"""The procedures that may be called."""

_QUOTED = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`]|``)*`|//[^\r\n]*|/\*.*?\*/""", re.S)
_WORD = re.compile(r"(?<![.:$\w])\s*\b([A-Za-z]+)\b(?!\s*:)")
_CALLED = re.compile(r"\bCALL\s+([A-Za-z_][\w.]*)", re.I)
_PARAMETER = re.compile(r"\$(\w+)")


class NotReadOnly(UsageError):
    """The statement would change the graph."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"the query is refused: {why}; only statements that read are answered, and data come in by "
            "`relgraph ingest` (a name such as `set` can be written in backticks)"
        )


def reading(text: str) -> Query:
    """The statement with its parameters. Raises NotReadOnly for one that could change something."""
    bare = _QUOTED.sub(" `` ", text)
    if "\\" in bare:
        raise NotReadOnly("it has a backslash outside of a text")
    if found := WRITING & {word.upper() for word in _WORD.findall(bare)}:
        raise NotReadOnly(f"it says {' and '.join(sorted(found))}")
    for procedure in _CALLED.findall(bare):
        if not PROCEDURES.fullmatch(procedure):
            raise NotReadOnly(f"it calls {procedure}")
    if re.search(r"\bCALL\s*`", bare, re.I):
        raise NotReadOnly("it calls a procedure whose name is quoted")
    return Query(NAME, text, frozenset(_PARAMETER.findall(bare)), "read")
