"""What a row of each table is: a record of one label, a line of one, or the link of two."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.mapping.fields import required_fields, type_of
from ingest.mapping.kinds import ITEM
from ingest.proposal.arithmetic.line_sums import priced
from ingest.proposal.columns.fit import fit
from ingest.proposal.columns.profile import Column, Profile
from ingest.proposal.columns.tables import words_of
from ingest.proposal.words.header import part_of_name, readings, untold
from ingest.proposal.words.known import LABELS
from ingest.proposal.words.lexicon import Phrase, lexicon
from ingest.proposal.words.meaning import ends_of
from ingest.proposal.words.words import Tokens, weight, without

LINED: Mapping[str, str] = {
    "Order": "CONTAINS",
    "Quote": "CONTAINS",
    "Invoice": "CONTAINS",
    "Opportunity": "ABOUT",
}
"""Records whose lines stand in rows of their own, and the link of a line to its product."""
OFFERED = tuple(sorted(LABELS - {"Tag", "Segment", "Purpose"}))
"""Labels that rows of an export may be."""
SAYS_NAME = 4.5
"""What the file's own name counts beside its columns, of which each counts at most 1."""


SAYS_LINES = 4.0
"""What it counts that a row names a record's number, a product and a quantity: it is a line of the record."""
COMPANIES = 0.3
"""Share of names with a legal form or a word of a trade from which a column holds companies."""
EACH_ONCE, LEAST_CELLS = 0.9, 5
"""Share of different values from which each row is one of them, and cells from which that says something."""
RECUR = 0.6
"""Share of different values up to which most of them recur."""
SAYS_INSTALLED = 4.0
"""What it counts that rows are numbered as machines are and name the customer where each stands."""
SAYS_PAPER = 3.0
"""What it counts against customers, people and products that rows look like orders."""
PARTIES = frozenset({"Campaign", "Contact", "Customer", "Employee", "Lead", "Product"})
DESK = ("priority", "closed_at", "satisfaction", "sla_breached")
"""Fields that tickets have and talks have not."""
PAPERS = ("Contract", "Interaction", "Invoice", "Opportunity", "Order", "Payment", "Quote", "Ticket")
PEOPLE = 0.7
"""Share of names of people from which a column holds people."""
ORDERED_BY = ("by", "nach", "par", "por", "per")
OURS = ("employee", "employees", "staff", "rep", "reps", "mitarbeiter", "empleados", "employes")


@dataclass(frozen=True, slots=True)
class Record:
    """What a row is: of `label`; with `lines`, a line of one; or with `link`, that link and nothing else."""

    label: str
    lines: bool = False
    link: str | None = None
    score: float = 0.0
    margin: float = 0.0
    """By how much it is likelier than the next best."""
    named: bool = False
    """Whether the file's name says so."""
    called: str | None = None
    """Another label by whose word the rows are called: a ledger's contacts are companies."""

    @property
    def words(self) -> tuple[str, ...]:
        """The labels whose words mean the row's own record."""
        return (self.label,) if self.called is None else (self.label, self.called)

    @property
    def line_link(self) -> str | None:
        """The link of the line to its product."""
        return LINED.get(self.label) if self.lines else None


def record_of(profile: Profile) -> Record:
    """The likeliest record of a table's rows."""
    words = lexicon().tokens(words_of(profile.table))
    named = dict(_named(words))
    scores = _scores(profile, words, named)
    label = max(scores, key=lambda one: (scores[one], one == "Order"))
    if label == "Employee" and _names_record(profile, "Customer") and not _called_ours(words):
        scores["Contact"], label = scores["Employee"], "Contact"
    second = max(score for one, score in scores.items() if one != label)
    link = _link(words, profile)
    if link is not None:
        return Record(ends_of(link)[0][0], link=link, score=1.0, margin=1.0, named=True)
    if (other := _told_by_names(label, profile)) is not None:
        return Record(
            other, False, None, scores[label], scores[label] - second, named.get(label, 0.0) > 0, label
        )
    lines = label in LINED and _has_lines(profile, label, words)
    if (
        label == "Invoice"
        and lines
        and not named.get("Invoice")
        and not _mentions(profile, "due_at", "open_amount")
    ):
        label = "Order"
    return Record(label, lines, None, scores[label], scores[label] - second, named.get(label, 0.0) > 0)


