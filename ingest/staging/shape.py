"""The shape of a text: what of it are digits, letters and other signs."""

from graph.sql import Sql, fill


def shape_of(text: Sql) -> Sql:
    """A text with every run of digits as 9, and of letters as a."""
    digits = fill("regexp_replace({t}, '[0-9]+', '9', 'g')", t=text)
    return fill("regexp_replace({t}, '\\p{{L}}+', 'a', 'g')", t=digits)
