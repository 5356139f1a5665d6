"""What a column may mean beside naming another record: fields, attributes, nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.mapping.fields import field_names
from ingest.proposal.columns.fit import SHOWN_BY, fit
from ingest.proposal.columns.profile import Column
from ingest.proposal.columns.values import shown_fields
from ingest.proposal.records.record import Record
from ingest.proposal.words.header import Reading, part_of_name, readings, unreadable, untold
from ingest.proposal.words.known import LABELS, LINK_TYPES
from ingest.proposal.words.lexicon import lexicon
from ingest.proposal.words.meaning import NOTHING, Meaning, links_between
from ingest.reading.choice import folded, vocabulary

SAID = 0.9
"""Score from which a header says whose field it is, where that record has no such field: `Customer Email`."""
IMPLIED = 0.62
"""What a header counts for the field of another record in its row, when it does not say whose it is."""
LINK_FIELD = 0.95
OWN_WORD, BESIDE = 1.04, 0.9
"""What a header counts that says the row's own record, and one that says a record which no column names."""
OF_ANOTHER = 0.6
"""What is left of a header that also says another record than the row's."""
NUMBER_OF_ANOTHER = 0.5
"""What is left of a header that is half read and says id: it is the number of something else."""
NEARLY_ALL, EXPECTED = 0.95, 0.97
"""Share of rows from which open deals are closed, too, and what is left of that day: it is expected."""
ATTRIBUTE = 0.3
"""What any column with values is worth as an attribute."""
BARE_NUMBER = frozenset({"no", "nr", "n", "num", "number", "row"})
ROW_NUMBERS = (("id",), ("item", "id"), ("line", "item", "id"), ("row", "id"))
"""Headers of the numbers of lines that only a system reads."""
FEW = 5
"""Rows that may all be of one record."""
FIGURES = ("date", "decimal", "small")
"""Kinds of values that many fields have: they do not tell of another record."""
PLAIN = ("email", "mobile", "phone", "url", "tax_id", "country", "long")
"""Kinds of values that tell their field even under a header that is half read."""
PERSONAL = 0.5
"""What is left of the telephone of a company where the number is mobile and a person stands beside it."""
DUE = 0.7
"""What is left of the day on which something was issued or paid where the header says that it is due."""
TELEPHONES = frozenset({"phone", "telephone", "tel", "telefon", "telefono", "telefone", "fon"})
PLACES = ("city", "region", "country")
DELIVERED = 0.6
"""What is left of a customer's place where the header says that goods are sent there: bills tell its seat."""
DELIVERIES = frozenset(
    ("shipping", "ship", "delivery", "deliver", "livraison", "envio", "entrega", "consegna", "spedizione",
     "levering")
)  # fmt: skip
COMPOUND_DELIVERIES = ("liefer", "versand")
"""Beginnings of German words for an address or a person to which goods are sent."""
SENT_TO = ("收货", "送货", "发货", "納品", "配送")
BARE_WORD = 0.98
"""Score of a header whose alternatives are read one by one."""
DECIDES = 0.6
"""Share of roles in a purchase from which a column tells them."""
WHOLLY = 0.99
"""Score of a header without a further word."""
MOBILE = 0.8
"""Share of mobile numbers from which a column holds them."""
ALWAYS = 0.9
"""Share of rows with a day from which it may be the day on which their records were made."""
BY_VALUES = 0.5
"""What values count where the header says nothing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A meaning with how much speaks for it, and what."""

    meaning: Meaning
    score: float
    reason: str


def candidates(
    column: Column, record: Record, named: Sequence[str], held: Sequence[str] = ()
) -> list[Candidate]:
    """The candidates of a column, best first; `named` are the labels of other records in its row.

    Of these `held` stand in tables of their own: what does not say that it is theirs, is not.
    """
    found = [*_by_header(column, record, named, held), *_fallbacks(column, record, named)]
    if record.link is None and not any(one.score >= 0.5 for one in found):
        told = untold(column.said)
        half = not any(one.score >= IMPLIED for one in readings(column.said))
        found += [one for kind, one in _by_values(column, record, named) if told or (half and kind in PLAIN)]
    if record.link is None and column.share("mobile") >= MOBILE and not _says_telephone(column.said):
        found += [_as_mobile(one) for one in found if one.meaning.text == "Contact phone"]
    if _says_nothing(column):
        found = [_as_nothing(one) for one in found]
    return sorted(found, key=lambda one: -one.score)


