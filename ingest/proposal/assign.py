"""One meaning for every column of a table: each meaning goes to the column that it fits best."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.proposal.candidates import Candidate, candidates
from ingest.proposal.days import with_its_day, without_delivered
from ingest.proposal.fit import fit
from ingest.proposal.goods import with_goods
from ingest.proposal.header import Reading, part_of_name, readings, unreadable, untold
from ingest.proposal.homes import joining_columns, kept_home
from ingest.proposal.lexicon import lexicon
from ingest.proposal.line_sums import counted, grossed, is_told, priced, totals
from ingest.proposal.meaning import NOTHING, Meaning, ends_of
from ingest.proposal.overlap import Overlap, depends
from ingest.proposal.profile import Column, Profile
from ingest.proposal.records import Record, holds_companies
from ingest.proposal.references import HELD, PEOPLE, Held, Named, another, groups, link_for, named_by
from ingest.proposal.sums import taxed
from ingest.proposal.terms import told_by_terms

PEOPLE_OR_PARTY = ("Customer", "Contact", "Employee", "Product", "Campaign", "Lead")
"""Records that a name tells apart where there is no number."""
SAID_WHOLLY = 0.99
"""Score of a header without a further word: `Agent`, but not `Agent interactions`."""
SURELY = 0.9
LEAST_OF_KEY = 0.62
"""Score from which a header may name the key."""
SYSTEMS_OWN = (("id",), ("key",))
"""Last words of headers of a system's own number."""
NAMED = 0.85
"""What a key counts whose values are names, or numbers that only a system reads, beside one of numbers."""
JOINS = 0.3
"""What the one column that joins counts beside others of the same record."""
ANOTHER = 1.0
"""What it counts that a company is another than the customer of the row: more than its header."""
REPEATED = 10
"""Lines of products that stood before, from which it tells that a column is the same for each product."""
HALF_SAID = 0.4
"""Score from which a header names the key where its values number the rows and it stands first."""
BARE_WORD = 0.7
"""Score from which a record's bare word may head its key, where the values number the rows."""
AMOUNTS = ("amount", "amount_with_tax")
TAXED = ("Order", "Invoice", "Quote")
"""Records with an amount without tax and one with it."""
SUMMED = 1.1
"""What it counts that a tax in the row tells which amount a column is: more than its header."""
UNTOLD = 0.48
"""What it counts where no header says that a product is one of money: it may be one of measures."""
KEY = 1.5
"""What the key counts: more than any field that the column may be beside."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The meaning of a column, how sure it is (0…1), why, and what it names where it names a record."""

    column: Column
    meaning: Meaning
    confidence: float
    reason: str
    named: Named | None = None


def decide(table: Held, others: Sequence[Held], overlap: Overlap) -> list[Decided]:
    """The columns of a table in their order, with their meanings."""
    key = _own_key(table, others, overlap)
    found = [one for one in named_by(table, others, overlap) if key is None or one.column is not key]
    found = with_goods(table, _without_own_fields(found, table.record), key)
    labels = list(dict.fromkeys(one.label for one in found))
    held = [label for label in labels if all(one.held is not None for one in found if one.label == label)]
    options = {
        column.name: candidates(column, table.record, labels, held) for column in table.profile.columns
    }
    for one in _joins(found, table, labels):
        options[one.column.name].insert(0, one.candidate)
    if key is not None:
        options[key.name].insert(0, _key_candidate(key, table, others, overlap))
    joining = joining_columns(found, options)
    options = {name: kept_home(name, some, table, joining) for name, some in options.items()}
    goods = next((one.column for one in found if one.label == "Product" and _joined(one, options)), None)
    summed = dict(_amounts(table.profile, table.record)) | dict(_lines(table, key, goods))
    for name, told in (summed | dict(_due(table))).items():
        options[name].insert(0, told)
    if summed:
        options = {name: [one for one in some if not _half_amount(one)] for name, some in options.items()}
    options = {name: _by_grain(name, some, table, key, goods) for name, some in options.items()}
    if table.record.label == "Order":
        options = without_delivered(options)
    chosen = with_its_day(table, _matched(table, options))
    by_column = {one.column.name: one for one in found}
    return [_decided(column, chosen[column.name], options[column.name], table, by_column.get(column.name))
            for column in table.profile.columns]  # fmt: skip


