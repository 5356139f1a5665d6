"""Which of GraphQL's rules of validation a document can break at all: each costs something at every node."""

from collections.abc import Sequence

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
)

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
    return [rule for rule in all_rules if rule not in idle]
