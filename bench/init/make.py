"""Files of a labelled folder, their values made from the words of its description, the same every time."""

import csv
import random
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook

WORDS: dict[str, list[str]] = yaml.safe_load(
    Path(__file__).with_name("words.yml").read_text(encoding="utf-8")
)
"""Names and texts by kind and language."""
DOMAINS = ("northwind.example", "apex.example", "harbor.example", "granite.example", "bluefin.example")
STREETS = ("12 Mill Road", "4 Harbour Street", "88 Station Ave", "7 Kings Lane", "150 Foundry Blvd")
_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S")
_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@dataclass
class Maker:
    """Makes columns; keeps what it has made, so that another file can refer to it."""

    random: random.Random
    rows: int
    made: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    """The record of every row of the table at hand, where several rows are of one."""
    cells: dict[str, list[str]] = field(default_factory=dict)
    """The columns of the table at hand that are made already."""

    def column(self, word: str) -> list[str]:
        """The cells of a column; `~30` behind a word leaves 30% empty."""
        word, _, empty = word.partition(" ~")
        values = [value for _, value in zip(range(self.rows), self._values(word), strict=False)]
        share = int(empty or 0) / 100
        return ["" if self.random.random() < share else value for value in values]

    def _values(self, word: str) -> Iterator[str]:
        name, _, rest = word.partition(" ")
        if name == "per":
            yield from self._per_key(rest)
        elif word in WORDS:
            yield from self._each(word, unique=word.startswith(("company", "product")) and self.rows > 5)
        else:
            make: Callable[[str], Iterator[str]] = getattr(self, f"_{name}")
            yield from make(rest)

    def _each(self, word: str, *, unique: bool) -> Iterator[str]:
        for place in range(self.rows):
            base = WORDS[word][place % len(WORDS[word])]
            turn = place // len(WORDS[word])
            yield base if turn == 0 or not unique else _numbered(base, turn)

    def _per_key(self, word: str) -> Iterator[str]:
        known: dict[str, str] = {}
        values = self._values(word)
        for key in self.keys:
            if key not in known:
                known[key] = next(values)
            yield known[key]

    def _serial(self, rest: str) -> Iterator[str]:
        prefix, _, start = rest.rpartition(" ")
        return (f"{prefix}{int(start) + place}" for place in range(self.rows))

    def _group(self, rest: str) -> Iterator[str]:
        prefix, _, start = rest.rpartition(" ")
        number, self.keys = int(start), []
        while len(self.keys) < self.rows:
            self.keys += [f"{prefix}{number}"] * self.random.randint(1, 4)
            number += 1
        del self.keys[self.rows :]
        return iter(self.keys)

    def _line(self, _: str) -> Iterator[str]:
        seen: dict[str, int] = {}
        for key in self.keys:
            seen[key] = seen.get(key, 0) + 1
            yield str(seen[key])

    def _row(self, _: str) -> Iterator[str]:
        return (str(place) for place in range(1, self.rows + 1))

    def _ref(self, rest: str) -> Iterator[str]:
        file, _, header = rest.partition(" > ")
        values = [value for value in self.made[file, header] if value]
        return (self.random.choice(values) for _ in range(self.rows))

    def _refs(self, rest: str) -> Iterator[str]:
        file, _, header = rest.partition(" > ")
        values = [value for value in self.made[file, header] if value]
        return ("; ".join(self.random.sample(values, 2)) for _ in range(self.rows))

    def _choice(self, rest: str) -> Iterator[str]:
        return (self.random.choice(rest.split("|")) for _ in range(self.rows))

    def _date(self, rest: str) -> Iterator[str]:
        return (self._moment().strftime(rest or "%Y-%m-%d") for _ in range(self.rows))

    def _datetime(self, rest: str) -> Iterator[str]:
        return (self._moment().strftime(rest or "%Y-%m-%d %H:%M:%S") for _ in range(self.rows))

    def _moment(self) -> datetime:
        return datetime(2023, 1, 1) + timedelta(minutes=self.random.randint(0, 900_000))  # noqa: DTZ001 - a wall clock's

    def _amount(self, rest: str) -> Iterator[str]:
        low, _, high = (rest or "100 90000").partition(" ")
        return (f"{self.random.uniform(float(low), float(high)):.2f}" for _ in range(self.rows))

    def _comma(self, _: str) -> Iterator[str]:
        return (
            f"{self.random.uniform(100, 9000):,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
            for _ in range(self.rows)
        )

    def _times(self, rest: str) -> Iterator[str]:
        return self._worked_out(rest, " * ", lambda one, other: one * other)

    def _plus(self, rest: str) -> Iterator[str]:
        return self._worked_out(rest, " + ", lambda one, other: one + other)

    def _less(self, rest: str) -> Iterator[str]:
        return self._worked_out(rest, " - ", lambda one, other: one - other)

    def _worked_out(self, rest: str, sign: str, work: Callable[[float, float], float]) -> Iterator[str]:
        pair = (self.cells[header] for header in rest.split(sign))
        return (f"{work(float(one), float(other)):.2f}" for one, other in zip(*pair, strict=True))

    def _discounted(self, rest: str) -> Iterator[str]:
        """Quantity times price, less a discount in percent."""
        columns = (map(float, self.cells[header]) for header in rest.split(" * "))
        return (f"{some * price * (1 - off / 100):.2f}" for some, price, off in zip(*columns, strict=True))

    def _share(self, rest: str) -> Iterator[str]:
        """So many percent of another column."""
        percent, _, header = rest.partition(" ")
        return (f"{float(value) * float(percent) / 100:.2f}" for value in self.cells[header])

    def _grossed(self, rest: str) -> Iterator[str]:
        """Another column with so many percent of tax."""
        percent, _, header = rest.partition(" ")
        return (f"{float(value) * (1 + float(percent) / 100):.2f}" for value in self.cells[header])

    def _total(self, rest: str) -> Iterator[str]:
        """The sum of a column over the rows of each record."""
        sums: dict[str, float] = {}
        for key, value in zip(self.keys, self.cells[rest], strict=True):
            sums[key] = sums.get(key, 0.0) + float(value)
        return (f"{sums[key]:.2f}" for key in self.keys)

    def _beside(self, rest: str) -> Iterator[str]:
        """One of the values for each value of another column, in turn."""
        header, _, values = rest.partition(" > ")
        known = sorted(set(self.cells[header]))
        turns = values.split("|")
        return (turns[known.index(value) % len(turns)] for value in self.cells[header])

    def _after(self, rest: str) -> Iterator[str]:
        """A day so many days after that of another column, the same in all rows of a record."""
        header, low, high = rest.rsplit(" ", 2)
        drawn: dict[str, int] = {}
        for place, value in enumerate(self.cells[header]):
            key = self.keys[place] if self.keys else str(place)
            days = drawn.setdefault(key, self.random.randint(int(low), int(high)))
            moment, form = _read(value)
            yield (moment + timedelta(days=days)).strftime(form)

    def _int(self, rest: str) -> Iterator[str]:
        low, _, high = rest.partition(" ")
        return (str(self.random.randint(int(low), int(high))) for _ in range(self.rows))

    def _email(self, rest: str) -> Iterator[str]:
        domain = rest or None
        names = [f"{WORDS['given'][n % 10]}.{WORDS['family'][n // 10 % 10]}" for n in range(self.rows)]
        return (f"{name.lower()}{n or ''}@{domain or DOMAINS[n % 5]}" for n, name in enumerate(names))

    def _phone(self, rest: str) -> Iterator[str]:
        form = {"zh": "0571-8{:07d}", "de": "+49 89 {:07d}", "fr": "+33 1 4{:07d}", "es": "+34 91{:07d}"}.get(
            rest, "+1 555-{:07d}"
        )
        return (form.format(self.random.randint(0, 9_999_999)) for _ in range(self.rows))

    def _mobile(self, rest: str) -> Iterator[str]:
        form = "+49 171 {:08d}" if rest == "de" else "+1 646-{:08d}" if rest == "en" else "138{:08d}"
        return (form.format(self.random.randint(0, 99_999_999)) for _ in range(self.rows))

    def _tax(self, rest: str) -> Iterator[str]:
        if rest:
            return (f"{rest}{self.random.randint(100_000_000, 999_999_999)}" for _ in range(self.rows))
        return (_credit_code(self.random) for _ in range(self.rows))

    def _street(self, _: str) -> Iterator[str]:
        return (self.random.choice(STREETS) for _ in range(self.rows))

    def _uuid(self, _: str) -> Iterator[str]:
        return (str(uuid.UUID(int=self.random.getrandbits(128))) for _ in range(self.rows))

    def _url(self, _: str) -> Iterator[str]:
        return (f"https://www.{DOMAINS[place % 5]}" for place in range(self.rows))

    def _const(self, rest: str) -> Iterator[str]:
        return (rest for _ in range(self.rows))

    def _empty(self, _: str) -> Iterator[str]:
        return ("" for _ in range(self.rows))


