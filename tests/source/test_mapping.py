"""What a mapping's `pull:` may say, and where connectors and secrets come from."""

from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import MappingInvalid
from ingest.mapping.read import read_mapping
from ingest.source import connector
from ingest.source.errors import ConnectorMissing
from ingest.source.rest_model import api_of, system_names
from relgraph.secrets import SecretMissing, secret_of
from relgraph.settings import Settings

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
MAPPING = """
source: erp
pull:
  connector: sql
  from: {%s}
datasets:
  orders:
    file: "orders-*.jsonl"
    %s
    nodes: [{label: Order, key: id, fields: {ordered_at: day}}]
  other: {file: "other-*.jsonl"}
"""


@pytest.mark.parametrize(
    ("options", "dataset", "said"),
    [
        ("password: hunter2", "", "is a secret"),
        ("api_key: abc", "", "is a secret"),
        ("settings: {client_secret: abc}", "", "is a secret"),
        ("headers: {Authorization: Bearer abc}", "", "is a secret"),
        ("auth: [{access_token: abc}]", "", "is a secret"),
        ("url: 'postgresql://reader:hunter2@erp.example/erp'", "", "holds a password"),
        ("url: 'https://api.example/v1?api_key=abc'", "", "holds a secret"),
        ("params: {X-Api-Key: abc}", "", "is a secret"),
        ("params: {Ocp-Apim-Subscription-Key: abc}", "", "is a secret"),
        ("json: {pwd: abc}", "", "is a secret"),
        ("json: {refreshToken: abc}", "", "is a secret"),
        ("json: {passphrase: abc}", "", "is a secret"),
        ("url: 'https://[x'", "", "cannot be read"),
        ("url: x", "where: {column: id, in_dataset: other.id}", "looks up another dataset"),
    ],
)
def test_a_mapping_is_refused_with_the_line(tmp_path: Path, options: str, dataset: str, said: str) -> None:
    path = tmp_path / "mapping.yml"
    path.write_text(MAPPING % (options, dataset), encoding="utf-8")
    with pytest.raises(MappingInvalid, match=said) as refused:
        read_mapping(path)
    assert "hunter2" not in str(refused.value)
    assert "abc" not in str(refused.value)


@pytest.mark.parametrize(
    "options",
    [
        "password: env:ERP",
        "token: keyring:crm/relgraph",
        "token_url: https://x/token",
        "asks: {k: {about: key, secret: true}}",
    ],
)
def test_references_are_no_secrets(tmp_path: Path, options: str) -> None:
    path = tmp_path / "mapping.yml"
    path.write_text(MAPPING % (options, ""), encoding="utf-8")
    assert read_mapping(path).pull is not None


@pytest.mark.parametrize("name", ["erp_sql", "hubspot_rest"])
def test_the_examples_read(name: str) -> None:
    declared = read_mapping(EXAMPLES / f"{name}.yml").pull
    assert declared is not None
    assert declared.interval.total_seconds() == 900


@pytest.mark.parametrize("name", system_names())
def test_every_system_says_what_it_assumes_and_fills_all_its_words(name: str) -> None:
    given = {
        "salesforce": {"domain": "https://x", "client_id": "i", "client_secret": "env:S"},
        "hubspot": {"token": "env:S"},
        "fxiaoke": {"app_id": "i", "app_secret": "env:S", "permanent_code": "env:P", "user": "u"},
        "jiandaoyun": {"api_key": "env:S", "app_id": "a", "entry_id": "e"},
    }[name]
    api, secrets = api_of({"system": name, "settings": given}, lambda _: "s3cret")
    assert set(secrets) == {"s3cret"}
    left = (
        str([one.endpoint for one in api.streams.values()]).replace("${since}", "").replace("${behind}", "")
    )
    assert "${" not in left + str(api.auth) + api.base_url


class Nothing:
    """A connector of another package, as an entry point would name it."""

    def __init__(self, *_: Any) -> None:
        pass


def test_other_packages_add_connectors(monkeypatch: pytest.MonkeyPatch) -> None:
    added = EntryPoint("nothing", f"{__name__}:Nothing", connector.GROUP)
    lost = EntryPoint("lost", "no_such_package_anywhere:open_system", connector.GROUP)
    monkeypatch.setattr(
        connector, "entry_points", lambda group: [added, lost] if group == connector.GROUP else []
    )
    assert isinstance(connector.find_connector("nothing")({}, secret_of), Nothing)
    with pytest.raises(ConnectorMissing, match="no_such_package_anywhere"):
        connector.find_connector("lost")
    with pytest.raises(ConnectorMissing, match="did you mean `nothing`"):
        connector.find_connector("nothin")


def test_secrets_come_from_where_they_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERP", "s3cret")
    assert secret_of("env:ERP") == "s3cret"
    with pytest.raises(SecretMissing, match="env:NOWHERE"):
        secret_of("env:NOWHERE")


def test_the_environment_names_mappings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELGRAPH_PULL", "erp.yml, crm.yml")
    assert Settings().pull == (Path("erp.yml"), Path("crm.yml"))
