"""Reading the catalogue of templates, and finding in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from graph.customer_filter.yaml import document
from graph.errors import UsageError
from graph.sentences import suggestion

_QUANTILE = re.compile(r"(?P<share>0\.\d+) of (?P<field>\S+)")
_COMMON = re.compile(r"(?P<rank>commonest|next) (?P<field>\S+)")


@dataclass(frozen=True, slots=True)
class TemplateParameter:
    """A value that a template leaves open, in a unit; the default stands where the data say too little."""

    name: str
    default: float | str | None
    unit: str
    source: str
    """`judgement`, `0.75 of FIELD` (a quantile) or `commonest FIELD`, `next FIELD` (a word)."""

    @property
    def quantile(self) -> tuple[float, str] | None:
        """The share and the field, where the default is a quantile of the company's own data."""
        found = _QUANTILE.fullmatch(self.source)
        return (float(found["share"]), found["field"]) if found else None

    @property
    def word(self) -> tuple[int, str] | None:
        """The rank (0 the commonest) and the field, where the default is a word of the company's own data."""
        found = _COMMON.fullmatch(self.source)
        return (("commonest", "next").index(found["rank"]), found["field"]) if found else None

    @property
    def numeric(self) -> bool:
        """Whether its value is a number."""
        return isinstance(self.default, float)


@dataclass(frozen=True, slots=True)
class Template:
    """A question about customers, by industry; `when` is a condition with `$name` for parameters."""

    template_id: str
    industry: str
    industry_name: str
    industry_name_zh: str
    name: str
    name_zh: str
    description: str
    description_zh: str
    parameters: tuple[TemplateParameter, ...]
    when: Mapping[str, Any]


@cache
def catalogue() -> tuple[Template, ...]:
    """All templates, those of any industry first."""
    folder = files("graph.tag_template").joinpath("catalogue")
    found = sorted(file.name for file in folder.iterdir() if file.name.endswith(".yml"))
    first = sorted(found, key=lambda name: (name != "general.yml", name))
    return tuple(one for name in first for one in _templates(folder.joinpath(name).read_text("utf-8"), name))


def matching(industry: str | None = None, search: str | None = None) -> tuple[Template, ...]:
    """Templates of an industry, and of those that name every word that is searched for, in either language.

    Raises UsageError for an industry that there is not.
    """
    industries = {one.industry for one in catalogue()}
    if industry is not None and industry not in industries:
        raise UsageError(f"there are no templates for `{industry}`{suggestion(industry, industries)}")
    words = (search or "").lower().split()
    of_industry = [one for one in catalogue() if industry in {None, one.industry}]
    return tuple(one for one in of_industry if all(word in _text(one) for word in words))


def named(template_id: str) -> Template:
    """The template of the id; raises UsageError with the nearest."""
    known = {one.template_id: one for one in catalogue()}
    if template_id not in known:
        near = suggestion(template_id, known)
        told = near if "did you mean" in near else "; `relgraph tags templates` lists them"
        raise UsageError(f"there is no template `{template_id}`{told}")
    return known[template_id]


def _text(one: Template) -> str:
    told = (one.template_id, one.name, one.name_zh, one.description, one.description_zh, one.industry_name)
    return " ".join((*told, one.industry_name_zh, str(one.when))).lower()


def _templates(text: str, name: str) -> Iterator[Template]:
    given = document(text, name).values
    for one in given["templates"]:
        yield Template(
            template_id=f"{given['industry']}.{one['id']}", industry=given["industry"],
            industry_name=given["name"], industry_name_zh=given["name_zh"], name=one["name"],
            name_zh=one["name_zh"], description=one["description"], description_zh=one["description_zh"],
            parameters=tuple(_parameter(key, *value) for key, value in one.get("set", {}).items()),
            when=one["when"],
        )  # fmt: skip


def _parameter(name: str, default: Any, unit: str, source: str) -> TemplateParameter:
    value = float(default) if isinstance(default, int | float) else default
    return TemplateParameter(name, value, unit, source)
