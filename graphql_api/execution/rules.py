"""Which of GraphQL's rules of validation a document can break at all: each costs something at every node."""

from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar

from graphql import (
    ASTValidationRule,
    DeferStreamDirectiveLabel,
    DeferStreamDirectiveOnRootField,
    DeferStreamDirectiveOnValidOperationsRule,
    FragmentsOnCompositeTypesRule,
    KnownDirectivesRule,
    KnownFragmentNamesRule,
    MaxIntrospectionDepthRule,
    NoFragmentCyclesRule,
    NoUndefinedVariablesRule,
    NoUnusedFragmentsRule,
    NoUnusedVariablesRule,
    OverlappingFieldsCanBeMergedRule,
    PossibleFragmentSpreadsRule,
    SingleFieldSubscriptionsRule,
    StreamDirectiveOnListField,
    UniqueDirectivesPerLocationRule,
    UniqueFragmentNamesRule,
    UniqueVariableNamesRule,
    VariablesAreInputTypesRule,
    VariablesInAllowedPositionRule,
    Visitor,
)
from graphql.language.visitor import EnterLeaveVisitor

Rule = type[ASTValidationRule]
_ABOUT: dict[str, tuple[Rule, ...]] = {
    "@": (
        KnownDirectivesRule,
        UniqueDirectivesPerLocationRule,
        DeferStreamDirectiveLabel,
        DeferStreamDirectiveOnRootField,
        DeferStreamDirectiveOnValidOperationsRule,
        StreamDirectiveOnListField,
    ),
    "fragment": (UniqueFragmentNamesRule, NoUnusedFragmentsRule, NoFragmentCyclesRule),
    "...": (KnownFragmentNamesRule, PossibleFragmentSpreadsRule),
    "on": (FragmentsOnCompositeTypesRule,),
    "$": (
        UniqueVariableNamesRule,
        VariablesAreInputTypesRule,
        VariablesInAllowedPositionRule,
        NoUndefinedVariablesRule,
        NoUnusedVariablesRule,
    ),
    "subscription": (SingleFieldSubscriptionsRule,),
    "__": (MaxIntrospectionDepthRule,),
}
"""What a document has in its text that can break these rules."""


def rules_for(text: str, pairs: int, all_rules: Sequence[Rule]) -> list[Rule]:
    """Those of the rules that the document of this text may break; `pairs`: of fields that share a name."""
    idle = {rule for sign, rules in _ABOUT.items() if sign not in text for rule in rules}
    if not pairs:
        idle.add(OverlappingFieldsCanBeMergedRule)
    return [_looked_up_once(rule) for rule in all_rules if rule not in idle]  # type: ignore[arg-type]  # a class has a hash


@cache
def _looked_up_once(rule: Rule) -> Rule:
    """The rule, whose methods for a kind of node are looked for once instead of once per document."""
    return type(rule.__name__, (_LookedUpOnce, rule), {})


class _LookedUpOnce(Visitor):
    """Remembers by class which methods there are: most rules have none for most kinds of nodes."""

    names: ClassVar[dict[str, tuple[str, str]]]
    """By kind of node, the method on entering and the one on leaving; empty where there is none."""

    def __init_subclass__(cls, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        cls.names = {}

    def get_enter_leave_for_kind(self, kind: str) -> EnterLeaveVisitor:
        """As a visitor of its own does it."""
        names = self.names.get(kind)
        if names is None:
            found = super().get_enter_leave_for_kind(kind)
            names = self.names[kind] = (_name(found.enter), _name(found.leave))
        if names == ("", ""):
            return _NEITHER
        return EnterLeaveVisitor(*(getattr(self, name) if name else None for name in names))


_NEITHER = EnterLeaveVisitor(None, None)


def _name(method: Any) -> str:
    return "" if method is None else str(method.__name__)
