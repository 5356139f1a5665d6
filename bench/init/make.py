"""Files of a labelled folder: every column's values are made from the word behind its meaning, the same every time."""

import csv
import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

WORDS: dict[str, tuple[str, ...]] = {
    "company en": ("Northwind Pumps Ltd", "Apex Bearings Inc", "Silverlake Foods LLC", "Harbor Tools Corp", "Granite Valves Co", "Bluefin Logistics Inc",
                   "Orchard Plastics Ltd", "Summit Castings LLC", "Cobalt Motors Inc", "Redwood Paper Corp", "Falcon Optics Ltd", "Prairie Mills Inc"),
    "company zh": ("杭州宏图机械有限公司", "宁波天成电子有限公司", "苏州瑞达精密制造有限公司", "上海远航贸易有限公司", "无锡金盾阀门有限公司", "深圳新锐科技有限公司",
                   "青岛海陆重工集团", "广州华盛塑料厂", "成都长风仪表有限公司", "武汉中南泵业有限公司", "常州东升轴承有限公司", "厦门鹭岛包装有限公司"),
    "company de": ("Brandt Maschinenbau GmbH", "Holtmann & Söhne KG", "Neckar Stahl AG", "Lindner Elektronik GmbH", "Fuchs Werkzeuge GmbH", "Alpina Pumpen AG", "Weser Logistik GmbH", "Sauer Kunststoffe GmbH"),
    "company fr": ("Ateliers Moreau SARL", "Fonderies du Rhône SA", "Transports Lemaire SAS", "Plastiques Girard SAS", "Électro Bretagne SARL", "Menuiserie Dupuis SARL", "Verreries Colbert SA", "Robinetterie Blanc SAS"),
    "company es": ("Talleres Ibarra S.L.", "Aceros del Norte S.A.", "Plásticos Levante S.L.", "Bombas Cantábrico S.A.", "Envases Ruiz S.L.", "Molinos Castilla S.A.", "Electro Sur S.L.", "Muebles Olmo S.L."),
    "company pt": ("Metalúrgica Serra Ltda", "Plásticos Atlântico S.A.", "Bombas Paraná Ltda", "Embalagens Luz Ltda", "Aços Minas S.A.", "Têxtil Aurora Ltda", "Móveis Bento Ltda", "Vidros Sol Ltda"),
    "company ja": ("株式会社東洋精機", "山本製作所", "北海工業株式会社", "株式会社みなと電機", "有限会社中村金属", "関西商事株式会社", "株式会社青葉化学", "富士包装株式会社"),
    "person en": ("Anna Keller", "Mark Doyle", "Priya Nair", "Tom Sanders", "Grace Lin", "Victor Hale", "Emily Stone", "Carlos Mendez", "Laura Quinn", "Peter Novak", "Susan Wright", "Daniel Ford"),
    "person zh": ("陈志强", "王丽", "李国栋", "赵敏", "周建华", "吴晓燕", "郑凯", "孙悦", "刘洋", "张伟", "何静", "林涛"),
    "person de": ("Sabine Vogel", "Jürgen Haas", "Petra Lang", "Stefan Krüger", "Monika Weiß", "Uwe Schäfer", "Claudia Becker", "Ralf Neumann"),
    "person fr": ("Claire Fontaine", "Michel Perrot", "Nathalie Roux", "Julien Caron", "Sophie Marchand", "Pierre Vidal", "Hélène Masson", "Luc Berger"),
    "person es": ("Lucía Ortega", "Javier Molina", "Carmen Vidal", "Pablo Rivas", "Elena Cano", "Andrés Prieto", "Marta Soler", "Diego Fuentes"),
    "person pt": ("Ana Ribeiro", "João Teixeira", "Paula Moura", "Rui Carvalho", "Beatriz Leal", "Tiago Nunes", "Carla Pinto", "Bruno Dias"),
    "person ja": ("佐藤 健一", "鈴木 美香", "高橋 誠", "田中 由美", "伊藤 大輔", "渡辺 涼", "山口 直子", "小林 翔"),
    "given": ("Anna", "Mark", "Priya", "Tom", "Grace", "Victor", "Emily", "Carlos", "Laura", "Peter"),
    "family": ("Keller", "Doyle", "Nair", "Sanders", "Lin", "Hale", "Stone", "Mendez", "Quinn", "Novak"),
    "job en": ("Purchasing Manager", "CEO", "Plant Engineer", "Head of Operations", "Buyer", "CFO", "Quality Director", "IT Manager", "Maintenance Supervisor"),
    "job zh": ("采购经理", "总经理", "技术总监", "设备主管", "财务经理", "采购专员", "生产部长", "副总经理"),
    "job de": ("Einkaufsleiter", "Geschäftsführer", "Leiter Technik", "Sachbearbeiter Einkauf", "Werksleiter", "Buchhalterin"),
    "job fr": ("Directeur des achats", "Gérant", "Responsable technique", "Acheteur", "Directrice financière"),
    "product en": ("Gear Pump 40L", "Ball Valve DN50", "Steel Bearing 6204", "Pressure Sensor PX2", "Hydraulic Hose 3m", "Filter Cartridge F7", "Servo Drive 2kW", "Coupling K9", "Seal Kit S12"),
    "product zh": ("齿轮泵40L", "不锈钢球阀DN50", "深沟球轴承6204", "压力变送器PX2", "高压软管3米", "滤芯F7", "伺服驱动器2kW", "联轴器K9"),
    "product de": ("Zahnradpumpe 40L", "Kugelhahn DN50", "Rillenkugellager 6204", "Drucksensor PX2", "Hydraulikschlauch 3m", "Filterpatrone F7"),
    "text en": ("Customer called about the late shipment and asked for a new date.", "Talked through the renewal and the open questions on pricing.", "They want a demo of the new line next month with the plant team.",
                "Pump is leaking again after two weeks of use, sends photos.", "Invoice does not match the order, needs a corrected copy."),
    "text zh": ("与客户沟通了新产线的设备需求，约定下周发送方案。", "客户反馈设备运行噪音偏大，需要安排工程师上门检查。", "拜访采购部，了解到年底有扩产计划，预算待批。", "讨论合同付款条件，对方希望延长账期到六十天。"),
    "text de": ("Kunde wünscht ein neues Angebot mit kürzerer Lieferzeit.", "Pumpe undicht, Ersatzteil wird nächste Woche geschickt.", "Besprechung der Rahmenvereinbarung für das nächste Jahr."),
    "short en": ("Leaking pump", "Wrong invoice", "Login problem", "Late delivery", "Price question", "Broken seal", "Missing manual"),
    "short zh": ("设备漏油", "发票错误", "无法启动", "交货延迟", "价格咨询", "密封件损坏"),
}  # fmt: skip
DOMAINS = ("northwind.example", "apex.example", "harbor.example", "granite.example", "bluefin.example")
STREETS = ("12 Mill Road", "4 Harbour Street", "88 Station Ave", "7 Kings Lane", "150 Foundry Blvd")
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

    def _int(self, rest: str) -> Iterator[str]:
        low, _, high = rest.partition(" ")
        return (str(self.random.randint(int(low), int(high))) for _ in range(self.rows))

    def _email(self, rest: str) -> Iterator[str]:
        domain = rest or None
        return (
            f"{WORDS['given'][n % 10].lower()}.{WORDS['family'][n // 10 % 10].lower()}{n or ''}@{domain or DOMAINS[n % 5]}"
            for n in range(self.rows)
        )

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
        cells: dict[str, list[str]] = {}
        for header, _, word in columns:
            cells[header] = maker.made[name, header] = maker.column(word)
        headless = table.get("header") is False
        shown = [
            f"column_{place}" if headless else header for place, (header, *_) in enumerate(columns, start=1)
        ]
        expected[name] = {header: meaning for header, (_, meaning, _) in zip(shown, columns, strict=True)}
        rows = [list(row) for row in zip(*cells.values(), strict=True)]
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
        book = books.get(file)
        if book is None:
            book = books[file] = Workbook()
            page = book.active
            page.title = table.get("sheet", "Sheet1")
        else:
            page = book.create_sheet(sheet)
        for row in rows:
            page.append([_cell(value) for value in row])
        return
    with path.open("w", encoding=table.get("encoding", "utf-8"), newline="") as out:
        csv.writer(out, delimiter=table.get("delimiter", ",")).writerows(rows)


def _cell(value: str) -> str | int | float | None:
    if value.isdigit() and len(value) < 12:
        return int(value)
    return value or None
