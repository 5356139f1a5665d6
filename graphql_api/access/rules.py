"""Reads `rules.yml` and checks it, so that a rule that contradicts another never serves."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

Rows = Literal["all", "own", "team", "region"]
Shown = Literal["shown", "masked"]
MaskName = Literal["mail", "phone", "hidden"]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Role(_Strict):
    """What one role may do; `operates`: it also reads the metrics."""

    rows: Rows
    fields: Literal["all"] | Mapping[str, Shown]
    writes: Literal["all", "none"] | tuple[str, ...]
    operates: bool = False
    questions: Literal["all"] | tuple[str, ...] = "all"


class Group(_Strict):
    """What belongs together: `Type.field` names, kinds of records, values of records, what filters ask."""

    fields: tuple[str, ...] = ()
    mail: tuple[str, ...] = ()
    phone: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    values: Mapping[str, Mapping[str, MaskName]] = {}
    asked: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()

    @property
    def maskable(self) -> bool:
        """Whether all of its fields have a mask."""
        return bool(self.mail or self.phone) and not (self.fields or self.kinds)


class Rules(_Strict):
    """Roles, groups of fields, and what each question and statement needs."""

    roles: Mapping[str, Role]
    groups: Mapping[str, Group]
    questions: Mapping[str, tuple[str, ...]]
    writes: tuple[str, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for name, role in self.roles.items():
            self._check_role(name, role)
        for name, needed in {
            **self.questions,
            **{key: one.quotes for key, one in self.groups.items()},
        }.items():
            self._known(name, needed, self.groups)
        return self

    def _check_role(self, name: str, role: Role) -> None:
        if isinstance(role.writes, tuple):
            self._known(name, role.writes, self.writes)
        if isinstance(role.questions, tuple):
            self._known(name, role.questions, self.questions)
        if role.fields == "all":
            return
        self._known(name, role.fields, self.groups)
        for group, how in role.fields.items():
            if how == "masked" and not self.groups[group].maskable:
                raise ValueError(f"{name}: {group} has fields without a mask; it is shown or left out")
            if missing := set(self.groups[group].quotes) - role.fields.keys():
                raise ValueError(
                    f"{name}: {group} quotes {', '.join(sorted(missing))}, which the role may not see"
                )

    @staticmethod
    def _known(
        name: str, used: Mapping[str, object] | tuple[str, ...], known: Mapping[str, object] | tuple[str, ...]
    ) -> None:
        if unknown := set(used) - set(known):
            raise ValueError(f"{name} names {', '.join(sorted(unknown))}, which no rule declares")


def read(text: str) -> Rules:
    """The rules of a text; raises ValidationError (a ValueError) where they contradict themselves."""
    return Rules.model_validate(yaml.safe_load(text))


@cache
def rules() -> Rules:
    """The rules that hold."""
    return read(files("graphql_api").joinpath("access", "rules.yml").read_text("utf-8"))
