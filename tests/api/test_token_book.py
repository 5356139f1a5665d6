"""The token file: what it keeps, whom it admits, and how fast a revocation counts."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graphql_api.errors import Unauthenticated
from graphql_api.security import Gate, TokenBook, TokenBookDamaged, TokenNotFound

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def book(tmp_path: Path) -> TokenBook:
    return TokenBook(tmp_path / "tokens.json")


def gate(book: TokenBook, at: datetime = NOW) -> Gate:
    return Gate(book, lambda: at)


def test_a_new_token_is_admitted_as_its_employee(book: TokenBook) -> None:
    issued = book.create(employee_id="crm:E-1", role="editor", days=1, now=NOW)
    identity = gate(book).admit(f"Bearer {issued.token}")
    assert identity == issued.identity
    assert (identity.employee_id, identity.may_assert) == ("crm:E-1", True)


def test_the_file_holds_no_token_and_is_its_owners_alone(book: TokenBook, tmp_path: Path) -> None:
    issued = book.create(employee_id=None, role="reader", days=1, now=NOW)
    file = tmp_path / "tokens.json"
    secret = issued.token.split("_", 2)[2]
    assert secret not in file.read_text("utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(secret) >= 43, "256 bits in base64"


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (None, "needs a token"),
        ("", "needs a token"),
        ("Basic dTpw", "Only bearer"),
        ("Bearer ", "Only bearer"),
        ("Bearer nonsense", "not known"),
        ("Bearer rg_00000000_" + "x" * 43, "not known"),
        ("Bearer rg__", "not known"),
        ("Bearer 令牌", "not known"),
    ],
)
def test_other_headers_are_refused_with_what_to_do(book: TokenBook, header: str | None, said: str) -> None:
    book.create(employee_id=None, role="reader", days=1, now=NOW)
    with pytest.raises(Unauthenticated, match=said) as refused:
        gate(book).admit(header)
    assert "relgraph token create" in str(refused.value)


def test_the_id_of_a_token_with_another_secret_is_refused(book: TokenBook) -> None:
    issued = book.create(employee_id=None, role="reader", days=1, now=NOW)
    with pytest.raises(Unauthenticated, match="not known"):
        gate(book).admit(f"Bearer {issued.token[:-1]}{'A' if issued.token[-1] != 'A' else 'B'}")


def test_a_token_ends_when_its_days_are_over(book: TokenBook) -> None:
    token = book.create(employee_id=None, role="reader", days=2, now=NOW).token
    gate(book, NOW + timedelta(days=2, seconds=-1)).admit(f"Bearer {token}")
    with pytest.raises(Unauthenticated, match="expired at 2026-03-03"):
        gate(book, NOW + timedelta(days=2)).admit(f"Bearer {token}")


def test_a_revocation_by_another_process_counts_at_once(book: TokenBook, tmp_path: Path) -> None:
    issued = book.create(employee_id=None, role="reader", days=1, now=NOW)
    serving = gate(book)
    serving.admit(f"Bearer {issued.token}")
    TokenBook(tmp_path / "tokens.json").revoke(issued.identity.token_id, NOW)
    with pytest.raises(Unauthenticated, match="revoked"):
        serving.admit(f"Bearer {issued.token}")


def test_revoking_keeps_the_other_tokens_and_lists_all(book: TokenBook) -> None:
    first = book.create(employee_id="a", role="reader", days=1, now=NOW)
    second = book.create(employee_id="b", role="admin", days=1, now=NOW + timedelta(seconds=1))
    book.revoke(first.identity.token_id, NOW)
    assert [who.employee_id for who in book.identities()] == ["a", "b"]
    assert gate(book).admit(f"Bearer {second.token}").role == "admin"


def test_an_unknown_id_cannot_be_revoked(book: TokenBook) -> None:
    with pytest.raises(TokenNotFound, match="beef"):
        book.revoke("beef", NOW)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "tokens.json").write_text("{", "utf-8")
    with pytest.raises(TokenBookDamaged, match=r"tokens\.json"):
        TokenBook(tmp_path / "tokens.json").identities()
