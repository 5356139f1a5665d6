"""Texts as they are compared where only their letters and digits count."""

import re
import unicodedata


def bare_text(text: str) -> str:
    """Letters and digits alone, without case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
