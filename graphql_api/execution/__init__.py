"""From a document's text to an answer: plan, bounds, execution, errors."""

from graphql_api.execution.answer import Executor, Question
from graphql_api.execution.report import refused

__all__ = ["Executor", "Question", "refused"]
