"""Whether rows are lines of a record."""

from ingest.proposal.arithmetic.line_sums import priced
from ingest.proposal.columns.fit import fit
from ingest.proposal.columns.profile import Profile
from ingest.proposal.records.headers import may_name_product, names_product, names_record
from ingest.proposal.words.header import readings
from ingest.proposal.words.lexicon import lexicon
from ingest.proposal.words.words import Tokens, without


def has_lines(profile: Profile, label: str, words: Tokens) -> bool:
    """Whether rows are lines: they name a product and a quantity, or the file is called so."""
    called = any(without(words, phrase.words) is not None for phrase in lexicon().lines)
    product = any(names_product(column) for column in profile.columns)
    counted = any(
        one.said == "field" and one.name == "quantity" and one.score >= 0.75
        and fit("CONTAINS", "quantity", column) >= 1
        for column in profile.columns
        for one in readings(column.said)
    )  # fmt: skip
    numbered = called and counted and _numbers_lines(profile)
    if not product and priced(profile) is not None:
        product = any(may_name_product(column) for column in profile.columns)
    return numbered or (
        product and (counted or (called and label != "Opportunity") or priced(profile) is not None)
    )


def sells_lines(profile: Profile) -> bool:
    """Whether rows are lines of something: numbered ones, or a product sold to a customer on a day."""
    dated = any(column.share("date") >= 0.5 for column in profile.columns)
    return _numbers_lines(profile) or (dated and names_record(profile, "Customer"))


def _numbers_lines(profile: Profile) -> bool:
    """Whether a column counts lines, which are of an order where nothing says of what."""
    return any(
        one.said == "field" and one.kind == "CONTAINS" and one.name == "line" and one.score >= 0.99
        and column.is_mostly("small", "integer")
        for column in profile.columns
        for one in readings(column.said)
    )  # fmt: skip
