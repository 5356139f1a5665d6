"""Why a tie counts, in words (`reasons.yml`)."""

from datetime import datetime
from typing import Any

from babel import Locale

from graph.alert.playbook import Language
from graph.packaged import packaged_yaml


def tie_reason(count: int, last_at: datetime, language: Language) -> str:
    """What a tie rests on."""
    form = Locale(language).plural_form(count)
    says = _texts()["knows"].get(form, _texts()["knows"]["other"])
    return str(says[language]).format(count=count, day=f"{last_at:%Y-%m-%d}")


def both_ours(language: Language) -> str:
    """What follows where both are our people."""
    return str(_texts()["ours"][language])


def both_at(company: str | None, language: Language) -> str:
    """What follows where both are of one company."""
    return str(_texts()["company"][language]).format(company=company)


def _texts() -> dict[str, Any]:
    return packaged_yaml("graph.warm_path", "reasons.yml")
