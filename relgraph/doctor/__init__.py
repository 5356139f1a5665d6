"""What `relgraph doctor` looks at: the machine, the packages, the engine and the age of what it holds."""

from relgraph.doctor.audit import audit
from relgraph.doctor.finding import Finding, Report, Status
from relgraph.doctor.graph import examine_graph
from relgraph.doctor.machine import examine_machine
from relgraph.doctor.packages import examine_packages

__all__ = ["Finding", "Report", "Status", "audit", "examine_graph", "examine_machine", "examine_packages"]
