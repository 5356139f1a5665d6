"""What two spellings of a company's name have in common: folded words, and keys for look-up."""

from graph.search_key.fold import fold, same_letters, words
from graph.search_key.key import (
    NO_KEY,
    NameReading,
    full_text_query,
    indexed_words,
    name_key,
    part_of_name,
    read_name,
)

__all__ = [
    "NO_KEY", "NameReading", "fold", "full_text_query", "indexed_words", "name_key", "part_of_name",
    "read_name", "same_letters", "words",
]  # fmt: skip