def _is_paper(profile: Profile) -> bool:
    """Whether rows have a number of their own, a day, an amount, and name what stands in several rows: so
    orders and invoices do, while those who order stand in one row each."""
    columns = profile.columns
    numbered = any(
        one.unique and one.share("code") + one.share("integer") >= EACH_ONCE for one in columns[:3]
    )
    dated = any(one.is_mostly("date") and one.share_filled >= EACH_ONCE for one in columns)
    paid = any(one.share("decimal") >= EACH_ONCE and one.share_filled >= EACH_ONCE for one in columns)
    return numbered and dated and paid and any(map(_recurs, columns))


def _scores(profile: Profile, words: Tokens, named: Mapping[str, float]) -> dict[str, float]:
    """By label how much speaks for it: the file's name, the columns, and what rows of it cannot be."""
    scores = {label: named.get(label, 0.0) * SAYS_NAME + _by_columns(label, profile) for label in OFFERED}
    for label in LINED:
        counted = label != "Opportunity" or "line" in words or "lines" in words
        called = label in named and _called_lines(words, label)
        told = called or _names_record(profile, label) or (label == "Order" and _sells(profile))
        if counted and told and _has_lines(profile, label, words):
            scores[label] += SAYS_LINES * (2 if label == "Opportunity" else 1)
            if called:
                scores[label] += SAYS_NAME * (1.0 - named[label])
                scores["Product"] = min(scores["Product"], scores[label] - 1.0)  # the items are its
    for label in _unlikely(profile) - named.keys():
        scores[label] -= SAYS_PAPER
    scores[ITEM] += SAYS_INSTALLED if _are_installed(profile) else -SAYS_INSTALLED
    if _closed_and_rated(profile):
        scores["Interaction"] = min(scores["Interaction"], scores["Ticket"] - 1.0)
    if _logs_customers(profile):
        scores["Customer"] = _by_columns("Customer", profile) - SAYS_PAPER
    if _mentions(profile, "due_at") and _mentions(profile, "open_amount"):
        scores["Order"] = min(scores["Order"], scores["Invoice"] - 1.0)  # no order is due or partly paid
    if _is_due(profile):
        scores["Payment"] = min(scores["Payment"], scores["Invoice"] - 1.0)
    return scores


def _are_installed(profile: Profile) -> bool:
    """Whether each row has a machine's number or another of its own, names a customer, and is no paper: no
    number of an order, a ticket or an invoice is its own, and nothing is multiplied or open."""
    numbered = any(column.unique and _names(column, ITEM) for column in profile.columns) or any(
        column.unique and _numbers_items(column) for column in profile.columns
    )
    papers = any(_says_own_number(profile, label) for label in PAPERS)
    return numbered and _names_record(profile, "Customer") and not papers and priced(profile) is None


def _numbers_items(column: Column) -> bool:
    """Whether a header is a word for the number of a machine and of nothing else: `Serial No`, 出厂编号."""
    said = {one.kind for one in readings(column.name) if one.name == "key" and one.score >= 0.9}
    return said == {ITEM}


def _closed_and_rated(profile: Profile) -> bool:
    """Whether talks are a help desk's: two of these, that they have a priority, are closed, or are rated."""
    said = {
        one.name
        for column in profile.columns
        for one in readings(column.name)
        if one.kind == "Ticket"
        and one.name in DESK
        and one.score >= 0.6
        and fit("Ticket", one.name, column) >= 1
    }
    return len(said) >= 2


def _unlikely(profile: Profile) -> frozenset[str]:
    """What rows hardly are: parties where they look like papers, people where nothing tells of any."""
    papers = PARTIES if _is_paper(profile) else frozenset[str]()
    if papers and _mentions(profile, "amount", "amount_with_tax", "open_amount"):
        papers |= {"Interaction", "Task"}  # talks have no amount
    return papers if _tells_of_people(profile) else papers | {"Contact", "Employee"}


