"""What the values of a column are: companies, people, what recurs."""

from ingest.proposal.columns.profile import Column

COMPANIES = 0.3
"""Share of names with a legal form or a word of a trade from which a column holds companies."""
EACH_ONCE, LEAST_CELLS = 0.9, 5
"""Share of different values from which each row is one of them, and cells from which that says something."""
RECUR = 0.6
"""Share of different values up to which most of them recur."""
PEOPLE = 0.7
"""Share of names of people from which a column holds people."""


def holds_companies(column: Column) -> bool:
    """Whether values are names of companies, as legal forms in them tell."""
    return column.share("company") >= COMPANIES > 2 * column.share("given_name")


def holds_people(column: Column) -> bool:
    """Whether values are names of people."""
    return column.share("person") >= PEOPLE and column.share("company") < 1 - PEOPLE


def recurs(column: Column) -> bool:
    """Whether values stand in several rows each, more than one of them."""
    return 1 < column.distinct <= RECUR * column.filled
