"""Which roles a decision needs, by the type of the deal: declared in a YAML playbook."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BeforeValidator, Field, ValidationError

from graph.errors import UsageError
from graph.model import Role
from graph.model.base import Frozen
from graph.sentences import sentence

FIRST, REPEAT = "first_deal", "repeat"
"""The types of deals whose sources do not say of which they are."""


def _alternatives(given: Any) -> Any:
    return (given,) if isinstance(given, str) else given


OneOf = Annotated[tuple[Role, ...], BeforeValidator(_alternatives), Field(min_length=1)]
"""Roles of which one is enough."""


class DealType(Frozen):
    """What deals of a type are called in sources, and the roles that they need."""

    words: tuple[str, ...] = ()
    roles: tuple[OneOf, ...] = Field(min_length=1)


class RequiredRoles(Frozen):
    """The roles that decisions need; `covered_from` is the least strength (0…1) of a tie that covers."""

    covered_from: float = Field(gt=0.0, le=1.0)
    account: tuple[OneOf, ...] = Field(min_length=1)
    deal_types: Mapping[str, DealType]

    def type_of(self, stated: str | None, *, bought: bool) -> str:
        """The type of a deal: as its source calls it, else by whether the customer had bought before."""
        said = (stated or "").strip().casefold()
        for name, declared in self.deal_types.items():
            if said and said in {name.casefold(), *(word.casefold() for word in declared.words)}:
                return name
        return REPEAT if bought else FIRST

    def of(self, deal_type: str | None) -> tuple[tuple[Role, ...], ...]:
        """The roles that a deal of this type needs; None: an account without an open deal."""
        return self.account if deal_type is None else self.deal_types[deal_type].roles


@lru_cache(maxsize=1)
def default_required() -> RequiredRoles:
    """The playbook that comes with relgraph."""
    return _parsed(files("graph.decision_chain").joinpath("required_roles.yml").read_text("utf-8"), "")


def read_required(path: Path) -> RequiredRoles:
    """A playbook of a user's own; raises UsageError for a file that cannot be read or says something else."""
    try:
        return _parsed(path.read_text("utf-8"), f"{path}: ")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: the playbook cannot be read ({error})") from error


def _parsed(text: str, where: str) -> RequiredRoles:
    try:
        found = RequiredRoles.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise UsageError(f"{where}the playbook is no YAML: {error}") from error
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, one['loc']))}: {sentence(one)}" for one in error.errors()[:3])
        raise UsageError(f"{where}the playbook does not fit: {told}") from error
    if missing := {FIRST, REPEAT} - found.deal_types.keys():
        raise UsageError(f"{where}the playbook lacks the deal types {', '.join(sorted(missing))}")
    return found