def _tells_of_people(profile: Profile) -> bool:
    """Whether a column holds names of people, or how they are reached; an empty table may be of anybody."""
    return any(
        column.empty or holds_people(column) or column.is_mostly("email", "phone", "mobile", "job")
        or part_of_name(column.name) is not None or _names(column, "Contact") or _names(column, "Employee")
        for column in profile.columns
    )  # fmt: skip


def _is_due(profile: Profile) -> bool:
    """Whether each row is an invoice with what is left to pay, in a file that is called by its payments."""
    numbered = any(
        column.unique and one.explicit and one.kind == "Invoice" and one.name == "key"
        for column in profile.columns
        for one in readings(column.name)
    )
    return numbered and _mentions(profile, "open_amount") and not _says_own_number(profile, "Payment")


def _says_own_number(profile: Profile, label: str) -> bool:
    return any(
        column.unique and one.explicit and one.kind == label and one.name == "key" and one.score >= 0.75
        for column in profile.columns
        for one in readings(column.name)
    )


def _logs_customers(profile: Profile) -> bool:
    """Whether rows tell what happened with customers on days: the customer recurs and nothing numbers it."""
    naming = [one for one in profile.columns if _names(one, "Customer") and not one.empty]
    recurs = naming and all(
        one.filled >= 2 * LEAST_CELLS and one.distinct < EACH_ONCE * one.filled for one in naming
    )
    dated = any(one.is_mostly("date") and one.share_filled >= EACH_ONCE for one in profile.columns)
    own = any(
        one.unique and not one.is_mostly("date", "long", "email", "phone") and _says("Customer", one) > 0
        for one in profile.columns
    )
    return bool(recurs) and dated and not own


def _recurs(column: Column) -> bool:
    """Whether a column names companies or numbers that stand in several rows each."""
    told = column.filled >= 4 * LEAST_CELLS and LEAST_CELLS <= column.distinct <= RECUR * column.filled
    numbered = column.share("code") + column.share("integer") >= EACH_ONCE
    plain = not column.is_mostly("date", "decimal", "boolean")
    padded = numbered and len({len(value) for value in column.sample}) == 1
    return told and plain and (padded or column.share("company") >= COMPANIES)


def _named(words: Tokens) -> Iterator[tuple[str, float]]:
    """The labels that a name holds; the last word of one is its head: `customer contacts`, `客户联系人`."""
    found: dict[str, tuple[int, float, float]] = {}
    counted = words[: _before(words)]
    for label, phrases in lexicon().names.items():
        for phrase in phrases:
            at = _place(counted, phrase)
            if at is not None:
                kept = found.get(label, (0, 0.0, 0.0))
                found[label] = max(kept, (at + len(phrase.words), weight(phrase.words), phrase.strength))
    last = max((one[:2] for one in found.values()), default=(0, 0.0))
    for label, (end, size, strength) in found.items():
        yield label, strength * (1.0 if (end, size) == last else 0.4)


def _before(words: Tokens) -> int:
    """How many words stand before that after which a name says how rows are ordered: `sales by customer`."""
    return next((at for at, word in enumerate(words) if at and word in ORDERED_BY), len(words))


def _place(words: Tokens, phrase: Phrase) -> int | None:
    size = len(phrase.words)
    for start in range(len(words) - size, -1, -1):
        if words[start : start + size] == phrase.words:
            return start
    return None


def _by_columns(label: str, profile: Profile) -> float:
    """How much the columns speak for a label: what they mean for it, the less the more labels it suits."""
    needed = [name for name in required_fields(label) if type_of_safe(label, name) == "datetime"]
    dated = any(column.share("date") >= 0.5 or column.share("epoch") >= 0.8 for column in profile.columns)
    score = -1.5 if needed and not dated else 0.0
    for column in profile.columns:
        score += _says(label, column) or _shows(label, column)
    return score


def _shows(label: str, column: Column) -> float:
    """What values say for a label under a header of unknown words: companies and tax numbers, each once."""
    told = column.filled >= LEAST_CELLS and column.distinct >= EACH_ONCE * column.filled
    if label != "Customer" or not told or not untold(column.name):
        return 0.0
    return float(column.share("company") >= COMPANIES or column.is_mostly("tax_id"))


