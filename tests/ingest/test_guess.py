"""Encodings told apart by their bytes: the text comes back, and how sure that is follows the evidence."""

import pytest

from ingest.staging.encoding import BROKEN, read_text, readable
from ingest.staging.guess import guess_encoding
from tests.paths import REPO

TEXTS = [
    ("cp932", "株式会社ヤマト商事\n佐藤花子\n横浜工場"), ("euc_jp", "パナソニック販売\n大阪支店\n鈴木一郎"),
    ("big5", "統一企業股份有限公司\n林美華\n聯絡人"), ("gb18030", "杭州西湖电子有限公司\n李小龙\n采购经理"),
    ("cp949", "한국전력공사\n박지성 부장\n고객 이름"),
    ("cp1251", "Завод Прогресс\nПётр Иванов\nСанкт-Петербург"),
    ("koi8_r", "Завод Прогресс\nПётр Иванов"), ("cp866", "Завод Прогресс\nПетр Иванов"),
    ("cp1252", "Größe & Söhne\nCrème Brûlée\nPiñata"), ("cp1250", "Żółkiewski\nWrzesień\nKraków"),
    ("cp1253", "Μακεδονική Εταιρεία\nΠάτρα"), ("cp1256", "شركة الخليج\nمحمد علي"),
    ("utf-16-le", "大同股份\nÆrø"), ("utf-16-be", "Größe"),
]  # fmt: skip


@pytest.mark.parametrize(("encoding", "text"), TEXTS, ids=[encoding for encoding, _ in TEXTS])
def test_the_text_comes_back_and_is_a_guess(encoding: str, text: str) -> None:
    table = "id,name\r\n" + "".join(f"{n},{line}\r\n" for n, line in enumerate(text.split("\n")))
    read = read_text(REPO, table.encode(encoding), None)
    assert read.text == table
    assert read.guess is not None
    assert 0 < read.guess.sure < 1


def test_more_letters_make_surer() -> None:
    sure = [guess_encoding(("株式会社" * n).encode("cp932")).sure for n in (1, 4, 40)]
    assert sure == sorted(sure)
    assert sure[0] < sure[-1]


@pytest.mark.parametrize("text", ["plain", "Größe 大同", ""])
def test_utf8_is_no_guess(text: str) -> None:
    assert read_text(REPO, text.encode(), None).guess is None


def test_a_few_broken_bytes_leave_utf8_what_it_is() -> None:
    lines = [f"{n},Müller".encode() for n in range(5)] + [b"6,Caf\xe9", b"7,a\x00b"]
    read = read_text(REPO, b"\n".join(lines), None)
    assert read.encoding == "utf-8"
    assert [BROKEN in line for line in read.text.split("\n")] == [False] * 5 + [True, True]
    assert readable(read.text).split("\n")[-2:] == [r"6,Caf\xE9", r"7,a\x00b"]
