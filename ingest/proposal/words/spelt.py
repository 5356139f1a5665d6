"""Headers as names that a mapping may give: Latin letters, digits and `_`."""

import re

from pypinyin import lazy_pinyin


def attribute_name(header: str) -> str:
    """A header as the name of an attribute: Latin letters, digits and `_`."""
    spelt = "_".join(lazy_pinyin(header)) if not header.isascii() else header
    word = re.sub(r"[^a-z0-9]+", "_", spelt.casefold()).strip("_")
    return word if word and word[0].isalpha() else f"a_{word}" if word else "attribute"