def type_of_safe(kind: str, name: str) -> str:
    """How a field's text is read; a key is text."""
    return "text" if name.endswith("_id") else type_of(kind, name)


def _says(label: str, column: Column) -> float:
    found = [
        one
        for one in readings(column.name)
        if one.said == "field" and one.kind in LABELS and (one.kind != ITEM or label == ITEM)
    ]
    mine = [one for one in found if one.kind == label and one.score >= 0.75]
    if not mine:
        return 0.0
    best = max(mine, key=lambda one: (one.explicit, one.score))
    value = best.score * fit(label, best.name or "key", column)
    if best.explicit and best.name == "key":
        return value if column.unique else -0.2
    if best.explicit:
        return value * 0.5
    shared = {one.kind for one in found if one.score >= best.score - 0.01}
    return value / len(shared) ** 1.5 if best.name != "key" else 0.0


def _mentions(profile: Profile, *names: str) -> bool:
    return any(
        one.said == "field" and one.name in names and one.score >= 0.9
        for column in profile.columns
        for one in readings(column.name)
    )


def _names_record(profile: Profile, label: str) -> bool:
    """Whether a column's header names a record of the label by its number, or as such."""
    return any(
        one.kind == label and one.explicit and one.role is None and one.score >= 0.75
        and (one.said == "names" or one.name == "key")
        and not column.empty and not column.is_mostly("date", "decimal")
        for column in profile.columns
        for one in readings(column.name)
    )  # fmt: skip


def _told_by_names(label: str, profile: Profile) -> str | None:
    """What rows are that are called by another's word: contacts with names of companies, customers with
    names of people beside their company's; None where the names fit the word."""
    companies = [column for column in profile.columns if holds_companies(column)]
    nobody = not any(holds_people(one) for one in profile.columns)
    if label == "Contact" and nobody and any(_called_by(one, "Contact") for one in companies):
        return "Customer"
    if label == "Contact" and len(companies) == 1 and companies[0].unique and _numbers_customers(profile):
        return "Customer"
    people = [one for one in profile.columns if holds_people(one) and _is_named(one, "Customer")]
    if label == "Customer" and len(people) == 1 and any(_names(column, "Customer") for column in companies):
        return "Contact"
    return None


def _numbers_customers(profile: Profile) -> bool:
    """Whether every row has a customer's number of its own and no person's name."""
    numbered = any(
        one.kind == "Customer" and one.explicit and one.name == "key" and one.score >= 0.99 and column.unique
        for column in profile.columns
        for one in readings(column.name)
    )
    return numbered and not any(
        holds_people(one) or part_of_name(one.name) is not None for one in profile.columns
    )


def holds_companies(column: Column) -> bool:
    """Whether values are names of companies, as legal forms in them tell."""
    return column.share("company") >= COMPANIES > 2 * column.share("given_name")


def holds_people(column: Column) -> bool:
    """Whether values are names of people."""
    return column.share("person") >= PEOPLE and column.share("company") < 1 - PEOPLE


def _called_by(column: Column, label: str) -> bool:
    """Whether a header is the name of a record of a label, or of any, and of no other."""
    said = {
        (one.kind, one.explicit)
        for one in readings(column.name)
        if one.score >= 0.99 and one.role is None and one.name in ("name", None)
    }
    others = {kind for kind, explicit in said if explicit and kind in ("Customer", "Contact")} - {label}
    return bool(said & {(label, True), (label, False)}) and not others


def _is_named(column: Column, label: str) -> bool:
    """Whether a header is the name of a record of a label: 客户名称, but not 法人."""
    named = any(one.name == "name" and one.score >= 0.99 for one in readings(column.name))
    return named and _called_by(column, label)


def _names(column: Column, label: str) -> bool:
    return any(one.kind == label and one.explicit and one.score >= 0.75 for one in readings(column.name))


def _sells(profile: Profile) -> bool:
    """Whether rows are lines of something: numbered ones, or a product sold to a customer on a day."""
    dated = any(column.share("date") >= 0.5 for column in profile.columns)
    return _numbers_lines(profile) or (dated and _names_record(profile, "Customer"))


