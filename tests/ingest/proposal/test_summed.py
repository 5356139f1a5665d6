"""What an order costs is what all its lines cost, in every amount that it is told in."""

from pathlib import Path
from typing import Any

import yaml

from ingest.proposal.draft.write import mapping_text
from ingest.proposal.propose import propose
from tests.ingest.conftest import Workshop

HEAD = "订单编号,订单日期,客户名称,产品编码,数量,含税单价,金额,税额,价税合计,税率"


def test_every_amount_of_an_order_is_summed_over_its_lines(workshop: Workshop) -> None:
    rows = []
    for order in range(40):
        for line in range(1, 3 + order % 2):
            net = 100.0 * line + 7 * order
            share = 0.13 if line > 1 else 0.06
            order_of = [f"SO{order:03}", f"2024-03-{1 + order % 28:02}", f"某某贸易有限公司{order % 7}"]
            figures = [f"{net * 1.13 / (line + 1):.4f}", *(f"{net * by:.2f}" for by in (1, 0.13, 1.13))]
            rows.append(",".join([*order_of, f"P{line:03}", str(line + 1), *figures, str(share)]))
    (workshop.folder / "销售订单明细.csv").write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    text = mapping_text(propose([workshop.folder]))
    node = _order(text)
    for name, column in (("amount", "金额"), ("amount_with_tax", "价税合计")):
        assert node["fields"][name] == {"column": column, "pick": "sum"}
    assert node["attributes"]["shui_e"] == {"column": "税额", "pick": "sum"}
    assert node["attributes"].get("shui_lu", "税率") == "税率"
    report = workshop.load(text)
    assert report.totals["quarantined"] == 0, report.reasons


def test_a_total_that_its_lines_repeat_is_taken_once(tmp_path: Path) -> None:
    rows = [
        f"SO{o:03},2024-03-01,C{o % 7},P{line},{line},{500 + o},{560 + o}"
        for o in range(40)
        for line in (1, 2)
    ]
    (tmp_path / "order_lines.csv").write_text(
        "\n".join(["Order No,Order Date,Customer No,Item No,Qty,Order Total,Total incl VAT", *rows]) + "\n",
        "utf-8",
    )
    node = _order(mapping_text(propose([tmp_path])))
    assert (node["fields"]["amount"], node["fields"]["amount_with_tax"]) == ("Order Total", "Total incl VAT")


def _order(text: str) -> Any:
    (dataset,) = yaml.safe_load(text)["datasets"].values()
    return next(node for node in dataset["nodes"] if node["label"] == "Order")
