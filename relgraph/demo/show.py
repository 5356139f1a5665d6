"""The demo's report as lines for a terminal."""

from typing import Any

from relgraph.answer import show
from relgraph.console import out
from simulate.oracle import FUTURES

Json = dict[str, Any]


def show_demo(report: Json) -> None:
    """Print one account's answer, how close each part came to the truth, and what each step took."""
    out.print(f"\nOne account, as {report['viewer']} sees it:")
    show(report["answer"])
    _truth(report["truth"])
    rows = report["rows"]
    summary = ", ".join(f"{count:,} {name}" for name, count in rows.items() if count)
    out.print(f"\n{summary}; {sum(report['seconds'].values()):.0f} s in all:")
    for name, seconds in report["seconds"].items():
        out.print(f"  {seconds:6.1f} s  {name}")
    out.print(f"\nA token for the API, shown this once (valid 7 days): {report['token']}")


def _truth(truth: Json) -> None:
    out.print("\n[bold]How close to the planted truth[/bold]")
    for row in truth["learned"]:
        base, best, values = row["baseline"], row["selected"], row["models"]
        when = f"{row['population']:,} customers, {row['horizon_days']} days from {row['cutoff']}"
        out.print(
            f"{row['task']} {row['metric']}: {values[base]:.3f} {base} (baseline), {values[best]:.3f} {best} "
            f"(serves), {row['oracle']:.3f} oracle, {row['foreseen']:.3f} oracle by {FUTURES} futures; {when}"
        )
    doubles = truth["doubles"]
    out.print(
        f"companies that stand twice: precision {doubles['precision']:.3f}, recall {doubles['recall']:.3f} "
        f"of pairs; {doubles['found']} of {doubles['records']:,} records would be merged, "
        f"{doubles['review']} wait for a person (relgraph resolve link)"
    )
    makers = truth["decision_makers"]
    out.print(
        f"decision maker of the open deal: {makers['right']} of {makers['answered']} named are the true one, "
        f"{makers['asked']} deals"
    )
    parts = truth["roles"]
    inferred, title = parts["inferred"], parts["by_title"]
    out.print(
        f"roles that nobody stated, {parts['asked']} in open deals: F1 {inferred['micro']:.3f} (mean of "
        f"roles {inferred['macro']:.3f}), by title alone {title['micro']:.3f} ({title['macro']:.3f})"
    )
    power = parts["decision_power"]
    if power["power"] is not None:
        out.print(
            f"who of {power['people']} such people decides: AUC {power['power']:.3f} by decision power, "
            f"{power['by_title']:.3f} by title alone"
        )
    for basis, share in truth["reporting_lines"].items():
        if share["answered"]:
            out.print(f"reporting lines, {basis}: {share['right']:,} of {share['answered']:,} are true")
