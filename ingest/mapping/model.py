"""The mapping as a whole: sources, datasets with their files, custom attributes."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from ingest.mapping.kinds import NAMED, Attribute, ItemKind, filled
from ingest.mapping.pull import Pull
from ingest.mapping.push import Push
from ingest.mapping.rules import LinkRule, NodeRule
from ingest.mapping.value import Condition, Decimal, Strict, Thousands, Value, listed

DEFAULT_NULLS = (
    "", "NULL", "Null", "null", "(null)", "(NULL)", "<null>", "<NULL>", "[null]", "[NULL]", "\\N", "N/A",
    "#N/A", "#NV", "#N/D", "<NA>", "NaN", "NaT", "undefined", "(blank)", "(leer)", "(vide)", "(空白)",
    "0000-00-00", "0000-00-00 00:00:00",
)  # fmt: skip
"""How databases, programs and spreadsheets of several languages write that a cell is empty."""


class Lookup(Strict):
    """Columns taken from the row of another dataset with the same values; the first one wins."""

    dataset: str
    on: dict[str, str] = Field(min_length=1)
    """This dataset's column: the other's column."""
    take: dict[str, str] = Field(min_length=1)
    """New column's name: the other's column."""


class Unlinked(Strict):
    """A column that refers to things of a label, though nothing tells which; the report says so."""

    column: str
    label: str
    why: str


class Dataset(Strict):
    """The rows of one table, spread over one or more files, and what they become."""

    file: str
    """Path or glob relative to the path given on the command line; `.gz` is read as it is."""
    about: str | None = None
    source: str | None = None
    format: Literal["csv", "tsv", "xlsx", "xls"] | None = None
    """Taken from the file's name when not given."""
    encoding: str | None = None
    """Such as `utf-8`, `gb18030`, `latin-1`; detected when not given."""
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    quote: str | None = Field(default=None, max_length=1)
    sheet: str | None = None
    range: str | None = Field(default=None, pattern=r"^[A-Z]{1,3}[0-9]+:[A-Z]{1,3}[0-9]+$")
    """The cells of one table of a sheet that holds several, such as `A3:F20`, its header first."""
    rows: str | None = Field(default=None, min_length=1)
    """Of files of objects: the list within each object whose objects are the rows, such as `line_items`."""
    parent: tuple[str, ...] = ()
    """Fields of the object around such a row, which it has as columns `parent.FIELD`."""
    header: bool | None = None
    columns: list[str] | None = Field(default=None, min_length=1)
    """The columns in order, for a file without a header row."""
    skip_lines: int = Field(default=0, ge=0)
    """Lines before the header row."""
    null_values: list[str] | None = None
    timezone: str | None = None
    country: str | None = None
    """Of telephone numbers without a country code; the mapping's own where not given."""
    decimal: Decimal = None
    thousands: Thousands = None
    dates: tuple[str, ...] = ()
    """How its dates are written, where a value names no `format`."""
    exported_at: str | None = None
    """When the export was made (ISO date or time); dates changes of rows that carry no stamp."""
    live: bool | None = None
    """Of a source that sends events as they happen; the mapping's own where not given."""
    valid_from: str | None = None
    duplicates: Literal["drop", "keep"] = "drop"
    where: tuple[Condition, ...] = ()
    deleted: tuple[Condition, ...] = ()
    """Which rows say that their record is deleted; it ends, and so do its facts."""
    complete: bool = False
    """Every export holds all records that there are: what is absent has ended."""
    lookups: tuple[Lookup, ...] = ()
    nodes: tuple[NodeRule, ...] = ()
    links: tuple[LinkRule, ...] = ()
    unlinked: tuple[Unlinked, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _one_item(cls, data: Any) -> Any:
        return listed(data, "where", "deleted", "dates", "parent")

    @model_validator(mode="after")
    def _has_rows_for_parents(self) -> Self:
        if self.parent and self.rows is None:
            raise ValueError("`parent:` names fields around the rows of a list: say which by `rows:`")
        return self

    @property
    def makes_something(self) -> bool:
        """Whether its rows make records or links; else it only serves look-ups."""
        return bool(self.nodes or self.links)

    @property
    def brought(self) -> frozenset[str]:
        """The columns that its look-ups bring."""
        return frozenset(new for lookup in self.lookups for new in lookup.take)

    @property
    def has_header(self) -> bool:
        """Whether the first line names the columns."""
        return self.columns is None if self.header is None else self.header


class Rate(Strict):
    """What one unit of a currency is worth from a day on, until the next rate of that currency."""

    currency: str
    since: str = Field(alias="from")
    """ISO date."""
    rate: float = Field(gt=0)


class Rates(Strict):
    """Dated rates into the reporting currency; without them no amounts of several currencies are added up."""

    to: str
    """The reporting currency."""
    file: str | None = None
    """A table with the columns `currency`, `date` and `rate`, relative to the path of the command line."""
    dated: tuple[Rate, ...] = ()


class Mapping(Strict):
    """Everything that one `relgraph ingest` run needs to know about the files it is given."""

    source: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    about: str | None = None
    timezone: str = "UTC"
    country: str | None = None
    """Of telephone numbers without a country code whose row names none (ISO 3166-1 code or name)."""
    decimal: Decimal = None
    """Of every dataset that does not say it itself; so `thousands` and `dates`."""
    thousands: Thousands = None
    dates: tuple[str, ...] = ()
    currency: str | None = None
    """Currency of every amount whose row names none."""
    rates: Rates | None = None
    null_values: tuple[str, ...] = DEFAULT_NULLS
    valid_from: str | None = None
    """Start of facts whose rows carry no date (ISO date)."""
    exported_at: str | None = None
    """When the exports were made (ISO date or time): the company's now."""
    live: bool = False
    """The source sends events as they happen: a stamp up to the wall clock is never in its future."""
    priority: tuple[str, ...] = ()
    """Sources in the order in which their values win; sources not listed follow, the newest first."""
    field_priority: dict[str, list[str]] = Field(default_factory=dict)
    """The same for single fields, by `Label.field`."""
    attributes: dict[str, dict[str, Attribute]] = Field(default_factory=dict)
    kinds: dict[Annotated[str, Field(pattern=NAMED)], ItemKind] = Field(default_factory=dict)
    """Kinds of items of the company's own: what rules with `label: Item` make."""
    pull: Pull | None = None
    """The system that `relgraph work` asks for the rows; each of its streams gives files `STREAM-*.jsonl`."""
    push: Push | None = None
    """The system that `relgraph export crm` sends back to what the graph says of its records."""
    datasets: dict[str, Dataset] = Field(min_length=1)

    def source_of(self, dataset: str) -> str:
        """The source whose keys a dataset carries."""
        return self.datasets[dataset].source or self.source

    def exported(self, dataset: str) -> str | None:
        """When a dataset was exported, as declared."""
        return self.datasets[dataset].exported_at or self.exported_at

    def country_of(self, dataset: str) -> str:
        """The country of a dataset's telephone numbers that name none, as declared; else empty."""
        return self.datasets[dataset].country or self.country or ""

    def is_live(self, dataset: str) -> bool:
        """Whether a dataset's source sends events as they happen."""
        own = self.datasets[dataset].live
        return self.live if own is None else own

    def exported_on(self, declared: str | None) -> "Mapping":
        """The same mapping with every dataset exported then, where a date is given."""
        if declared is None:
            return self
        datasets = {n: d.model_copy(update={"exported_at": None}) for n, d in self.datasets.items()}
        return self.model_copy(update={"exported_at": declared, "datasets": datasets})

    def sources(self) -> list[str]:
        """Every source, by priority."""
        used = [self.source_of(name) for name in self.datasets]
        return list(dict.fromkeys([*self.priority, *used]))

    def completed(self) -> "Mapping":
        """The same mapping with a currency beside every amount: the row's, else its sign's, else this one."""
        datasets = {
            name: dataset.model_copy(
                update={"nodes": tuple(_priced(node, self.currency) for node in dataset.nodes)}
            )
            for name, dataset in self.datasets.items()
        }
        return self.model_copy(update={"datasets": datasets})

    @model_validator(mode="before")
    @classmethod
    def _bare_attributes(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("attributes"), dict):
            data = {**data, "attributes": {k: filled(v) for k, v in data["attributes"].items()}}
        return listed(data, "dates")


AMOUNTS = frozenset({"amount", "amount_with_tax", "revenue", "list_price"})


def _priced(node: NodeRule, currency: str | None) -> NodeRule:
    if not AMOUNTS & node.fields.keys():
        return node
    stated = node.fields.get("currency") or Value(constant="")
    if currency is not None and not stated.constant and stated.default is None:
        stated = stated.model_copy(update={"default": currency})
    fields = {**node.fields, "currency": stated}
    if node.label == "Order" and "amount" in fields:  # filled by the rates, summed as the amount is
        empty = Value(constant="", pick=fields["amount"].pick)
        fields = {"reporting_amount": empty, "reporting_currency": Value(constant=""), **fields}
    return node.model_copy(update={"fields": fields})
