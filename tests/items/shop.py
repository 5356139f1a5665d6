"""Exports with Chinese headers for `docs/examples/own_kinds.yml`: machines and competitors."""

from pathlib import Path

from ingest.report import Report
from tests.ingest.conftest import Workshop

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "own_kinds.yml"
FILES = {
    "客户.csv": "客户编号,客户名称\nC1,宏达机械有限公司\nC2,远东泵业\nC3,新星电子\n",
    "商机.csv": "商机编号,商机名称,创建日期,客户编号\nD1,压缩机更新,2025-03-01,C1\n",
    "设备.csv": (
        "设备编号,设备名称,序列号,安装日期,运行小时,租赁,客户编号,所属设备,状态\n"
        'M1,螺杆压缩机,SN-1,2016-05-01,"12,500.5",否,C1,,在用\n'
        "M2,冷却泵,SN-2,2024-02-10,800,是,C1,M1,在用\n"
        "M3,离心泵,SN-3,2019-07-01,1500,否,C2,,在用\n"
        "M4,样机,SN-4,,,,,,在用\n"
    ),
    "竞品.csv": (
        "编号,类型,名称,报价,国家,运行小时\nR1,竞品,大风压缩机,98000,DE,\nR2,Competitor,Altus,120000,CN,\n"
    ),
    "竞争.csv": "竞品编号,商机编号\nR1,D1\n",
}


def put(workshop: Workshop, **changed: str) -> None:
    """Write the exports; `changed` replaces files by their names without `.csv`."""
    for name, text in {**FILES, **{f"{one}.csv": text for one, text in changed.items()}}.items():
        (workshop.folder / name).write_text(text, encoding="utf-8")


def load(workshop: Workshop, **changed: str) -> Report:
    """Load the exports by the example's mapping."""
    put(workshop, **changed)
    return workshop.load(EXAMPLE.read_text(encoding="utf-8"))