def _amounts(profile: Profile, record: Record) -> Iterator[tuple[str, Candidate]]:
    """The amounts without and with tax of papers that stand in a row each, with their columns' names."""
    if record.label not in TAXED or record.lines or record.link is not None:
        return
    found = taxed(profile)
    for name, column in zip(AMOUNTS, (found.net, found.gross), strict=True):
        if column is not None:
            meaning = Meaning("field", record.label, None, name)
            yield column.name, Candidate(meaning, SUMMED, "the tax beside it tells which amount it is")


def _lines(table: Held, key: Column | None, goods: Column | None) -> Iterator[tuple[str, Candidate]]:
    """Quantity, price and amount of lines that multiply, and the totals of their records, by column."""
    record = table.record
    if record.line_link != "CONTAINS":
        return
    if key is not None and (number := counted(table.profile, key)) is not None:
        line = Meaning("link field", None, "CONTAINS", "line")
        yield number.name, Candidate(line, SUMMED, f"it counts the lines of each {record.label}")
    if (found := priced(table.profile, goods, key)) is None:
        return
    why, told = "quantity times price is the amount in its rows", is_told(found)
    why += "" if told else ", but no header says price or amount"
    score = SUMMED if told else UNTOLD
    quantity, amount = (Meaning("link field", None, "CONTAINS", name) for name in ("quantity", "amount"))
    price = Meaning("field", "Product", None, "list_price")
    yield found.quantity.name, Candidate(quantity, score, why)
    yield found.price.name, Candidate(price, score, why)
    yield found.amount.name, Candidate(amount, score, why)
    if key is None:
        return
    whole = totals(table.profile, key, found.amount)
    for name, column in zip(AMOUNTS, (whole.net, whole.gross), strict=True):
        if column is not None:
            meaning = Meaning("field", record.label, None, name)
            yield (
                column.name,
                Candidate(meaning, SUMMED, f"it is the sum of {found.amount.name} by {key.name}"),
            )
    if told and (taxed_line := grossed(table.profile, key, found.amount)) is not None:
        gross = Meaning("field", record.label, None, "amount_with_tax")
        meaning = gross if whole.gross is None else Meaning("attribute", record.label)
        yield taxed_line.name, Candidate(meaning, SUMMED, f"it is {found.amount.name} with a tax on it")


def _due(table: Held) -> Iterator[tuple[str, Candidate]]:
    """The days on which invoices were issued and are due, by column, where a few terms lie between them."""
    if table.record.label == "Invoice" and table.record.link is None:
        for name, told in told_by_terms(table.profile, "issued_at", "due_at").items():
            meaning = Meaning("field", "Invoice", None, told)
            yield name, Candidate(meaning, SUMMED, "a few terms lie between the two days in all rows")


def _half_amount(one: Candidate) -> bool:
    """Whether a part of a header tells of an amount: `Amount Paid`, beside amounts that a tax tells."""
    return one.meaning.kind == "field" and one.meaning.name in AMOUNTS and one.score < SURELY


def _own_key(table: Held, others: Sequence[Held], overlap: Overlap) -> Column | None:
    """The column that tells the table's records apart."""
    record = table.record
    if record.link is not None:
        return None
    rated = [(score, column) for column in table.profile.columns if (score := _key_score(column, record)) > 0]
    rated = _without_recurring(rated, record)
    if len(rated) > 1:
        asked = _referred_to(table, others, overlap)
        rated = [
            (score + asked.get(column.name, 0.0) * _is_asked(column, record), column)
            for score, column in rated
        ]
    if all(holds_names(column) for _, column in rated) and (
        numbered := _asked_tax_id(table, others, overlap)
    ):
        return numbered
    if rated:
        return max(rated, key=lambda one: one[0])[1]
    if record.label in PEOPLE:
        mail = [
            one
            for one in table.profile.columns
            if one.is_mostly("email") and one.distinct >= 0.9 * one.filled and one.share_filled > 0.9
        ]
        if mail:
            return mail[0]
    if record.label in PEOPLE_OR_PARTY and not record.lines:
        return _naming_column(table) or _first_name(table)
    return None


def _without_recurring(rated: Sequence[tuple[float, Column]], record: Record) -> list[tuple[float, Column]]:
    """Without the columns of words that recur, where another column numbers the rows: `Name` of invoices."""
    numbered = any(column.unique and _is_coded(column) for _, column in rated)
    if record.lines or not numbered:
        return list(rated)
    return [(score, one) for score, one in rated if _has_digits(one) or one.distinct == one.filled]


