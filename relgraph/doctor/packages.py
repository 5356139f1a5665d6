"""The installed packages against what the distribution declares, and which extras are complete."""

from importlib import metadata

from packaging.requirements import Requirement

from relgraph.doctor.finding import Finding

EXTRAS = {
    "connectors": "databases and REST APIs are asked by it: pip install 'relgraph[connectors]'",
    "gnn": "training and scoring need it: pip install 'relgraph[gnn]'",
    "notebooks": "only `make notebook` needs it: pip install 'relgraph[notebooks]'",
}


def examine_packages(distribution: str = "relgraph") -> tuple[Finding, ...]:
    """Look at what the core and each extra of a distribution require."""
    try:
        declared = [Requirement(line) for line in metadata.requires(distribution) or ()]
    except metadata.PackageNotFoundError:
        advice = "install it: pip install . (or make setup)"
        return (
            Finding(
                subject="packages", status="broken", found=f"{distribution} is not installed", advice=advice
            ),
        )
    return (core(declared), *(extra(declared, name) for name in EXTRAS))


def core(declared: list[Requirement]) -> Finding:
    """The packages that everything needs."""
    wrong = unmet(declared, "")
    if wrong:
        return Finding(subject="packages", status="broken", found="; ".join(wrong), advice="pip install .")
    return Finding(
        subject="packages", status="ok", found=f"relgraph {metadata.version('relgraph')}, all present"
    )


def extra(declared: list[Requirement], name: str) -> Finding:
    """The packages of one extra."""
    wrong = unmet(declared, name)
    if wrong:
        return Finding(
            subject=f"extra {name}", status="optional", found="; ".join(wrong), advice=EXTRAS[name]
        )
    return Finding(subject=f"extra {name}", status="ok", found="all present")


def unmet(declared: list[Requirement], extra_name: str) -> list[str]:
    """A sentence per package that is absent or outside its bounds; an empty name means the core."""
    wanted = [item for item in declared if belongs(item, extra_name)]
    return [sentence for item in wanted if (sentence := _fault(item))]


def belongs(requirement: Requirement, extra_name: str) -> bool:
    """Whether a requirement is one of the named extra (or of the core, when the name is empty)."""
    marker = requirement.marker
    if marker is None:
        return extra_name == ""
    needed_by_core = marker.evaluate({"extra": ""})
    return marker.evaluate({"extra": extra_name}) and (extra_name == "" or not needed_by_core)


def _fault(requirement: Requirement) -> str | None:
    try:
        version = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        return f"{requirement.name} is absent"
    if requirement.specifier.contains(version, prereleases=True):
        return None
    return f"{requirement.name} is {version}, {requirement.specifier} is needed"