def _numbers_lines(profile: Profile) -> bool:
    """Whether a column counts lines, which are of an order where nothing says of what."""
    return any(
        one.said == "field" and one.kind == "CONTAINS" and one.name == "line" and one.score >= 0.99
        and column.is_mostly("small", "integer")
        for column in profile.columns
        for one in readings(column.name)
    )  # fmt: skip


def _called_ours(words: Tokens) -> bool:
    """Whether a file's name says that its people are ours; users may be a help desk's customers."""
    return any(word in OURS for word in words) or "员工" in "".join(words)


def _has_lines(profile: Profile, label: str, words: Tokens) -> bool:
    """Whether rows are lines: they name a product and a quantity, or the file is called so."""
    called = any(without(words, phrase.words) is not None for phrase in lexicon().lines)
    product = any(names_product(column) for column in profile.columns)
    counted = any(
        one.said == "field" and one.name == "quantity" and one.score >= 0.75
        and fit("CONTAINS", "quantity", column) >= 1
        for column in profile.columns
        for one in readings(column.name)
    )  # fmt: skip
    numbered = called and counted and _numbers_lines(profile)
    if not product and priced(profile) is not None:
        product = any(_may_name_product(column) for column in profile.columns)
    return numbered or (
        product and (counted or (called and label != "Opportunity") or priced(profile) is not None)
    )


def _called_lines(words: Tokens, label: str) -> bool:
    """Whether a file is called by a record's word and behind it by one for lines: `order items`."""
    ends = [
        at + len(phrase.words)
        for phrase in lexicon().names[label]
        if (at := _place(words, phrase)) is not None
    ]
    behind = words[min(ends) :] if ends else ()
    return any(without(behind, phrase.words) is not None for phrase in lexicon().lines) if behind else False


def names_product(column: Column) -> bool:
    """Whether a header names a product: as such, by its number, or by a word that only products have."""
    for one in readings(column.name):
        if one.kind != "Product" or one.score < 0.75:
            continue
        if one.said == "names" or (one.explicit and one.name in ("key", "name")):
            return True
        if (
            one.said == "field"
            and one.name in ("key", "name")
            and one.score >= 1
            and not _generic(column, one.name)
        ):
            return True
    return False


def _may_name_product(column: Column) -> bool:
    """Whether a weak word heads a column with values that recur: `What`, beside quantity and price."""
    weak = any(one.kind == "Product" and one.name in ("key", "name") for one in readings(column.name))
    return weak and recurs(column) and not column.is_mostly("number", "date")


def recurs(column: Column) -> bool:
    """Whether values stand in several rows each, more than one of them."""
    return 1 < column.distinct <= RECUR * column.filled


def _generic(column: Column, name: str | None) -> bool:
    """Whether a header suits many labels' keys or names: `ID`, `Name`, `Title`."""
    suited = {
        one.kind
        for one in readings(column.name)
        if one.said == "field" and one.name == name and not one.explicit and one.score >= 0.99
    }
    return len(suited) > 1


def _link(words: Tokens, profile: Profile) -> str | None:
    """The link that rows are, where the file's name says so and columns name both ends."""
    for link, phrases in lexicon().links.items():
        for phrase in phrases:
            if _place(words, phrase) is not None and len(phrase.words) >= 1 and _names_both(link, profile):
                return link
    return None


def _names_both(link: str, profile: Profile) -> bool:
    """Whether columns name both ends, and no column is more than the link needs."""
    if len(profile.columns) > 15:
        return False
    named = _explicit_labels(profile.columns)
    return any(
        start in named and end in named and (start != end or named[start] >= 2)
        for start, end in ends_of(link)
    )


def _explicit_labels(columns: Sequence[Column]) -> dict[str, int]:
    """How many columns name a record of each label by its key."""
    found: dict[str, int] = {}
    for column in columns:
        labels = {
            one.kind
            for one in readings(column.name)
            if one.explicit
            and one.kind in LABELS
            and one.score >= 0.65
            and (one.said == "names" or one.name == "key")
        }
        if any(one.role is not None and one.role.label == "any" for one in readings(column.name)):
            labels |= {"Contact", "Employee"}
        for label in labels:
            found[str(label)] = found.get(str(label), 0) + 1
    return found
