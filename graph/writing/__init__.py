"""What users write: one way for all of it.

`once` writes a statement of an author under a key of their client: a key that comes again is answered with
what happened. A write is one transaction with its record, a `Change` that names author, reason and touched
ids, so that copies of the graph catch up. It is dated at the company's now; `loaded_at` is the wall clock.
Whoever writes can name only what they may see: what is hidden from them does not answer to its id.
"""

from graph.writing.author import Author
from graph.writing.errors import KeyAlreadyUsed, NotAtCustomer, VersionConflict, WriteRefused
from graph.writing.once import Outcome, Writing, once

__all__ = [
    "Author",
    "KeyAlreadyUsed",
    "NotAtCustomer",
    "Outcome",
    "VersionConflict",
    "WriteRefused",
    "Writing",
    "once",
]
