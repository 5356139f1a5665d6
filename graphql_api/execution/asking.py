"""What execution keeps in the context of a request."""

from graphql import FieldNode, OperationDefinitionNode

from graphql_api.access.grant import UNBOUND, Grant
from graphql_api.audit.persons import Subjects
from graphql_api.config import Limits
from graphql_api.errors import TooCostly
from graphql_api.execution.budget import Budget, Turns
from graphql_api.execution.documents import Document


class Asking:
    """One request on its way; the API's context extends it."""

    def __init__(self, limits: Limits, grant: Grant = UNBOUND) -> None:
        self._limits = limits
        self.grant = grant
        """What whoever asks may see and state."""
        self.budget = Budget(limits)
        self.turns = Turns(self.budget)
        self.document: Document | None = None
        """Set when the document was found or parsed."""
        self.operation: OperationDefinitionNode | None = None
        """The operation of the document that is executed."""
        self.subjects: Subjects = set()
        """Of whom the answer tells personal data, so far."""
        self.cost: int | None = None
        """What it may cost, once that was found to be within bounds."""

    @property
    def root_field(self) -> str:
        """The first field of the operation; '' where there is none, or it is a fragment."""
        first = self.operation.selection_set.selections[0] if self.operation else None
        return first.name.value if isinstance(first, FieldNode) else ""

    @property
    def document_name(self) -> str | None:
        """What the operation is called in its document."""
        return self.operation.name.value if self.operation and self.operation.name else None

    def charge(self, weight: int, what: str) -> None:
        """Add a weight that only the values of arguments tell; raises TooCostly past the bound of costs."""
        self.cost = (self.cost or 0) + weight
        if self.cost > self._limits.max_cost:
            raise TooCostly(
                f"with {what} the request costs {self.cost}, at most {self._limits.max_cost} is allowed; "
                "ask for fewer at once"
            )

    def executing(self) -> Document:
        """The document that is executed; raises RuntimeError before it was found."""
        if self.document is None:
            raise RuntimeError("a request is executed without its document")
        return self.document
