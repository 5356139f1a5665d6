"""One account's answer as lines for a terminal."""

from typing import Any

from rich.markup import escape

from relgraph.console import out

Json = dict[str, Any]


def show(account: Json) -> None:
    """Print who decides, who can introduce us, the risk and why, and what to offer next."""
    where = ", ".join(part for part in (account["industry"], account["region"]) if part)
    out.print(f"\n[bold]{escape(account['name'])}[/bold]  {account['customerId']}  {where}")
    if account["health"]:
        out.print(f"health {account['health']['score']:.0f} of 100, {account['health']['trend'].lower()}")
    _chain(account["decisionChain"])
    _paths(account.get("warmPaths"))
    _risk(account["churnRisk"])
    _products(account["recommendations"], account["suppressedBy"])


def _chain(chain: Json | None) -> None:
    if chain is None:
        out.print("\nWho decides: no opportunity and no contacts are known")
        return
    about = _deal(chain["opportunity"]) if chain["opportunity"] else "the account"
    out.print(f"\n[bold]Who decides[/bold] on {about}")
    for member in chain["members"]:
        out.print("  " + _member(member))
    for link in chain["links"]:
        out.print(f"  {_who(link['from'])} → {_who(link['to'])}: {_words(link['kind'])} ({_sure(link)})")
    for gap in chain["gaps"]:
        out.print(f"  [yellow]gap[/yellow] {escape(gap['message'])} (since {gap['since'][:10]})")


def _deal(deal: Json) -> str:
    amount = (
        "no amount" if deal["amount"] is None else f"{deal['amount']:,.0f} {deal['currency'] or ''}".strip()
    )
    return escape(f"{deal['name'] or deal['id']} ({deal['stage'] or 'no stage'}, {amount})")


def _member(member: Json) -> str:
    person = member["contact"]
    role = _words(member["role"]) if member["role"] else "no role known"
    stance = "" if member["stance"] is None else f", stance {member['stance']:+d}"
    cover = ", ".join(
        f"{_who(tie['employee'])} {tie['strength']:.2f} (last {tie['lastContactAt'][:10]})"
        for tie in member["coveredBy"][:2]
    )
    sure = escape(f" [{_sure(member)}]") if member["basis"] else ""
    known = f"; known by {cover}" if cover else "; known by nobody of us"
    return f"{_who(person)}, {escape(person['title'] or 'no title')}: {role}{stance}{sure}{known}"


def _paths(paths: list[Json] | None) -> None:
    if paths is None:
        return
    out.print("\n[bold]Who can introduce us[/bold] to the decision maker")
    if not paths:
        out.print("  nobody: no path of ties leads there")
    for path in paths:
        out.print(f"  strength {path['strength']:.2f}")
        for step in path["steps"]:
            ends = f"{_who(step['from'])} → {_who(step['to'])}"
            out.print(f"    {ends}  {step['strength']:.2f}  {escape(step['why'])}")


def _risk(risk: Json | None) -> None:
    out.print("\n[bold]Who is leaving[/bold]")
    if risk is None:
        out.print("  no score: this customer has no order yet, or `relgraph score` has not run")
        return
    when = f"within {risk['horizonDays']} days"
    out.print(f"  {risk['probability']:.0%} {when} ({_words(risk['band'])}), model {risk['modelId']}")
    for reason in risk["reasons"]:
        out.print(f"    {reason['contribution']:+.2f}  {escape(reason['text'])}")


def _products(suggestions: list[Json], suppressed: list[Json]) -> None:
    out.print("\n[bold]What to offer next[/bold]")
    for one in suppressed:
        out.print(f"  held back: {escape(one['text'])}")
    if not suggestions and not suppressed:
        out.print("  nothing: `relgraph score` has not run")
    for suggestion in suggestions:
        why = "; ".join(reason["text"] for reason in suggestion["reasons"])
        out.print(
            f"  {escape(suggestion['product']['name'])} ({suggestion['probability']:.0%}): {escape(why)}"
        )


def _who(person: Json) -> str:
    """The name; of whom none is known the e-mail, else the id."""
    return escape(person["name"] or person.get("email") or person["id"])


def _sure(item: Json) -> str:
    return f"{item['basis'].lower()}, {item['confidence']:.2f}"


def _words(name: str) -> str:
    return name.lower().replace("_", " ")
