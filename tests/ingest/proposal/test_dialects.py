"""Tables of well-known systems under their coded names: which table a file is, and what its columns mean."""

from pathlib import Path

import pytest

from ingest.proposal.dialects.dialect import TableNames, common_names, table_names
from ingest.proposal.dialects.spoken import LEAST, spoken
from ingest.proposal.words.header import readings
from ingest.proposal.words.lexicon import lexicon
from tests.ingest.proposal.folder import meanings, write

WORDS = sorted({words for one in table_names() for words in (*one.own.values(), *one.shared.values())})
TABLES = {f"{one.system} {one.rows} {'/'.join(sorted(one.files))}": one for one in table_names()}


@pytest.mark.parametrize("words", WORDS)
def test_the_lexicon_reads_the_plain_words_of_every_column(words: str) -> None:
    assert readings(words)[0].score >= 0.99


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_what_rows_are_is_said_in_words_of_records(table: TableNames) -> None:
    assert {phrase.words for phrases in lexicon().names.values() for phrase in phrases} & {
        lexicon().tokens(table.rows)[:size] for size in (1, 2)
    }


def test_each_table_is_told_by_its_headers_alone() -> None:
    for table in [one for one in table_names() if len(one.own) >= LEAST]:
        told = spoken("export", list(table.own))
        assert told is not None
        assert told.rows == table.rows, table.files


def test_coded_tables_join_by_their_numbers(tmp_path: Path) -> None:
    customers = [[1, f"C{n:04}", "01", f"Moinho {n} Ltda", "SP", "20240103", " "] for n in range(20)]
    heads = ["A1_FILIAL", "A1_COD", "A1_LOJA", "A1_NOME", "A1_EST", "A1_DTCAD", "D_E_L_E_T_"]
    write(tmp_path, "clientes.csv", [heads, *customers])
    lines = [
        [f"{n // 2:06}", f"{n % 2 + 1:02}", f"P{n % 5}", n % 7 + 1, f"C{n // 2 % 20:04}", "20240403"]
        for n in range(60)
    ]
    write(
        tmp_path,
        "dados.csv",
        [["C6_NUM", "C6_ITEM", "C6_PRODUTO", "C6_QTDVEN", "C6_CLI", "C6_ENTREG"], *lines],
    )
    assert meanings(tmp_path, "clientes.csv")["A1_COD"] == "Customer key"
    assert meanings(tmp_path, "clientes.csv")["A1_NOME"] == "Customer name"
    assert meanings(tmp_path, "dados.csv") == {
        "C6_NUM": "Order key", "C6_ITEM": "CONTAINS line", "C6_PRODUTO": "Product key",
        "C6_QTDVEN": "CONTAINS quantity", "C6_CLI": "PLACED end Customer", "C6_ENTREG": "Order promised_at",
    }  # fmt: skip


def test_values_deny_what_a_system_means_by_a_name(tmp_path: Path) -> None:
    rows = [[f"C{n}", f"Moinho {n} Ltda", "SP", f"casa {n}"] for n in range(12)]
    write(tmp_path, "clientes.csv", [["A1_COD", "A1_NOME", "A1_EST", "A1_DTCAD"], *rows])
    assert meanings(tmp_path, "clientes.csv")["A1_DTCAD"] == "Customer attribute"


def test_few_headers_that_two_systems_share_are_of_none() -> None:
    assert spoken("customers", ["Name", "City", "Phone", "CUR"]) is None


def test_a_file_called_by_another_record_is_no_table_of_a_system() -> None:
    headers = ["codcliente", "nombre", "razonsocial", "cifnif", "telefono1", "codagente", "fechaalta"]
    assert (told := spoken("clientes", headers)) is not None
    assert told.rows == "customers"
    assert spoken("contactos", headers) is None
    assert spoken("export_2026", headers) == told


def test_names_that_many_systems_have_tell_of_none() -> None:
    assert {"postalcode", "status"} <= common_names()
    assert spoken("export", ["addressLine1", "state", "postalCode", "creditLimit", "city", "phone"]) is None


def test_plenty_of_names_that_no_other_system_has_tell_without_a_name() -> None:
    telling = ["OXORDERNR", "OXORDERDATE", "OXTOTALORDERSUM", "OXBILLCITY"]
    others = [f"custom_{place}" for place in range(8)]
    assert (told := spoken("export", [*telling, *others])) is not None
    assert told.rows == "sales orders"
    assert spoken("export", [*telling[:2], *others]) is None
