"""One line of the report, and the whole of it."""

from typing import Literal

from graph.model.base import Frozen

Status = Literal["ok", "optional", "todo", "broken"]
"""`ok`; `optional`: absent and not needed; `todo`: works, with advice; `broken`: it cannot work."""


class Finding(Frozen):
    """What was looked at, what was found, and what to do where it is not well."""

    subject: str
    status: Status
    found: str
    advice: str | None = None


class Report(Frozen):
    """All findings in reading order; `usable` is False when one is broken."""

    findings: tuple[Finding, ...]

    @property
    def usable(self) -> bool:
        """Whether nothing that is needed is broken."""
        return all(finding.status != "broken" for finding in self.findings)

    def document(self) -> dict[str, object]:
        """The report for machines: `{"usable", "findings": [{"subject", "status", "found", "advice"}]}`."""
        return {"usable": self.usable, "findings": [finding.model_dump() for finding in self.findings]}