def _asked_tax_id(table: Held, others: Sequence[Held], overlap: Overlap) -> Column | None:
    """The tax number of companies that have no other number, where another table names them by it."""
    for column in table.profile.columns if table.record.label == "Customer" else ():
        is_it = any(one.name == "tax_id" and one.score >= SURELY for one in readings(column.name))
        if column.unique and is_it and any(
            overlap.shares(asked, other.profile, table.profile).get(column.name, 0.0) >= SURELY
            for other in others
            for asked in other.profile.columns
            if any(one.name in ("tax_id", "key") or one.said == "names" for one in readings(asked.name))
        ):  # fmt: skip
            return column
    return None


def _referred_to(table: Held, others: Sequence[Held], overlap: Overlap) -> dict[str, float]:
    """By column: how many columns of other tables, named after this record, find their values in it."""
    found: dict[str, float] = {}
    own = table.profile.by_name
    for other in others:
        for column in other.profile.columns:
            named = any(_names(one, table.record.label) for one in readings(column.name))
            shared = column.name in own and _is_numbered(own[column.name], table.record)
            if named or (shared and not column.unique):  # every table numbers its own rows
                for name, share in overlap.shares(column, other.profile, table.profile).items():
                    found[name] = found.get(name, 0.0) + share
    return found


def _names(one: Reading, label: str) -> bool:
    return (
        one.kind == label
        and one.explicit
        and one.score >= 0.62
        and (one.said == "names" or one.name == "key")
    )


def _is_numbered(column: Column, record: Record) -> bool:
    """Whether a header says that it is the record's number, rather than its name."""
    return any(
        one.said == "field" and one.name == "key" and one.kind == record.label and one.score >= SURELY
        and one.of in (None, record.label)
        for one in readings(column.name)
    )  # fmt: skip


def _is_asked(column: Column, record: Record) -> bool:
    """Whether other tables ask for the record's number; that they call it by its name says nothing of it."""
    return _is_numbered(column, record) and not holds_names(column)


def _key_score(column: Column, record: Record) -> float:
    """How well a column serves as the key: its header says so, and its values differ."""
    found = [
        one
        for one in readings(column.name)
        if one.said == "field"
        and one.name == "key"
        and one.kind in record.words
        and (one.of in (None, *record.words) or (one.explicit and _numbers_rows(column)))
    ]
    bare = [
        0.85 * one.score
        for one in readings(column.name)
        if one.said == "names"
        and one.kind == record.label
        and one.role is None
        and one.of is None
        and one.score >= (BARE_WORD if _numbers_rows(column) else 0.9)
    ]
    best = max([*(one.score + 0.1 * one.explicit for one in found), *bare], default=0.0)
    if found and best >= LEAST_OF_KEY and lexicon().tokens(column.name)[-1:] in SYSTEMS_OWN:
        best += 0.15  # a system's own number, before those that people give
    first = column.position <= 1 and _numbers_rows(column) and not _of_the_system(column)
    first = first and not _surely_else(column, record)
    if best < (HALF_SAID if first else LEAST_OF_KEY if column.unique else 0.75):
        best = (
            0.4
            if (unreadable(column.name) or (untold(column.name) and _numbers_rows(column)))
            and column.unique
            and column.position == 0
            and not column.is_mostly("date", "email", "person", "company")
            else 0.0
        )
    value = fit(record.label, "key", column)
    if best == 0.0 or value < 0.5:
        return 0.0
    apart = column.distinct / column.filled if column.filled else 1.0
    if (
        not record.lines
        and apart < 0.5
        and column.rows > 4
        and record.label not in ("Order", "Ticket", "Invoice", "Interaction", "Quote")
    ):
        return 0.0
    if not column.empty and column.share_filled < 0.5:
        best *= 0.4
    if holds_names(column):
        best *= NAMED  # names may stand twice, numbers are given so that they do not
    if column.share("uuid") >= 0.9:
        best *= NAMED
    return best * value + 0.3 * (apart if not record.lines else 0.5) - 0.001 * column.position


