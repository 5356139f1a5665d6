"""Documents that were parsed and validated, kept for the next request that sends them."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)

from graphql_api.access.grant import Grant
from graphql_api.config import Limits
from graphql_api.errors import BadInput, InvalidDocument, NotRegistered
from graphql_api.execution.overlaps import check_overlaps
from graphql_api.execution.shape import Shapes

_LONG = 2_000
"""Characters from which on parsing and validating may take longer than others should wait."""

_BYTES_PER_TOKEN = 600
"""What a token of a document weighs in memory once parsed; a test compares it with what Python allocates."""


@dataclass(slots=True)
class Document:
    """A valid document, the shapes of its answers, and what it costs with page sizes it was allowed with."""

    node: DocumentNode
    fragments: Mapping[str, FragmentDefinitionNode]
    shapes: dict[str, Shapes]
    """By the role that they are for; '' is that of all who see every field."""
    size: int
    """Bytes it takes in memory, estimated."""
    digest: str
    """Equal for equal texts, hexadecimal."""
    allowed: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def shapes_for(self, grant: Grant) -> Shapes:
        """How answers to whoever holds the grant are written."""
        key = "" if grant.everything else grant.role
        if key not in self.shapes:
            self.shapes[key] = Shapes(dict(self.fragments), grant)
        return self.shapes[key]

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation of that name, or the only one; raises BadInput."""
        operations = [node for node in self.node.definitions if isinstance(node, OperationDefinitionNode)]
        named = [node for node in operations if name is None or (node.name and node.name.value == name)]
        if len(named) != 1:
            raise BadInput("say by `operationName` which operation of the document to run")
        return named[0]


class Documents:
    """Keeps the documents used last, up to `limits.document_cache_bytes`.

    registered: the only documents that there are; None: any.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        limits: Limits,
        *,
        introspection: bool = True,
        registered: frozenset[str] | None = None,
    ) -> None:
        self._registered = registered
        self._schema = schema
        self._limits = limits
        self._rules = (
            specified_rules if introspection else (*specified_rules, NoSchemaIntrospectionCustomRule)
        )
        self._kept: OrderedDict[bytes, Document] = OrderedDict()
        self._bytes = 0
        self.found = 0
        self.parsed = 0

    async def of(self, text: str) -> Document:
        """The document of a text; raises InvalidDocument, NotRegistered, TooDeep or TooCostly.

        A long one that is new is parsed beside the event loop.
        """
        if self._registered is not None and text not in self._registered:
            raise NotRegistered
        key = _key(text)
        document = self._kept.get(key)
        if document is None:
            self.parsed += 1
            slow = len(text) > _LONG
            document = await asyncio.to_thread(self._parsed, text) if slow else self._parsed(text)
            self._keep(key, document)
        else:
            self.found += 1
            self._kept.move_to_end(key)
        return document

    @property
    def size(self) -> int:
        """Bytes that they take, estimated."""
        return self._bytes

    def _keep(self, key: bytes, document: Document) -> None:
        if key in self._kept:  # two requests brought it at once
            return
        self._kept[key] = document
        self._bytes += document.size
        while self._bytes > self._limits.document_cache_bytes and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= dropped.size

    def _parsed(self, text: str) -> Document:
        try:
            node = parse(text, max_tokens=self._limits.max_tokens)
        except GraphQLError as error:
            raise InvalidDocument([error]) from error
        size = _size(text, node, self._limits.max_text)
        fragments = {
            part.name.value: part for part in node.definitions if isinstance(part, FragmentDefinitionNode)
        }
        check_overlaps(node, fragments, self._limits)
        errors = validate(self._schema, node, self._rules, max_errors=10)
        if errors:
            raise InvalidDocument(errors)
        return Document(node, fragments, {}, size, _key(text).hex())


def _key(text: str) -> bytes:
    """Equal for texts that may share a document.

    Today only equal texts do. Texts that differ in literals could, once literals are made variables before
    the key is taken.
    """
    return blake2b(text.encode(), digest_size=16).digest()


def _size(text: str, node: DocumentNode, max_text: int) -> int:
    """Bytes in memory, estimated; raises BadInput for a name or a string that is too long."""
    tokens, token = 0, node.loc.start_token if node.loc else None
    while token is not None:
        if token.value and len(token.value) > max_text:
            raise BadInput(f"line {token.line} holds a text of more than {max_text} characters")
        tokens, token = tokens + 1, token.next
    return 4 * len(text) + _BYTES_PER_TOKEN * tokens
