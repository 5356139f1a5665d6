"""What execution keeps in the context of a request."""

from graphql_api.config import Limits
from graphql_api.execution.documents import Document


class Asking:
    """One request on its way; the API's context extends it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.operation_name: str | None = None
        """As the request gave it."""
        self.document: Document | None = None
        """Set when the document was found or parsed."""

    def executing(self) -> Document:
        """The document that is executed; raises RuntimeError before it was found."""
        if self.document is None:
            raise RuntimeError("a request is executed without its document")
        return self.document
