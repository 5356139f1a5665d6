"""What a terminal shows: people without a name, text in brackets, and errors as they are meant."""

from typing import Any

import pytest

from graph.errors import RelgraphError
from relgraph import cli
from relgraph.answer import show


def person(**known: Any) -> dict[str, Any]:
    return {"id": "crm:7", "name": None, "email": None, "title": None} | known


def account() -> dict[str, Any]:
    member = {
        "contact": person(email="x@acme.example"), "role": "CHAMPION", "stance": 1, "influence": 0.5,
        "basis": "OBSERVED", "confidence": 1.0,
        "coveredBy": [
            {"employee": {"id": "crm:E1", "name": None}, "strength": 0.5, "lastContactAt": "2025-06-01"}
        ],
    }  # fmt: skip
    step = {
        "kind": "KNOWS",
        "from": {"id": "crm:E1", "name": None},
        "to": {"id": "crm:7", "name": "Ann [HQ]"},
    }
    return {
        "name": "ACME [north]", "customerId": "crm:1", "industry": None, "region": None, "health": None,
        "decisionChain": {
            "opportunity": {"id": "crm:O1", "name": None, "stage": None, "amount": None, "currency": None},
            "members": [member],
            "links": [{"from": person(), "to": person(name="Bob"), "kind": "REPORTS_TO", "basis": "INFERRED",
                       "confidence": 0.5}],
            "gaps": [],
        },
        "warmPaths": [{"strength": 0.4, "steps": [step | {"strength": 0.4, "why": "2 interactions"}]}],
        "churnRisk": None,
        "recommendations": [],
        "suppressedBy": [{"text": "complaint [7] is open since 2025-01-02"}],
    }  # fmt: skip


def test_nobody_is_called_none(capsys: pytest.CaptureFixture[str]) -> None:
    show(account())
    said = capsys.readouterr().out
    assert "None" not in said
    for part in (
        "ACME [north]", "crm:O1 (no stage, no amount)",
        "x@acme.example, no title: champion, stance +1 [observed, 1.00]",
        "known by crm:E1 0.50", "crm:7 → Bob: reports to", "crm:E1 → Ann [HQ]",
    ):  # fmt: skip
        assert part in said


def test_an_error_keeps_its_brackets(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise RelgraphError("install relgraph[gnn] to train")

    monkeypatch.setattr(cli, "build", lambda: broken)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    assert "install relgraph[gnn] to train" in capsys.readouterr().err
