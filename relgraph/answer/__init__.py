"""One account's answer: asked of the API over HTTP, as any client does, and shown in a terminal."""

from relgraph.answer.ask import Refused, ask_account, query_text
from relgraph.answer.local_api import running
from relgraph.answer.show import show

__all__ = ["Refused", "ask_account", "query_text", "running", "show"]
