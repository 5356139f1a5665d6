"""What people call countries and time zones: names of the Unicode CLDR, and how they are compared."""

import unicodedata

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "zh", "ja", "ko")


def bare(name: str) -> str:
    """A name by its letters and digits alone, without case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", name).casefold()))
