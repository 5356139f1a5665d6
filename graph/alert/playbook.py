"""The playbook: title, message and play of each kind of alert, in English and Chinese (`playbook.yml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from babel import Locale

from graph.errors import UsageError
from graph.packaged import packaged_yaml

Language = Literal["en", "zh"]


LANGUAGES: tuple[Language, ...] = get_args(Language)


def language(name: str) -> Language:
    """The language of this code; raises UsageError."""
    for known in LANGUAGES:
        if known == name:
            return known
    raise UsageError(f"no texts in {name!r}; there are {', '.join(LANGUAGES)}")


@dataclass(frozen=True, slots=True)
class Play:
    """What to do about an alert, and within how many days."""

    within_days: int
    steps: tuple[str, ...]


def kinds() -> tuple[str, ...]:
    """All kinds of alerts of accounts, those of gaps first."""
    return tuple(_declared()["kinds"])


def title(kind: str, language: Language = "en") -> str:
    """What an alert of this kind is called."""
    return str(_kind(kind)["title"][language])


def play(kind: str, language: Language = "en") -> Play:
    """What to do about an alert of this kind."""
    declared = _kind(kind)["play"]
    return Play(int(declared["within_days"]), tuple(declared["steps"][language]))


def message(kind: str, figures: Mapping[str, Any], language: Language = "en") -> str:
    """What an alert says, by its figures; raises KeyError for a kind that does not exist."""
    forms = _kind(kind)["says"]
    form = figures.get("form") or Locale(language).plural_form(figures.get("count", 0))
    template = forms.get(form, {}).get(language) or forms["other"][language]
    return str(template).format_map(_in_words(figures, language))


def _declared() -> dict[str, Any]:
    return packaged_yaml("graph.alert", "playbook.yml")


def _kind(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = (_declared()["kinds"] | _declared()["of_data"])[kind]
    return found


def _in_words(figures: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """The figures as they stand in a sentence: `2`, not `2.0`; amounts with currency; people by role."""
    told = {name: f"{item:g}" if isinstance(item, float) else item for name, item in figures.items()}
    amounts = [f"{item['amount']:,.2f} {item['currency']}".strip() for item in figures.get("owed") or ()]
    lead = ": " if language == "en" else ":"
    told["owed"] = lead + ", ".join(amounts) if amounts else ""
    people = (_person(person, language) for person in figures.get("people") or ())
    told["people"] = _declared()["between"][language].join(people)
    now_at = figures.get("now_at")
    told["followed"] = _declared()["followed"][language].format(company=now_at) if now_at else ""
    return told


def _person(person: Mapping[str, str | None], language: Language) -> str:
    declared = _declared()
    named = person["role"] or "contact"
    role = str(declared["roles"].get(named, {}).get(language) or named.replace("_", " "))
    if not person["title"]:
        return role
    return str(declared["titled"][language]).format(role=role, title=person["title"])