def _read(value: str) -> tuple[datetime, str]:
    """A made day, and how it is written."""
    for form in _FORMS:
        with suppress(ValueError):
            return datetime.strptime(value, form), form  # noqa: DTZ007 - a wall clock's
    raise ValueError(value)


def _numbered(base: str, turn: int) -> str:
    return (
        f"{base.split(' ', maxsplit=1)[0]} {turn} {' '.join(base.split(' ')[1:])}".strip()
        if " " in base
        else f"{base[:-4]}{'一二三四五六七八九'[turn % 9]}{base[-4:]}"
    )


def _credit_code(source: random.Random) -> str:
    """A 统一社会信用代码 with its check digit (GB 32100-2015)."""
    body = "9133" + "".join(source.choice(_CODE) for _ in range(13))
    total = sum(w * _CODE.index(c) for w, c in zip(_WEIGHTS, body, strict=True))
    return body + _CODE[(31 - total % 31) % 31]


def make_folder(stated: dict[str, Any], folder: Path, seed: int = 11) -> dict[str, dict[str, str]]:
    """Write the files of a folder; the expected meaning of every column of every table."""
    maker = Maker(random.Random(seed), 0)
    expected: dict[str, dict[str, str]] = {}
    books: dict[str, Workbook] = {}
    for name in _in_order(stated["files"]):
        table = stated["files"][name]
        maker.rows, maker.keys = table.get("rows", 40), []
        columns = table["columns"]
        cells = maker.cells = {}
        for header, _, word in sorted(columns, key=lambda column: not column[2].startswith("group ")):
            cells[header] = maker.made[name, header] = maker.column(word)
        headless = table.get("header") is False
        shown = [
            f"column_{place}" if headless else header for place, (header, *_) in enumerate(columns, start=1)
        ]
        expected[name] = {header: meaning for header, (_, meaning, _) in zip(shown, columns, strict=True)}
        rows = [list(row) for row in zip(*(cells[header] for header, *_ in columns), strict=True)]
        top = [[line] for line in table.get("above", [])]
        _write(folder, name, [*top, *([] if headless else [shown]), *rows], table, books)
    for file, book in books.items():
        book.save(folder / file)
    return expected


def _in_order(files: dict[str, Any]) -> list[str]:
    """The tables, each after those that its columns refer to; a workbook's first table before its others."""
    order: list[str] = []

    def take(name: str) -> None:
        if name in order or name not in files:
            return
        words = [word for _, _, word in files[name]["columns"]]
        for other in files:
            if other != name and (
                other == name.partition("#")[0] or any(f"{other} > " in word for word in words)
            ):
                take(other)
        order.append(name)

    for name in files:
        take(name)
    return order


def _write(
    folder: Path, name: str, rows: list[list[str]], table: dict[str, Any], books: dict[str, Workbook]
) -> None:
    file, _, sheet = name.partition("#")
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    if file.endswith(".xlsx"):
        if file not in books:
            books[file] = Workbook(write_only=True)
        page = books[file].create_sheet(sheet or table.get("sheet", "Sheet1"))
        for row in rows:
            page.append([_cell(value) for value in row])
        return
    with path.open("w", encoding=table.get("encoding", "utf-8"), newline="") as out:
        csv.writer(out, delimiter=table.get("delimiter", ",")).writerows(rows)


def _cell(value: str) -> str | int | float | None:
    if value.isdigit() and len(value) < 12:
        return int(value)
    return value or None
