"""Which column is the key, and both ends of a link between records of one label."""

from pathlib import Path

from ingest.proposal.draft.draft import mapping_of
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


def test_values_tell_whom_a_bare_mail_address_names_and_counts_name_nobody(tmp_path: Path) -> None:
    people = [("Amelia Abbott", "a@x.com"), ("Bruno Brandt", "b@y.com"), ("Gwen Haddad", "g@z.com")]
    (tmp_path / "contacts.csv").write_text(
        "Name,Email\n" + "".join(f"{name},{mail}\n" for name, mail in people)
    )
    (tmp_path / "tickets.csv").write_text(
        "Ticket ID,Subject,Created time,Agent,Agent interactions,Full name,Email\n"
        + "".join(f"{n},Leak {n},2024-03-0{n + 1},Pavel Novak,{n},{name},{mail}\n"
                  for n, (name, mail) in enumerate(people))
    )  # fmt: skip
    found = meanings(tmp_path, "tickets.csv")
    assert found["Agent"] == "Employee key"
    assert found["Agent interactions"] == "Ticket attribute"
    assert (found["Full name"], found["Email"]) == ("Contact name", "RAISED_BY end Contact")


def test_a_message_trace_is_mail_between_addresses(tmp_path: Path) -> None:
    (tmp_path / "MessageTrace.csv").write_text(
        "origin_timestamp_utc,sender_address,recipient_address,message_subject,message_id\n"
        "2024-01-02T08:00:00Z,a.b@x.example,c.d@x.example;e.f@x.example,Hello,<1@mx>\n"
        "2024-01-03T08:00:00Z,c.d@x.example,A.B@x.example,Re: Hello,<2@mx>\n"
    )
    proposal = propose([tmp_path])
    (dataset,) = mapping_of(proposal)["datasets"].values()
    interaction = dataset["nodes"][0]
    assert interaction["key"] == "message_id"
    assert interaction["fields"]["channel"] == {"constant": "email"}
    parts = {
        link["fields"]["part"]["constant"]: next(iter(link["from"].values())) for link in dataset["links"]
    }
    assert set(parts) == {"from", "to"}
    assert meanings(tmp_path, "MessageTrace.csv")["origin_timestamp_utc"] == "Interaction at"


def test_a_file_of_lines_holds_its_records_where_no_other_does(tmp_path: Path) -> None:
    (tmp_path / "invoices.csv").write_text(
        "Invoice Number,Invoice Date,Due Date,Item Code,Quantity,Line Amount\n"
        "I1,2024-01-02,2024-02-02,A1,2,10.50\nI1,2024-01-02,2024-02-02,A2,1,4.50\nI2,2024-01-05,2024-02-05,A1,1,5.25\n"
    )
    (tmp_path / "payments.csv").write_text(
        "Payment No,Payment Date,Invoice Number,Amount\nP1,2024-02-01,I1,15.00\nP2,2024-02-03,I2,5.25\n"
    )
    assert meanings(tmp_path, "payments.csv")["Invoice Number"] == "ABOUT end Invoice"


def test_a_number_joins_before_the_name_beside_it(tmp_path: Path) -> None:
    """`Kunde` bears numbers here; two firms of one name, or one renamed, are still told apart."""
    firms = ["Müller & Söhne GmbH", "Stadtwerke Ulm GmbH", "Bäckerei Huber AG", "Hafen Werkzeuge GmbH"]
    (tmp_path / "Kundenstamm.csv").write_text(
        "KdNr;Firma;Ort\n" + "".join(f"1000{n};{firm};Ulm\n" for n, firm in enumerate(firms))
    )
    (tmp_path / "Auftragspositionen.csv").write_text(
        "Beleg;Pos;Datum;Kunde;Name;Artikel;Menge\n"
        + "".join(
            f"AB-{n // 2};{10 + 10 * (n % 2)};2024-04-{10 + n};1000{n % 4};{firms[n % 4]};4711{n % 3};{n}\n"
            for n in range(16)
        )
    )
    found = meanings(tmp_path, "Auftragspositionen.csv")
    assert (found["Kunde"], found["Name"]) == ("PLACED end Customer", "Customer name")
