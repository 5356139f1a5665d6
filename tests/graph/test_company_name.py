"""Company names taken apart."""

import pytest

from graph.company_name import CompanyName, read_company_name, spelled_out


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("上海宏远精密机械有限公司", CompanyName("宏远", "上海", "精密机械", "有限公司")),
        ("上海宏遠精密機械有限公司", CompanyName("宏远", "上海", "精密机械", "有限公司")),
        ("宏远精密机械(上海)有限公司", CompanyName("宏远", "上海", "精密机械", "有限公司")),
        ("广东省深圳市华信电子科技股份有限公司", CompanyName("华信", "深圳", "电子科技", "股份有限公司")),
        ("华信", CompanyName("华信")),
        ("北京科技有限公司", CompanyName("科技", "北京", None, "有限公司")),
        ("上海有限公司", CompanyName("上海", None, None, "有限公司")),
        (" ABC 贸易 有限公司", CompanyName("abc", None, "贸易", "有限公司")),
        ("Acme Tools (Berlin) GmbH & Co. KG", CompanyName("acme", "berlin", "tools", "gmbh co kg")),
        ("ACME TOOLS", CompanyName("acme", None, "tools")),
        ("Siemens China Ltd.", CompanyName("siemens", "china", None, "ltd")),
        ("Müller Maschinenbau AG", CompanyName("muller", None, "maschinenbau", "ag")),
        ("Energy International", CompanyName("energy", None, "international")),
        ("Société Générale S.A.", CompanyName("societe generale", None, None, "sa")),
        ("Paris", CompanyName("paris")),
        ("", CompanyName("")),
    ],
)
def test_names_are_taken_apart(name: str, parts: CompanyName) -> None:
    assert read_company_name(name) == parts


def test_spellings_of_one_company_share_a_key() -> None:
    assert read_company_name("苏州 安泰模具 有限公司").key == read_company_name("安泰模具（苏州）").key
    assert read_company_name("Acme Tools Ltd").key == read_company_name("ACME  tools, Inc.").key


def test_abbreviations_are_spelled_out() -> None:
    assert spelled_out("intl") == "international"
    assert spelled_out("acme") == "acme"
