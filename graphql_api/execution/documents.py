"""Documents that were parsed and validated, kept for the next request that sends them."""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple, TypeVar

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
from graphql_api.errors import ApiError, BadInput, InvalidDocument, NotRegistered
from graphql_api.execution.literals import NAME, Convert, lifted, tokens
from graphql_api.execution.overlaps import check_overlaps
from graphql_api.execution.rules import rules_for
from graphql_api.execution.shape import Shapes

T = TypeVar("T")

_LITERAL = re.compile(r'"|(?<![A-Za-z_0-9])-?[0-9]')
_LONG = 2_000
"""Characters from which on parsing and validating may take longer than others should wait."""

_LONGEST_SHARED = 20_000
"""Characters of a document up to which its literals are looked for."""
_WHOLE_KEPT = 1_000
"""Documents that cannot be shared and are remembered as such."""
_TEXTS_KEPT = 1_000
"""Texts whose document and literals are remembered: the same client sends the same text again and again."""
_LONGEST_TEXT_KEPT = 4_000
"""Characters of such a text, so that all of them take a few megabytes."""

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
    pages: dict[str | None, frozenset[str]] = field(default_factory=dict)
    """By operation the variables that are page sizes."""
    converts: tuple[Convert, ...] = ()
    """How the literals of a text that shares this document are read, in their order."""

    def values(self, literals: Sequence[str]) -> dict[str, Any]:
        """The variables that stand for the literals of a text; raises GraphQLError."""
        pairs = zip(self.converts, literals, strict=True)
        return {f"{NAME}{number}": convert(one) for number, (convert, one) in enumerate(pairs)}

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


class Asked(NamedTuple):
    """A document, and the literals of the text by which it was asked for, as variables."""

    document: Document
    literals: Mapping[str, Any]


class Documents:
    """Keeps the documents used last, up to `limits.document_cache_bytes`; those asked for are counted.

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
        self._texts: OrderedDict[str, tuple[bytes, Mapping[str, Any]]] = OrderedDict()
        """The key of the document, and the values of its literals, by the text sent."""
        self._whole: set[bytes] = set()
        self.found = 0
        self.parsed = 0

    async def asked(self, text: str) -> Asked:
        """The document of a text, shared by texts that differ in literals and spaces; raises as `of`."""
        self._check_registered(text)
        if (known := self._texts.get(text)) is not None and (document := self._found(known[0])) is not None:
            self._texts.move_to_end(text)
            return Asked(document, known[1])
        if not self._may_share(text):
            return self._remembered(text, _key(text), Asked(await self.of(text), {}))
        read = tokens(text)
        key = _key(f"\0{read.key}")
        document = self._found(key) or await self._shared(text, key, len(read.literals))
        if document is None:
            return Asked(await self.of(text), {})
        try:
            return self._remembered(text, key, Asked(document, document.values(read.literals)))
        except GraphQLError:  # reading the whole says what is wrong
            return Asked(await self.of(text), {})

    async def of(self, text: str) -> Document:
        """The document of a text, whole; raises InvalidDocument, NotRegistered, TooDeep or TooCostly.

        A long one that is new is parsed beside the event loop.
        """
        self._check_registered(text)
        key = _key(text)
        document = self._found(key)
        if document is None:
            self.parsed += 1
            document = await _beside(text, self._parsed)
            self._keep(key, document)
        return document

    def _remembered(self, text: str, key: bytes, asked: Asked) -> Asked:
        """The same; the text need not be read again as long as its document is kept."""
        if len(text) <= _LONGEST_TEXT_KEPT:
            self._texts[text] = key, asked.literals
            if len(self._texts) > _TEXTS_KEPT:
                self._texts.popitem(last=False)
        return asked

    def _check_registered(self, text: str) -> None:
        if self._registered is not None and text not in self._registered:
            raise NotRegistered

    def _may_share(self, text: str) -> bool:
        """Whether there may be literals, and the text is not known to stand for itself alone."""
        if len(text) > _LONGEST_SHARED or NAME in text or _LITERAL.search(text) is None:
            return False
        return _key(text) not in self._kept

    def _found(self, key: bytes) -> Document | None:
        document = self._kept.get(key)
        if document is not None:
            self.found += 1
            self._kept.move_to_end(key)
        return document

    async def _shared(self, text: str, key: bytes, literals: int) -> Document | None:
        """A new document with variables for literals; None where the text must be kept whole."""
        if key in self._whole:
            return None
        document = await _beside(text, self._with_variables)
        if document is None or len(document.converts) != literals:
            if len(self._whole) >= _WHOLE_KEPT:
                self._whole.clear()
            self._whole.add(key)
            return None
        self.parsed += 1
        self._keep(key, document)
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

    def _with_variables(self, text: str) -> Document | None:
        """The document with variables for literals; None where it is not valid so."""
        try:
            return self._checked(text, lift=True)
        except ApiError:  # reading the whole says what is wrong
            return None

    def _parsed(self, text: str) -> Document:
        document = self._checked(text, lift=False)
        if document is None:
            raise RuntimeError("a whole document is always made")
        return document

    def _checked(self, text: str, *, lift: bool) -> Document | None:
        try:
            node = parse(text, max_tokens=self._limits.max_tokens)
        except GraphQLError as error:
            raise InvalidDocument([error]) from error
        size = _size(text, node, self._limits.max_text)
        shared = lifted(self._schema, node) if lift else (node, ())
        if shared is None:
            return None
        node, converts = shared
        fragments = {
            part.name.value: part for part in node.definitions if isinstance(part, FragmentDefinitionNode)
        }
        pairs = check_overlaps(node, fragments, self._limits)
        rules = rules_for(text, pairs, self._rules)
        errors = validate(self._schema, node, rules, max_errors=10)
        if errors:
            raise InvalidDocument(errors)
        return Document(node, fragments, {}, size, _key(text).hex(), converts=converts)


async def _beside(text: str, work: Callable[[str], T]) -> T:
    """Short texts are worked on at once, long ones beside the event loop."""
    return await asyncio.to_thread(work, text) if len(text) > _LONG else work(text)


def _key(text: str) -> bytes:
    """Equal for equal texts."""
    return blake2b(text.encode(), digest_size=16).digest()


def _size(text: str, node: DocumentNode, max_text: int) -> int:
    """Bytes in memory, estimated; raises BadInput for a name or a string that is too long."""
    tokens, token = 0, node.loc.start_token if node.loc else None
    while token is not None:
        if token.value and len(token.value) > max_text:
            raise BadInput(f"line {token.line} holds a text of more than {max_text} characters")
        tokens, token = tokens + 1, token.next
    return 4 * len(text) + _BYTES_PER_TOKEN * tokens
