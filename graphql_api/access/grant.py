"""What the rules come to for one role, in the form in which requests ask for it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache

from graphql_api.access.mask import MASKS, Mask, hidden
from graphql_api.access.rules import Group, Role, Rows, Rules, rules

ROOTS = ("Query", "Subscription")
Place = tuple[str, str]
"""A type of the schema and one of its fields."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What one role may see and state.

    everything: no field is kept back. refused: places that answer null with FORBIDDEN; masks: what is told of
    others. kinds: records that are not told of; values: masks of a record's values, by kind and name. asked:
    enum values and input fields that no filter or order may hold.
    """

    role: str
    rows: Rows = "all"
    everything: bool = True
    writes: frozenset[str] | None = None
    """Names of mutations; None: all."""
    operates: bool = False
    questions: frozenset[str] = frozenset()
    refused: frozenset[Place] = frozenset()
    masks: Mapping[Place, Mask] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()
    values: Mapping[str, Mapping[str, Mask]] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()

    def refuses(self, kind: str, name: str) -> bool:
        """Whether the field `name` of the type `kind` answers null with FORBIDDEN."""
        if self.everything:
            return False
        if kind in ROOTS and not name.startswith("__"):
            return name not in self.questions
        return (kind, name) in self.refused

    def sees_all_of(self, kind: str) -> bool:
        """Whether no field of the type can be refused; a quick answer for most fields of most roles."""
        return self.everything and (self.writes is None or kind != "Mutation")

    def may_state(self, mutation: str) -> bool:
        """Whether this mutation may be made."""
        return self.writes is None or mutation in self.writes

    @property
    def may_state_anything(self) -> bool:
        """Whether there is any mutation that may be made."""
        return self.writes is None or bool(self.writes)

    def kinds_of(self, asked: Collection[str]) -> list[str]:
        """Those of these kinds of records that are told of."""
        return [kind for kind in asked if kind not in self.kinds]


UNBOUND = Grant("")
"""Of what runs without a token."""


@cache
def grant_of(role: str) -> Grant:
    """What the role may do; raises KeyError for one that the rules do not know."""
    return granted(rules(), role)


def granted(held: Rules, name: str) -> Grant:
    """What these rules come to for a role."""
    role = held.roles[name]
    writes = _writes(role)
    if role.fields == "all":
        return Grant(name, role.rows, writes=writes, operates=role.operates)
    shown = role.fields
    kept_back = {key: group for key, group in held.groups.items() if key not in shown}
    masked = [group for key, group in held.groups.items() if shown.get(key) == "masked"]
    return Grant(
        name,
        role.rows,
        everything=False,
        writes=writes,
        operates=role.operates,
        questions=frozenset(
            key
            for key, needs in held.questions.items()
            if not kept_back.keys() & set(needs) and (role.questions == "all" or key in role.questions)
        ),
        refused=frozenset(place for group in kept_back.values() for place in _places(group)),
        masks={place: mask for group in masked for place, mask in _masks(group).items()},
        kinds=frozenset(kind for group in kept_back.values() for kind in group.kinds),
        values=_values(kept_back.values(), masked),
        asked=frozenset(one for group in kept_back.values() for one in group.asked),
    )


def _writes(role: Role) -> frozenset[str] | None:
    if role.writes == "all":
        return None
    return frozenset(() if role.writes == "none" else role.writes)


def _place(name: str) -> Place:
    kind, _, field_name = name.partition(".")
    return kind, field_name


def _places(group: Group) -> list[Place]:
    return [_place(name) for name in (*group.fields, *group.mail, *group.phone)]


def _masks(group: Group) -> dict[Place, Mask]:
    of_each = {**dict.fromkeys(group.mail, "mail"), **dict.fromkeys(group.phone, "phone")}
    return {_place(name): MASKS[mask] for name, mask in of_each.items()}


def _values(kept_back: Collection[Group], masked: Collection[Group]) -> dict[str, dict[str, Mask]]:
    """A value of a group that is kept back is hidden, one of a masked group bears its own mask."""
    found: dict[str, dict[str, Mask]] = {}
    for group in kept_back:
        for kind, names in group.values.items():
            found.setdefault(kind, {}).update(dict.fromkeys(names, hidden))
    for group in masked:
        for kind, names in group.values.items():
            found.setdefault(kind, {}).update({name: MASKS[mask] for name, mask in names.items()})
    return found
