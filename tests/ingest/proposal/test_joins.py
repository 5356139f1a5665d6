"""Which column is the key, and both ends of a link between records of one label."""

from pathlib import Path

from ingest.proposal.propose import propose


def meanings(folder: Path, file: str) -> dict[str, str]:
    """The meaning of every column of a file."""
    columns = propose([folder]).as_dict()["datasets"][file]["columns"]
    return {name: str(column["meaning"]) for name, column in columns.items()}


def test_the_key_is_what_other_files_refer_to(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("Id,AccountNumber,Name\na1,7001,Apex Inc\na2,7002,Harbor Ltd\n")
    assert meanings(tmp_path, "accounts.csv")["Id"] == "Customer key"
    (tmp_path / "orders.csv").write_text(
        "OrderNo,OrderDate,AccountNo\nO1,2024-01-31,7001\nO2,2024-02-28,7002\n"
    )
    (tmp_path / "visits.csv").write_text("VisitId,Date,AccountNo\nV1,2024-01-31,7001\nV2,2024-02-28,7002\n")
    assert meanings(tmp_path, "accounts.csv")["AccountNumber"] == "Customer key"
    assert meanings(tmp_path, "orders.csv")["AccountNo"] == "PLACED end Customer"


def test_both_ends_of_a_partnership_are_customers(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("Id,Name\na1,Apex Inc\na2,Harbor Ltd\na3,Granite Co\n")
    (tmp_path / "partners.csv").write_text(
        "Id,AccountFromId,AccountToId,Role\np1,a1,a2,Dealer\np2,a2,a3,Dealer\n"
    )
    found = meanings(tmp_path, "partners.csv")
    assert found["AccountFromId"] == found["AccountToId"] == "PARTNER_OF end Customer"
    assert found["Id"] == "-"
