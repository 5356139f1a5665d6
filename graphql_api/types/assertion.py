"""What asserting a role takes, and every way it can end."""

from typing import Annotated

import strawberry

from graphql_api.types.decision_chain import DecisionChain
from graphql_api.types.enums import DecisionRole


@strawberry.input(
    description="A contact's part in a decision: exactly one of `opportunity` and `customer` is given."
)
class AssertRoleInput:
    """Ids of any kind; `stance` −2 (against us) to +2 (for us), `influence` 0 to 1."""

    contact: strawberry.ID
    role: DecisionRole
    opportunity: strawberry.ID | None = None
    customer: strawberry.ID | None = None
    stance: int | None = None
    influence: float | None = None


@strawberry.interface(description="Why nothing was written, for the user who asked.")
class Problem:
    """Shared by all refusals."""

    message: str


@strawberry.type(description="The fact is written; `chain` is the decision chain as it now stands.")
class AssertRoleSuccess:
    """Effective at once."""

    chain: DecisionChain


@strawberry.type(description="No contact answers to that id.")
class ContactNotFound(Problem):
    """Nothing was written."""


@strawberry.type(description="No opportunity or customer answers to that id.")
class TargetNotFound(Problem):
    """Nothing was written."""


@strawberry.type(description="The contact does not work at the customer that the role is about.")
class NotAtThisCustomer(Problem):
    """Nothing was written."""


@strawberry.type(
    description="A value is out of range, or both or neither of opportunity and customer were given."
)
class InvalidInput(Problem):
    """Nothing was written."""


@strawberry.type(description="This token may not state facts.")
class Forbidden(Problem):
    """Nothing was written."""


Refusal = ContactNotFound | TargetNotFound | NotAtThisCustomer | InvalidInput | Forbidden
AssertRoleResult = Annotated[AssertRoleSuccess | Refusal, strawberry.union("AssertRoleResult")]
