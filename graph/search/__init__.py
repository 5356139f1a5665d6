"""Search as people type: names misspelt or in pinyin, initials, fragments, numbers, phones, addresses."""

from graph.search.document import KINDS, Kind
from graph.search.find import Answer, CompanyOf, Hit, IndexNotReady, search
from graph.search.finder import Finder
from graph.search.upkeep import read_index

__all__ = [
    "KINDS", "Answer", "CompanyOf", "Finder", "Hit", "IndexNotReady", "Kind", "read_index",
    "search",
]  # fmt: skip