def _says_nothing(column: Column) -> bool:
    """Whether no row has a value and no header says what it would be, or all rows have the same under a word
    that then says nothing."""
    if column.empty:
        return column.rows > 0 and unreadable(column.said)
    return column.distinct == 1 and lexicon().tokens(column.said) in lexicon().alike


def _as_nothing(one: Candidate) -> Candidate:
    """An attribute that no record has."""
    if one.meaning.kind != "attribute":
        return one
    return Candidate(NOTHING, one.score, f"{one.reason}; no row tells anything by it")


def _says_telephone(header: str) -> bool:
    """Whether a header says telephone, rather than how somebody is reached: 联系电话, but not 联系方式."""
    return not TELEPHONES.isdisjoint(lexicon().tokens(header)) or any(
        word in header for word in ("电话", "電話")
    )


def _as_mobile(one: Candidate) -> Candidate:
    """A person's telephone whose numbers are mobile ones."""
    meaning = Meaning("field", "Contact", None, "mobile")
    return Candidate(meaning, one.score + 0.01, f"{one.reason}; its numbers are mobile")


def _by_header(
    column: Column, record: Record, named: Sequence[str], held: Sequence[str]
) -> Iterator[Candidate]:
    for one in readings(column.said):
        if one.said == "technical":
            yield Candidate(NOTHING, 0.86 * one.score**2, "the header names what a system keeps for itself")
        elif _says_the_record(one, record):
            yield from _called(one, column, record)
        elif one.said == "attribute" and record.link is None:
            yield _attribute(one, column, record, named)
        elif record.called == "Contact" and one.kind == record.label and part_of_name(column.said):
            continue  # a person beside the company that a ledger calls a contact
        elif one.said == "field" and one.name != "key" and one.kind is not None and one.name is not None:
            score = _field_score(one, column, record, named, held)
            if score > 0:
                yield Candidate(_meaning(one), score, _why(one, column))


def _says_the_record(one: Reading, record: Record) -> bool:
    """Whether a header only says what the record is, if need be by the word that the rows are called by."""
    if one.role is not None or one.of is not None:
        return False
    if one.said == "names" and one.kind == record.label:
        return True
    return one.explicit and one.kind == record.called and one.name in (None, "name")


def _called(one: Reading, column: Column, record: Record) -> Iterator[Candidate]:
    """The record's name under a header that only says what it is: `Firma`."""
    numbered = any(
        other.name == "key" and other.explicit and other.kind in record.words and other.score > one.score
        for other in readings(column.said)
    )
    if "name" in field_names(record.label) and record.link is None and not numbered:
        score = 0.85 * one.score * fit(record.label, "name", column)
        yield Candidate(
            Meaning("field", record.label, None, "name"), score, "the header says what the record is"
        )


def _meaning(one: Reading) -> Meaning:
    if one.kind in LINK_TYPES:
        return Meaning("link field", None, one.kind, one.name)
    return Meaning("field", one.kind, None, one.name)


def _field_score(
    one: Reading, column: Column, record: Record, named: Sequence[str], held: Sequence[str]
) -> float:
    """The header's share times how the values fit, less for what the header does not say."""
    kind = str(one.kind)
    said = _said_of_field(one, column, record, named)
    if (kind, one.name) == ("ABOUT", "amount") and _is_any_amount(column, one.score):
        return 0.0
    if kind in LINK_TYPES:
        stands = kind in _links(record, named) or ("Customer" in named and _buys(one, column, record))
        return said * LINK_FIELD if one.score >= IMPLIED and stands else 0.0
    if kind == record.label and record.link is None:
        return said * (OWN_WORD if one.explicit else 1.0)
    if one.explicit:
        return said if kind in named else said * BESIDE if _near(kind, record) else 0.0
    return said * IMPLIED if kind in named and _implied(one, column, record, held) else 0.0


def _said_of_field(one: Reading, column: Column, record: Record, named: Sequence[str]) -> float:
    """How much header and values say of a field, whoever's it is."""
    said = one.score if one.of in (None, record.label) else one.score * OF_ANOTHER
    said *= fit(str(one.kind), str(one.name), column)
    if one.score < WHOLLY and "id" in lexicon().tokens(column.said):
        said *= NUMBER_OF_ANOTHER
    if one.name in ("issued_at", "paid_at") and _says_due(column):
        said *= DUE
    if (one.kind, one.name) == ("Opportunity", "closed_at") and column.share_filled > NEARLY_ALL:
        said *= EXPECTED
    if one.kind == "Customer":
        said *= _of_customer(one, column, named)
    return said * _of_job(one, column) if one.kind == "WORKS_AT" else said


