"""What came of a deal is proposed from its stage where no column of its own says it."""

from pathlib import Path
from typing import Any

import pytest

from ingest.proposal.draft.draft import mapping_of
from ingest.proposal.propose import propose


def outcome(folder: Path, header: str, stages: list[str]) -> Any:
    """The proposed value of `outcome` of deals with these stages."""
    rows = (f"D{n},Deal {n},C{n},{stage},{n}00\n" for n, stage in enumerate(stages, start=1))
    (folder / "deals.csv").write_text(f"Deal ID,Deal Name,Company,{header},Amount\n" + "".join(rows), "utf-8")
    (dataset,) = mapping_of(propose([folder]))["datasets"].values()
    assert dataset["nodes"][0]["label"] == "Opportunity"
    return dataset["nodes"][0]["fields"].get("outcome")


@pytest.mark.parametrize(
    ("header", "stages", "words"),
    [
        (
            "Stage",
            ["Negotiation", "Closed Won", "Closed Lost"],
            {"Closed Won": "won", "Closed Lost": "lost"},
        ),
        ("商机阶段", ["初步接洽", "赢单", "输单"], {"赢单": "won", "输单": "lost"}),
    ],
)
def test_a_stage_says_what_came_of_the_deal(
    tmp_path: Path, header: str, stages: list[str], words: dict[str, str]
) -> None:
    assert outcome(tmp_path, header, stages) == {"column": header, "map": words, "unmapped": "empty"}


def test_stages_of_open_deals_say_nothing(tmp_path: Path) -> None:
    assert outcome(tmp_path, "Stage", ["Negotiation", "Proposal", "Qualification"]) is None
