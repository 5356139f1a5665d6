"""The folder of exports and the API over the small company, as other tests have them."""

from tests.api.conftest import ann, app, book, signed
from tests.ingest.conftest import workshop

__all__ = ["ann", "app", "book", "signed", "workshop"]
