"""Texts of exports to values: exact, or refused with advice; never a plausible wrong value."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.reading.address import addresses, phones
from ingest.reading.choice import OPEN, read_choice, values_of, vocabulary
from ingest.reading.currency import read_currency
from ingest.reading.errors import NotUnderstood
from ingest.reading.moment import read_moment
from ingest.reading.number import as_double, decimal_mark, read_integer, read_number
from ingest.reading.placeholder import looks_damaged, looks_like_placeholder

UNTIMED = settings(deadline=None, max_examples=200)
DAYS = st.datetimes(datetime(1970, 1, 1), datetime(2068, 12, 31))  # noqa: DTZ001 - wall-clock times on purpose
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "pl", "ru", "zh", "ja")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("30-Jul-23", "2023-07-30"), ("10/Nov/20", "2020-11-10"), ("30-JUL-69", "1969-07-30"),
        ("30-Jul-68", "2068-07-30"), ("3. März 2024", "2024-03-03"), ("15 août 2023", "2023-08-15"),
        ("30 de julio de 2023", "2023-07-30"), ("1er mai 2024", "2024-05-01"),
        ("July 4th, 2023", "2023-07-04"),
        ("Jul 4, 23", "2023-07-04"), ("2024年1月31日", "2024-01-31"), ("2024/1/3", "2024-01-03"),
        ("20240131", "2024-01-31"), ("12/31/2023", "2023-12-31"),
        ("31.12.2023", "2023-12-31"), ("２０２４年１月３１日", "2024-01-31"),
        ("Tue, 30 Jul 2024", "2024-07-30"),
        ("mar. 30 juil. 2024", "2024-07-30"), ("2023-Jul-30", "2023-07-30"),
    ],
)  # fmt: skip
def test_days(text: str, meant: str) -> None:
    assert read_moment(text, "Asia/Shanghai") == f"{meant}T00:00:00+00:00"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("30-Jul-99 15:11", "1999-07-30T13:11:00"), ("30/Jul/99 3:11 PM", "1999-07-30T13:11:00"),
        ("30-JUL-23 03.11.22.123456 PM", "2023-07-30T13:11:22.123456"),
        ("2024年1月31日 下午3:05", "2024-01-31T14:05:00"),
        ("31. Dezember 2023 um 15:11 Uhr", "2023-12-31T14:11:00"),
        ("15 août 2023 15h11", "2023-08-15T13:11:00"), ("20240131T153000Z", "2024-01-31T15:30:00"),
        ("Tue Jul 30 15:11:00 CEST 2024", "2024-07-30T13:11:00"),
        ("Tue Jul 30 2024 15:11:00 GMT+0200 (Central European Summer Time)", "2024-07-30T13:11:00"),
        ("Mon, 6 May 2024 09:30:00 +0800 (CST)", "2024-05-06T01:30:00"),
        ("2024-01-31T09:30+01:00[Europe/Berlin]", "2024-01-31T08:30:00"),
        ("30/07/2023 15:11:22 (UTC+02:00)", "2023-07-30T13:11:22"),
        ("03-OCT-23 04.05.06.000000000 PM EUROPE/BERLIN", "2023-10-03T14:05:06"),
        ("3/Oct/2023:16:05:06 +0000", "2023-10-03T16:05:06"),
        ("Oct 3, 2023, 4:05:06 PM", "2023-10-03T14:05:06"),
        ("2024-01-31 09:30 Asia/Tokyo", "2024-01-31T00:30:00"),
        ("2024-01-31 12:30 AM", "2024-01-30T23:30:00"),
    ],
)  # fmt: skip
def test_times(text: str, meant: str) -> None:
    assert read_moment(text, "Europe/Berlin") == f"{meant}+00:00"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0023-07-30", "implausible"), ("0000-00-00", "implausible"), ("9999-12-31", "implausible"),
        ("01/02/2024", "day or month first"), ("2024-02-30", "no day"), ("Jul-23", "names no day"),
        ("45123", "2023-07-16`: declare `format: [iso, excel]`"), ("1690700000", "epoch"),
        ("1690700000000", "epoch-ms"), ("Wed, 30 Jul 2024", "was no `Wed`"),
        ("2024-01-31 13:00 PM", "no hour"),
        ("2024-01-31 09:30 CST", "China or US Central"), ("2024-03-31 02:30", "skipped"),
        ("民國112年7月30日", "known form"), ("Q3 2024", "known form"), ("2024-W05-1", "known form"),
        ("2024-01-31 09:30 (Berlin)", "no time zone"), ("2024-01-31 - 2024-02-01", "known form"),
        ("2024-01-31 09:30 - 10:30", "known form"), ("H31.4.30", "known form"),
    ],
)  # fmt: skip
def test_what_is_no_date_says_why(text: str, why: str) -> None:
    with pytest.raises(NotUnderstood, match=why.replace("[", r"\[")):
        read_moment(text, "Europe/Berlin")


def test_no_local_mean_time() -> None:
    with pytest.raises(NotUnderstood, match="no standard time"):
        read_moment("1900-05-01 12:00", "Asia/Kolkata")
    assert read_moment("9999-12-31", open_end=True).startswith("9999-12-31")


def test_an_order_that_the_column_shows_holds_for_its_cells() -> None:
    assert read_moment("01/02/2024", order="day-first").startswith("2024-02-01")
    assert read_moment("01/02/2024", order="month-first").startswith("2024-01-02")
    assert read_moment("31/12/23", order="day-first", year_last=True).startswith("2023-12-31")
    for text in ("31/12/23", "23-07-30", "02/02/24"):
        with pytest.raises(NotUnderstood, match="which number is the year"):
            read_moment(text, order="day-first")
    with pytest.raises(NotUnderstood, match="not day-first"):
        read_moment("12/31/2024", order="day-first")


@UNTIMED
@given(at=DAYS, language=st.sampled_from(LANGUAGES), form=st.sampled_from(["medium", "long", "full"]))
def test_dates_of_many_languages_come_back_or_are_refused(at: datetime, language: str, form: str) -> None:
    shown = format_date(at, form, locale=language)
    try:
        read = read_moment(shown)
    except NotUnderstood:
        assert form != "long" or language == "ja", shown
        return
    assert read[:10] == f"{at:%Y-%m-%d}", shown


@UNTIMED
@given(
    at=DAYS, pattern=st.sampled_from(["%d-%b-%y", "%d/%b/%y %I:%M %p", "%d-%b-%Y %H:%M", "%Y-%m-%dT%H:%M:%S"])
)
def test_what_databases_print_comes_back(at: datetime, pattern: str) -> None:
    at = at.replace(microsecond=0, second=at.second if "%S" in pattern else 0)
    expected = at if "%H" in pattern or "%I" in pattern else at.replace(hour=0, minute=0)
    assert read_moment(at.strftime(pattern)) == expected.replace(tzinfo=UTC).isoformat()


@UNTIMED
@given(
    at=DAYS, name=st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Sydney"])
)
def test_zones_by_name(at: datetime, name: str) -> None:
    local = at.replace(microsecond=0)
    there = local.replace(tzinfo=ZoneInfo(name))
    back = there.astimezone(UTC).astimezone(ZoneInfo(name)).replace(tzinfo=None)
    if back != local:
        with pytest.raises(NotUnderstood, match="skipped"):
            read_moment(f"{local} {name}")
    else:
        assert read_moment(f"{local} {name}") == there.astimezone(UTC).isoformat()


@UNTIMED
@given(text=st.text("0123456789-/.: JanPMTZ+年月日", max_size=20))
def test_any_text_is_a_plausible_date_or_refused(text: str) -> None:
    try:
        read = datetime.fromisoformat(read_moment(text))
    except NotUnderstood:
        return
    assert timedelta(0) == read.utcoffset()
    assert 1899 <= read.year <= 2200
    assert any(character.isdigit() for character in text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1234.5", "1234.5"), ("1,234.50", "1234.50"), ("€1.234,56", "1234.56"), ("1.234,56 €", "1234.56"),
        ("(123.45)", "-123.45"), ("-$5.00", "-5"), ("1 234,56", "1234.56"), ("1'234.50", "1234.50"),
        ("CNY 500", "500"),
        ("500 EUR", "500"), ("3.5万", "35000"), ("1.2亿元", "120000000"), ("45 %", "0.45"), ("10k", "10000"),
        ("2.5M", "2500000"), ("3 Mio. €", "3000000"), ("12,34,567.89", "1234567.89"),
        ("1.000.000,00-", "-1000000"),
        ("12 pcs", "12"), ("12 件", "12"), ("$ 1,200", "1200"), ("1.234.567", "1234567"),
        ("人民币 5 万元", "50000"),
        ("5.", "5"), (",5", "0.5"), ("1e5", "100000"), ("−7", "-7"),
    ],
)  # fmt: skip
def test_numbers_with_words_and_signs(text: str, meant: str) -> None:
    assert read_number(text).value == Decimal(meant)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1,200", "decimals or thousands"), ("1.200", "decimals or thousands"), ("2.5m", "`m` beside"),
        ("9.13301E+17", "dropped its last digits"), ("500+", "beside"), ("~5", "beside"),
        ("50-100", "form is not known"),
        ("5 kg", "`kg`"), ("1 00", "no number"), ("", "form is not known"), ("nan", "form is not known"),
        ("--1", "form is not known"),
        ("1.2.3", "no number"), ("½", "form is not known"), ("5²", "form is not known"),
    ],
)  # fmt: skip
def test_what_is_no_number_says_why(text: str, why: str) -> None:
    with pytest.raises(NotUnderstood, match=why):
        read_number(text)


def test_the_column_shows_its_decimal_mark() -> None:
    assert decimal_mark(["1.234", "12,5"]) == ","
    assert decimal_mark(["1,234", "1,234.5"]) == "."
    assert decimal_mark(["1,234"]) is None
    assert decimal_mark(["1,250", "12,000"], whole=True) == "."
    assert decimal_mark(["1,5", "2.5"]) is None
    assert read_number("1.234", ",").value == 1234


def test_long_numbers_keep_their_digits_or_are_refused() -> None:
    assert read_integer("9007199254740993") == 9007199254740993
    for text in ("99999999999999999999", "12.5", "12,000"):
        with pytest.raises(NotUnderstood):
            read_integer(text)
    with pytest.raises(NotUnderstood, match="more digits"):
        as_double(read_number("12345678901234567890"))


@UNTIMED
@given(
    value=st.decimals(-(10**9), 10**9, places=2),
    locale=st.sampled_from(["en", "de", "fr", "es", "de_CH", "en_IN"]),
)
def test_numbers_of_many_locales_come_back_or_are_refused(value: Decimal, locale: str) -> None:
    shown = format_decimal(value, "#,##0.00" if locale != "en_IN" else "#,##,##0.00", locale=locale)
    assert read_number(shown).value == value


@UNTIMED
@given(value=st.integers(-(10**9), 10**9), locale=st.sampled_from(["en", "de", "fr", "en_IN"]))
def test_whole_numbers_are_never_taken_for_fractions(value: int, locale: str) -> None:
    shown = format_decimal(value, locale=locale)
    try:
        assert read_number(shown).value == value
    except NotUnderstood:
        assert 1000 <= abs(value) < 10**6


@UNTIMED
@given(text=st.text("0123456789.,' -()%€k万EUR+", max_size=16))
def test_any_text_is_a_finite_number_or_refused(text: str) -> None:
    try:
        value = read_number(text).value
    except NotUnderstood:
        return
    assert value.is_finite()
    assert any(character.isdigit() for character in text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("eur", "EUR"), ("€", "EUR"), ("Euro", "EUR"), ("US Dollar", "USD"), ("人民币", "CNY"),
        ("RMB", "CNY"),
        ("￡", "GBP"), ("Yen", "JPY"), ("欧元", "EUR"), ("Schweizer Franken", "CHF"), ("zł", "PLN"),
    ],
)  # fmt: skip
def test_currencies(text: str, code: str) -> None:
    assert read_currency(text) == code


@pytest.mark.parametrize("text", ["$", "kr", "元", "XYZ", "", "¥"])
def test_a_currency_that_could_be_several_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        read_currency(text)


@pytest.mark.parametrize(
    ("enumeration", "text", "value"),
    [
        ("channel", "MEETING", "meeting"), ("channel", "会议", "meeting"), ("channel", "电话", "call"),
        ("channel", "Besuch", "visit"), ("channel", "E-Mail", "email"),
        ("priority", "1 - Critical", "urgent"),
        ("priority", "Hoch", "high"), ("role", "Decision Maker", "decision_maker"),
        ("role", "决策者", "decision_maker"),
        ("outcome", "Closed Won", "won"), ("renewal", "自动", "automatic"),
        ("Invoice.kind", "红字发票", "credit_note"), ("Ticket.kind", "Störung", "fault"),
        ("Ticket.kind", "Service Request", "request"),
    ],
)  # fmt: skip
def test_words_of_enumerations(enumeration: str, text: str, value: str) -> None:
    assert read_choice(text, enumeration) == value


def test_no_word_means_two_values_and_every_value_means_itself() -> None:
    for enumeration in vocabulary():
        for value in values_of(enumeration):
            assert read_choice(value.upper(), enumeration) == value
    with pytest.raises(NotUnderstood, match="none of email"):
        read_choice("Trade show", "channel")
    assert set(vocabulary()) >= OPEN


@pytest.mark.parametrize(
    "text",
    ["0", "-", "无", "n/a", "N/A", "k. A.", "keine Angabe", "123456", "11111", "DE000000000", "--"],
)  # fmt: skip
def test_placeholders(text: str) -> None:
    assert looks_like_placeholder(text)


@pytest.mark.parametrize(
    "text", ["DE123456789", "91350100M000100Y43", "T1", "1", "22", "1234", "Alpha", "宏达", "CHE-123.456.788"]
)
def test_what_is_no_placeholder(text: str) -> None:
    assert not looks_like_placeholder(text)
    assert not looks_damaged(text)


def test_numbers_that_a_spreadsheet_damaged() -> None:
    assert all(map(looks_damaged, ["9.13301E+17", "9,13301E+17", "913301098765432000"]))
    assert not any(map(looks_damaged, ["1E5", "913301098765432017", "1234567890"]))


def test_several_addresses_and_phones_of_a_cell() -> None:
    assert addresses("dan@beta.example; d.dorr@home.example") == ["dan@beta.example", "d.dorr@home.example"]
    assert addresses('"Lei, Li" <li@x.cn>; Li <LI@X.CN>') == ["li@x.cn"]
    assert addresses("eve at beta.example") == []
    assert phones("+49 30 123456; 0170/1234567") == ["+49 30 123456", "0170/1234567"]
    assert (
        phones("13800138000/13900139000")
        == phones("13800138000 13900139000")
        == ["13800138000", "13900139000"]
    )
    assert phones("n/a") == []
