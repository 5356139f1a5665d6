"""Records that are one: merged so that every fact of both answers at one of them, and unmerged exactly.

A merge takes one record into another. Its edges stand at the record that is kept, its values fill what that
lacks, its ids redirect; what cannot stand there (a line between the two, what both have) is set aside in the
`Merge`. All merges together are a list in the order in which they were made: what was merged later is undone
first, and done again (decision record 0050).
"""

from graph.merge.errors import CannotMerge
from graph.merge.model import Merge, Origins, open_merges, origins
from graph.merge.service import MergeWords, UnmergeWords, merge, unmerge
from graph.merge.suspend import resume, suspend

__all__ = [
    "CannotMerge",
    "Merge",
    "MergeWords",
    "Origins",
    "UnmergeWords",
    "merge",
    "open_merges",
    "origins",
    "resume",
    "suspend",
    "unmerge",
]
