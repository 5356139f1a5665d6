"""How a mapping names one value of a row, and conditions on rows."""

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Clean = Literal[
    "lower", "upper", "digits", "collapse", "domain", "email", "nospace", "reference", "title", "day"
]
"""Clean-ups of text: lower or upper case, digits only, runs of blanks to one, domain of an e-mail or address,
the bare mail address (of a list: every one), no blanks at all, the number behind `#` at the end
(`Sales Order #SO10235`; other texts stay), Title Case, the day of a time that the text begins with. Blanks at
both ends always go."""

ValueType = Literal["text", "number", "integer", "boolean", "date", "datetime", "list"]
SOURCES = ("column", "columns", "template", "person", "constant", "multiply")
Pick = Literal["first", "last", "min", "max", "sum", "count"]


Decimal = Literal[".", ","] | None
Thousands = Literal[".", ",", " ", "'"] | None


class Strict(BaseModel):
    """Part of a mapping: immutable, and unknown keys are faults."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Condition(Strict):
    """A test on one column; every test that is given must hold. Empty cells count as no value.

    Texts are compared without case; regular expressions are not.
    """

    column: str
    equals: str | None = None
    not_equals: str | None = None
    any_of: list[str] | None = Field(default=None, alias="in")
    none_of: list[str] | None = Field(default=None, alias="not_in")
    matches: str | None = None
    """A regular expression (RE2) found anywhere in the text."""
    not_matches: str | None = None
    filled: bool | None = None
    in_dataset: str | None = None
    """`dataset.column`: the value occurs there."""
    not_in_dataset: str | None = None

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if len(self.model_fields_set) < 2:
            raise ValueError(
                "a condition needs a test, such as `equals:`, `in:`, `matches:` or `filled: true`"
            )
        return self


class Case(Strict):
    """A value for the rows where all conditions hold."""

    when: list[Condition] = Field(min_length=1)
    then: str

    @model_validator(mode="before")
    @classmethod
    def _one_condition(cls, data: Any) -> Any:
        return listed(data, "when")


class Person(Strict):
    """The columns of a personal name, joined as its script wants it."""

    given: str
    family: str


class Value(Strict):
    """One value of a row: where it comes from, how it is cleaned, how it is read.

    The short form is a column's name. Exactly one of `SOURCES` is given, or `cases` alone.
    """

    column: str | None = None
    columns: list[str] | None = Field(default=None, min_length=1)
    """The first of these that is filled."""
    template: str | None = None
    """Text with `{Column}` in it; empty when all of its columns are (as a key: when any is)."""
    person: Person | None = None
    """`明 陈` becomes 陈明, `Ann Lee` stays."""
    constant: str | None = None
    multiply: list[str] | None = Field(default=None, min_length=2)
    """Columns and numbers to multiply, such as `[Quantity, UnitPrice]` or `[revenue, 1000000]`."""
    cases: list[Case] | None = Field(default=None, min_length=1)
    """Tried in order; the first that holds gives the value, else the source above."""
    minus: str | None = None
    """Another column whose amount counts against that of `column`, such as the debit beside a credit: a row
    has one of the two."""
    negative: tuple[Condition, ...] = ()
    """The amount counts against the others in rows where all of these hold, such as those marked `H`."""
    when: tuple[Condition, ...] = ()
    """The value counts only in rows where all of these hold; elsewhere it is empty."""
    clean: tuple[Clean, ...] = ()
    map: dict[str, str] = Field(default_factory=dict)
    """Replacements of whole values, compared without case."""
    unmapped: Literal["keep", "empty", "refuse"] = "keep"
    default: str | None = None
    """Used where the cell is empty."""
    required: bool = False
    """An empty value puts the row into quarantine."""
    type: ValueType | None = None
    """Taken from the model's field when not given."""
    format: tuple[str, ...] = ()
    """For dates: `iso`, `day-first`, `month-first`, `excel`, `epoch` (`-ms`, `-us`), `cyyddd` or strptime
    patterns."""
    timezone: str | None = None
    decimal: Decimal = None
    thousands: Thousands = None
    true_values: tuple[str, ...] = ()
    false_values: tuple[str, ...] = ()
    split: tuple[str, ...] | None = Field(default=None, min_length=1)
    """Separators of a list in one cell."""
    pick: Pick | None = None
    """How several rows of one key become one value."""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, data: Any) -> Any:
        if isinstance(data, str):
            return {"column": data}
        return listed(
            data, "clean", "format", "true_values", "false_values", "columns", "split", "when", "negative"
        )

    @model_validator(mode="after")
    def _subtracts_from_a_column(self) -> Self:
        if (self.minus is not None or self.negative) and self.column is None:
            raise ValueError("`minus:` and `negative:` need a `column:` that holds the amount")
        return self

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        sources = [name for name in SOURCES if getattr(self, name) is not None]
        if len(sources) > 1:
            raise ValueError(f"give one of {' and '.join(f'`{name}`' for name in sources)}, not both")
        if not sources and not self.cases:
            raise ValueError(
                "a value needs one of `column:`, `columns:`, `template:`, `person:`, `constant:`, "
                "`multiply:`, `cases:`"
            )
        return self


def listed(data: Any, *names: str) -> Any:
    """`data` with single items under `names` wrapped in lists."""
    if not isinstance(data, dict):
        return data
    single = {name: [data[name]] for name in names if name in data and not isinstance(data[name], list)}
    return {**data, **single}