def _of_job(one: Reading, column: Column) -> float:
    """What is left of a word for somebody's job that may be another's: `Payment method title` is none unless
    values are, and `Customer level` grades the customer."""
    if one.name == "seniority" and one.of == "Customer":
        return 0.0
    if one.name == "title" and one.score < WHOLLY and one.of is not None:
        return min(1.0, 2 * column.share("job"))
    return 1.0


def _of_customer(one: Reading, column: Column, named: Sequence[str]) -> float:
    """What is left of a word for a customer's place or telephone that may be another's."""
    if one.name in PLACES and says_delivery(column.said):
        return DELIVERED
    if one.name == "phone" and "Contact" in named and not one.explicit and _mobile(column):
        return PERSONAL
    return 1.0


def says_delivery(header: str) -> bool:
    """Whether a header tells of where goods are sent: `Shipping City`, 收货城市."""
    words = lexicon().tokens(header)
    compound = any(word.startswith(COMPOUND_DELIVERIES) for word in words)
    return compound or not DELIVERIES.isdisjoint(words) or any(word in header for word in SENT_TO)


def _is_any_amount(column: Column, score: float) -> bool:
    """Whether a header suits the amount of a paper as well as that of a link: `Net`, not `Applied amount`."""
    return any(
        one.kind == "Order" and one.name == "amount" and one.score >= score for one in readings(column.said)
    )


def _says_due(column: Column) -> bool:
    """Whether a header is a word for the day on which something is due, such as 应收日期."""
    return any(one.name == "due_at" and one.score >= WHOLLY for one in readings(column.said))


def _mobile(column: Column) -> bool:
    """Whether a header or values tell of mobile numbers: beside a person's name they are the person's."""
    worded = any(one.name == "mobile" and one.score >= 0.99 for one in readings(column.said))
    return worded or column.share("mobile") >= MOBILE


def _links(record: Record, named: Sequence[str]) -> set[str]:
    """The links whose own fields a row may carry."""
    if record.link is not None:
        return {record.link}
    found: set[str] = {record.line_link} if record.line_link else set()
    if record.label == "Contact":
        found.add("WORKS_AT")
    if record.label == "Interaction":
        found.add("PARTICIPATED_IN")
    if record.label == "Payment" and "Invoice" in named:
        found.add("ABOUT")
    if "Contact" in named and "Customer" in (*named, record.label):
        found.add("WORKS_AT")
    if record.label == "Opportunity" and "Contact" in named:
        found.add("HAS_ROLE")
    return found


def _buys(one: Reading, column: Column, record: Record) -> bool:
    """Whether values under a word for a role are those of a purchase: a contact decides, or influences."""
    told = {read for value in column.sample if (read := vocabulary()["role"].get(folded(value)))}
    decides = column.share("decision_role") >= DECIDES and bool(told - {"user_buyer"})  # users have accounts
    return (one.kind, one.name) == ("HAS_ROLE", "role") and record.label == "Contact" and decides


def _implied(one: Reading, column: Column, record: Record, held: Sequence[str]) -> bool:
    """Whether a header without a label may mean another record's field: not one that many have."""
    if record.link is not None or (one.kind, one.name) in NEVER_IMPLIED:
        return False
    if one.kind in held and one.kind not in PARTIES:
        return False
    shown = one.name in SHOWN_BY and fit(str(one.kind), str(one.name), column) > 1.0
    if shown or (one.kind == "Product" and record.lines):
        return True
    if one.kind in held:
        return False
    alike = {
        other.kind
        for other in readings(column.said)
        if other.said == "field" and not other.explicit and other.score >= one.score - 0.01
    }
    return len(alike - LINK_TYPES) <= 2


def _near(kind: str, record: Record) -> bool:
    """Whether a record of that label can stand beside the row's own."""
    return kind in PARTIES and (
        bool(links_between(record.label, kind)) or record.label in ("Order", "Invoice", "Quote")
    )


PARTIES = ("Customer", "Contact", "Employee", "Product")
NEVER_IMPLIED = frozenset(("Employee", name) for name in ("email", "name", "active"))
"""Fields that mean the row's own record where the header does not say whose they are."""