def _surely_else(column: Column, record: Record) -> bool:
    """Whether a header is another field of the record, and values show it: a tax number is no half a key."""
    return any(
        one.said == "field" and one.kind == record.label and one.name not in ("key", "name", None)
        and one.score >= SURELY and fit(record.label, one.name, column) > 1
        for one in readings(column.name)
    )  # fmt: skip


def _of_the_system(column: Column) -> bool:
    return any(one.said == "technical" and one.score >= SURELY for one in readings(column.name))


def _numbers_rows(column: Column) -> bool:
    """Whether a column's values are numbers or codes, each once."""
    return column.unique and _is_coded(column)


def _is_coded(column: Column) -> bool:
    """Whether a column's values are numbers or codes."""
    return _has_digits(column) and not column.is_mostly("date", "phone", "email", "decimal")


def _has_digits(column: Column) -> bool:
    return all(" " not in value and any(map(str.isdigit, value)) for value in column.sample)


def holds_names(column: Column) -> bool:
    """Whether values are what records are called rather than numbers that they bear."""
    return column.is_mostly("person", "company") and not column.is_mostly("code", "integer")


def _naming_column(table: Held) -> Column | None:
    """The column with the names of a table whose records have no number."""
    rated = []
    for column in table.profile.columns:
        for one in readings(column.name):
            named = (
                one.kind in table.record.words
                and (one.name == "name" or one.said == "names")
                and one.role is None
            )
            if (
                named
                and one.score >= 0.75
                and part_of_name(column.name) is None
                and fit(one.kind or "", "name", column) >= 1
            ):
                apart = column.distinct / column.filled if column.filled else 1.0
                rated.append((one.score + 0.1 * one.explicit + apart, -column.position, column))
    return max(rated, key=lambda one: one[:2])[2] if rated else None


def _first_name(table: Held) -> Column | None:
    """The first column of companies that have neither number nor a word for a name: `Site`, each once."""
    first = table.profile.columns[:1] if table.record.label == "Customer" else ()
    named = [
        one for one in first
        if one.unique and holds_companies(one) and any(word.name == "name" for word in readings(one.name))
    ]  # fmt: skip
    return named[0] if named else None


def _without_own_fields(found: list[Named], record: Record) -> list[Named]:
    """Without the columns whose header is better read as a field of the row's own record."""
    kept = []
    for one in found:
        own = _own_score(one.column, record)
        if not _typed(one) and (one.share >= HELD or own < one.score):
            kept.append(one)
    return kept


def _own_score(column: Column, record: Record) -> float:
    """How well a header is read as a field of the row's own record, or of its line."""
    kinds = {record.label, record.line_link}
    return max(
        (
            one.score * fit(one.kind or "", one.name or "", column)
            for one in readings(column.name)
            if one.said == "field"
            and one.name != "key"
            and one.kind in kinds
            and one.of in (None, record.label)
        ),
        default=0.0,
    )


def _typed(one: Named) -> bool:
    """Whether the values only count records, or are of a type that names have not: `Open deals`."""
    if one.column.is_mostly("boolean") or (one.by is None and one.column.share("decimal") > 0.5):
        return True
    counts = one.label not in PEOPLE_OR_PARTY and one.column.share("number") >= 0.9
    if one.by is None and counts and one.share < HELD:
        return True
    return (
        one.by is None
        and (one.role is None or one.score < SAID_WHOLLY)
        and one.share < HELD
        and one.column.is_mostly("small")
        and not one.column.unique
    )


@dataclass(frozen=True, slots=True)
class _Join:
    column: Column
    candidate: Candidate


def _joins(found: Sequence[Named], table: Held, labels: Sequence[str]) -> Iterator[_Join]:
    """What the columns mean that name other records: of each record one joins, the others are its fields."""
    for group in groups(found).values():
        joining = _joining(group)
        for one in group:
            if _is_another(one, joining, table):
                attribute = Meaning("attribute", table.record.label)
                yield _Join(one.column, Candidate(attribute, ANOTHER, "it names another company of the row"))
                continue
            meaning = _meaning_of(one, table, labels, joins=one is joining)
            if meaning is not None:
                score = 0.9 * min(1.0, one.score + 0.2 * one.share)
                score += JOINS + 0.2 * one.share if one is joining else 0.0
                yield _Join(one.column, Candidate(meaning, score, _reason(one)))


def _is_another(one: Named, joining: Named, table: Held) -> bool:
    """Whether a company beside a customer is another one, such as that to which an order is shipped."""
    if one is joining or one.label != "Customer" or table.record.link is not None:
        return False
    said, joined = (set(lexicon().tokens(each.column.name)) for each in (one, joining))
    if (joining.by, one.by) == ("key", "name") and said & joined:
        return False  # `Account ID` and `Account Name` are of one account, whichever names it has
    return another(one.column, joining.column, table.profile)


def _joining(group: Sequence[Named]) -> Named:
    """The column of a group that joins: whose values another table holds, of these numbers before names."""
    ranks = {None: 1, "key": 3, "email": 2, "name": 1, "phone": 0}
    held = [one for one in group if one.share >= HELD]
    return max(
        held or group,
        key=lambda one: (
            round(one.share, 1) if held else 0,
            not holds_names(one.column),
            ranks[one.by],
            one.score,
            one.column.distinct,
            -one.column.position,
        ),
    )


def _meaning_of(one: Named, table: Held, labels: Sequence[str], *, joins: bool) -> Meaning | None:
    record = table.record
    others = [record.label, *(label for label in labels if label != record.label)]
    link = link_for(one, record, others)
    several = one.role == "PARTICIPATED_IN" and one.by is None
    if record.link is not None and (one.label, one.label) in ends_of(record.link):
        several = True  # both ends are such records
    if link is None and one.label != record.label:
        return None
    if not joins and not several:
        return Meaning("field", one.label, None, _field_of(one)) if _field_of(one) else None
    if one.held is not None:
        return Meaning("end", one.label, link, None, one.part)
    return Meaning("key", one.label, link, None, one.part)


def _field_of(one: Named) -> str | None:
    """The field that a column holds which does not join."""
    if one.by == "key" and holds_names(one.column):
        return "name"  # beside the number under a word that is used for both
    if one.by in ("email", "phone"):
        return None if one.label not in PEOPLE or (one.by == "phone" and one.label == "Employee") else one.by
    return (
        "name"
        if one.by in ("name", None) and one.label in (*PEOPLE_OR_PARTY, "Opportunity", "Contract")
        else None
    )


def _reason(one: Named) -> str:
    said = f"the header names a {one.label}" + (f" by its {one.by}" if one.by else "")
    if one.held is None:
        return f"{said}, which no other file holds"
    if one.there:
        return f"{said}; {one.share:.0%} of the values stand in `{one.there}` of {one.held.table.name}"
    return f"{said}, which {one.held.table.name} holds"


def _key_candidate(key: Column, table: Held, others: Sequence[Held], overlap: Overlap) -> Candidate:
    """The key of the row's own record; of lines whose record another table holds, the end of their link."""
    record = table.record
    unique = (
        "every value differs" if key.unique else f"{key.distinct:,} different values in {key.filled:,} cells"
    )
    if record.lines:
        held = [
            one
            for one in others
            if one.record.label == record.label and not one.record.lines and one.record.link is None
        ]
        if held:
            names = max(held, key=lambda one: overlap.best(key, table.profile, one.profile)[1])
            return Candidate(
                Meaning("end", record.label, record.line_link),
                KEY,
                f"the header names the {record.label} of the line, which {names.profile.table.name} holds",
            )
    return Candidate(Meaning("key", record.label), KEY, f"the header names the record; {unique}")


def _joined(one: Named, options: Mapping[str, list[Candidate]]) -> bool:
    """Whether a column names its record, rather than telling a field of it."""
    return any(
        other.meaning.kind in ("key", "end") and other.meaning.label == one.label
        for other in options[one.column.name]
    )


def _by_grain(
    name: str, options: list[Candidate], table: Held, key: Column | None, goods: Column | None
) -> list[Candidate]:
    """In a table of lines an amount that differs within a record is the line's, and what is the same for
    all lines of a product is the product's. `goods` names the product."""
    record = table.record
    if not record.lines or record.line_link is None:
        return options
    column = table.profile.by_name[name]
    same = (
        depends(column, key, table.profile)
        if key is not None and column is not key and not column.empty
        else None
    )
    found = [_regrained(one, record, column, same) for one in options]
    if not same and goods is not None and column is not goods and _is_of(column, goods, table):
        found = [_rehomed(one, record) for one in found]
    if goods is not None and column is not goods and _varies(column, goods, table):
        found = [one for one in found if one.meaning.text != "Product family"]
    if same is False:
        found += _as_line_amount(options, record)
    return sorted(found, key=lambda one: -one.score)