def _attribute(one: Reading, column: Column, record: Record, named: Sequence[str]) -> Candidate:
    explicit = one.kind in LABELS and (one.kind in named or one.kind in record.words)
    label = _home(column, record, named)
    if explicit:
        label = record.label if one.kind in record.words else str(one.kind)
    score = (
        0.8 * one.score * (1.02 if explicit else 1.0) * (0.5 if _shows_alternative(column, named) else 1.0)
    )
    return Candidate(
        Meaning("attribute", label), score, "the header says what has no field of its own in the model"
    )


def _shows_alternative(column: Column, named: Sequence[str]) -> bool:
    """Whether a header of alternatives names a field of a record in the row, and values show it:
    `mobile/WeChat` over telephone numbers."""
    return "/" in column.said and any(
        one.said == "field" and one.kind in named and one.score >= BARE_WORD and one.name in SHOWN_BY
        and fit(str(one.kind), str(one.name), column) > 1
        for one in readings(column.said)
    )  # fmt: skip


def _home(column: Column, record: Record, named: Sequence[str]) -> str:
    """Whose attribute a header tells of, where such a record is in the row; else the row's own record."""
    words = tuple(word for word in lexicon().tokens(column.said) if word not in lexicon().noise)
    for label, phrases in lexicon().homes.items():
        if label in named and any(phrase.words == words for phrase in phrases):
            return label
    whole = any(
        one.said == "attribute" and one.of is None and one.score >= WHOLLY for one in readings(column.said)
    )
    beside = (
        one.of
        for one in readings(column.said)
        if not whole
        and one.of is not None
        and one.score >= SAID
        and one.said == "field"
        and one.name != "key"
    )
    return next((label for label in beside if label in named and label not in record.words), record.label)


def _fallbacks(column: Column, record: Record, named: Sequence[str]) -> Iterator[Candidate]:
    if record.link is not None and record.line_link is None:
        yield Candidate(NOTHING, ATTRIBUTE, "the row only joins two records")
    elif record.lines and column.unique and lexicon().tokens(column.said) in ROW_NUMBERS:
        yield Candidate(NOTHING, ATTRIBUTE + 0.1, "the number of the row; what it says is a line of a record")
    elif _counts_rows(column):
        yield Candidate(NOTHING, ATTRIBUTE + 0.1, "it counts the rows")
    elif column.share("uuid") >= 0.9:
        yield Candidate(NOTHING, ATTRIBUTE + 0.1, "values that only a system reads")
    elif column.empty and unreadable(column.said):
        yield Candidate(NOTHING, ATTRIBUTE, "no header and no values")
    else:
        home = _home(column, record, named)
        yield Candidate(Meaning("attribute", home), ATTRIBUTE, "no field of the model fits")


def _counts_rows(column: Column) -> bool:
    """Whether a column under a bare word for a number counts the rows: 1, 2, 3."""
    bare = all(word in BARE_NUMBER for word in lexicon().tokens(column.said))
    return bare and column.unique and column.sample[:FEW] == tuple(map(str, range(1, FEW + 1)))


def _no_person(kind: str, column: Column) -> bool:
    """Whether capitalised words are no names of people: hardly one of them is a usual given name."""
    latin = all(value.isascii() for value in column.sample)
    return kind == "person" and latin and column.share("given_name") < 0.15


def _by_values(column: Column, record: Record, named: Sequence[str]) -> Iterator[tuple[str, Candidate]]:
    """What the values show by themselves, each with their kind."""
    for place, (kind, label, name) in enumerate(shown_fields()):
        share = column.share(kind)
        if share < 0.6 or (kind == "date" and column.share("number") > 0.9) or _no_person(kind, column):
            continue
        if name == "created_at" and column.share_filled < ALWAYS:
            continue
        if (name == "name" or label != record.label) and column.distinct == 1 and column.rows > FEW:
            continue  # the same in every row: it tells no record from another
        if fit(label, name, column) < BY_VALUES:
            continue
        link = label in LINK_TYPES
        if kind in FIGURES and not link and label != record.label:
            continue
        here = label == record.label or (label in _links(record, named) if link else label in named)
        if not here:
            continue
        meaning = Meaning("link field", None, label, name) if link else Meaning("field", label, None, name)
        reason = f"no known header; {share:.0%} of the values look like {kind.replace('_', ' ')}"
        score = BY_VALUES * share * (1.0 if label == record.label or link else 0.9) - place / 1000
        yield kind, Candidate(meaning, score, reason)


def _why(one: Reading, column: Column) -> str:
    word = "the header says so" if one.score >= 0.99 else "a part of the header says so"
    if column.empty:
        return f"{word}; no values to compare"
    return word