def _is_of(column: Column, goods: Column, table: Held) -> bool:
    """Whether a column says the same wherever a product stands, and products stand often enough to tell."""
    repeated = goods.filled - goods.distinct
    telling = column.distinct > 1 and not column.is_mostly("date", "decimal")
    return telling and repeated >= REPEATED and depends(column, goods, table.profile) is True


def _varies(column: Column, goods: Column, table: Held) -> bool:
    """Whether a column says different things of one product: it is no family of products."""
    return goods.filled - goods.distinct >= REPEATED and depends(column, goods, table.profile) is False


def _rehomed(one: Candidate, record: Record) -> Candidate:
    meaning = one.meaning
    if meaning.kind != "attribute" or meaning.label != record.label:
        return one
    said = f"{one.reason}; it is the same for all lines of a product"
    return Candidate(Meaning("attribute", "Product"), one.score, said)


def _as_line_amount(options: Sequence[Candidate], record: Record) -> Iterator[Candidate]:
    """A record's amount that differs from line to line, as the line's."""
    for one in options:
        meaning = one.meaning
        if meaning.kind == "field" and meaning.label == record.label and meaning.name in AMOUNTS:
            line = Meaning("link field", None, record.line_link, "amount")
            yield Candidate(line, 0.9 * one.score, f"{one.reason}; it differs within a {record.label}")


def _regrained(one: Candidate, record: Record, column: Column, same: bool | None) -> Candidate:
    meaning = one.meaning
    if meaning.kind == "field" and meaning.label == record.label and meaning.name in AMOUNTS and not same:
        return replace(one, score=one.score * 0.7)
    if meaning.kind == "link field" and meaning.name == "amount" and same:
        return replace(one, score=one.score * 0.7)
    if (
        meaning.kind == "link field"
        and meaning.name == "line"
        and column.unique
        and column.rows > 4
        and same is not None
    ):
        return replace(one, score=one.score * 0.3)
    return one


def _matched(table: Held, options: Mapping[str, list[Candidate]]) -> dict[str, Candidate]:
    """Each column its best meaning that no better column has; parts of a name share theirs."""
    pairs = [
        (one.score, -place, name, one) for place, (name, some) in enumerate(options.items()) for one in some
    ]
    chosen: dict[str, Candidate] = {}
    taken: dict[str, list[str]] = {}
    for _, _, name, one in sorted(pairs, key=lambda pair: pair[:2], reverse=True):
        if name in chosen or not _free(one.meaning, name, taken):
            continue
        chosen[name] = one
        taken.setdefault(one.meaning.text, []).append(name)
    return {
        column.name: chosen.get(column.name, Candidate(NOTHING, 0.2, "nothing fits"))
        for column in table.profile.columns
    }


def _names_a_person(header: str) -> bool:
    """Whether a header is a word for a person's name, or for its family name beside a given one."""
    return any(one.kind == "Contact" and one.name == "name" and one.score >= 0.99 for one in readings(header))


def _free(meaning: Meaning, name: str, taken: Mapping[str, list[str]]) -> bool:
    if meaning.kind in ("end", "attribute", "none"):
        return True
    holders = taken.get(meaning.text, [])
    if not holders or (meaning.kind == "key" and meaning.link is not None):
        return True
    parts = [part_of_name(one) for one in (name, *holders)]
    known = [part for part in parts if part is not None]
    whole = [one for one, part in zip((name, *holders), parts, strict=True) if part is None]
    if not all(_names_a_person(one) for one in whole):
        return False
    return meaning.name == "name" and bool(known) and len(set(known)) == len(known) and parts.count(None) <= 1


def _decided(
    column: Column, one: Candidate, options: Sequence[Candidate], table: Held, named: Named | None
) -> Decided:
    rival = max((other.score for other in options if other.meaning.text != one.meaning.text), default=0.0)
    sure = min(1.0, one.score) * (1.0 if table.record.named else 0.95)
    if one.score - rival < 0.1:
        sure *= 0.75
    if column.empty:
        sure *= 0.9
    if one.meaning.kind not in ("key", "end") or named is None or one.meaning.label != named.label:
        named = named if one.meaning.kind == "field" and named and named.label == one.meaning.label else None
    return Decided(column, one.meaning, round(max(0.05, min(0.99, sure)), 2), one.reason, named)
