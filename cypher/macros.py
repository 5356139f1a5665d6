"""Rules that many statements hold, each stated once, in `cypher/macro/<name>.cypher`:

    // macro: true_at  arguments: fact, moment  params: -

A statement says `{{true_at w t}}` and gets the macro's text with its own names for the arguments, in
parentheses. The parameters of a macro become those of every statement that holds it, without being listed
there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from cypher.statement import CatalogueError

FOLDER = "macro"
CALL = re.compile(r"\{\{(\w+)((?: \w+)+)\}\}")
_HEADER = re.compile(
    r"// macro: (?P<name>\w+)  arguments: (?P<arguments>\w+(?:, \w+)*)  params: (?P<params>-|\w+(?:, \w+)*)"
)
_COMMENT_LINE = re.compile(r"^//[^\n]*\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Macro:
    """An expression over the names of a statement; `params` are those of the macros within it, too."""

    name: str
    arguments: tuple[str, ...]
    text: str
    params: frozenset[str]

    def expanded(self, names: tuple[str, ...]) -> str:
        """The text with these names for the arguments, in their order."""
        if len(names) != len(self.arguments):
            raise CatalogueError(
                f"macro {self.name} takes {', '.join(self.arguments)}, got {', '.join(names)}"
            )
        renamed = dict(zip(self.arguments, names, strict=True))
        argument = re.compile(rf"(?<![.$:\w])({'|'.join(self.arguments)})\b")
        return f"({argument.sub(lambda found: renamed[found[1]], self.text)})"


def expand(text: str, known: Mapping[str, Macro] | None = None) -> tuple[str, frozenset[str]]:
    """The text with all macros expanded, and the parameters that they bring; raises CatalogueError."""
    macros = all_macros() if known is None else known
    params = frozenset[str]().union(*(_macro(call, macros).params for call in CALL.finditer(text)))
    return CALL.sub(lambda call: _macro(call, macros).expanded(tuple(call[2].split())), text), params


def _macro(call: re.Match[str], macros: Mapping[str, Macro]) -> Macro:
    if call[1] not in macros:
        raise CatalogueError(f"cypher/{FOLDER}/ holds no macro named {call[1]}")
    return macros[call[1]]


@cache
def all_macros() -> Mapping[str, Macro]:
    """Every macro by its name."""
    return _resolved({name: parse(name, text) for name, text in _files()})


def parse(name: str, text: str) -> Macro:
    """The macro of one file, with the macros within it not yet expanded; raises CatalogueError."""
    first, _, rest = text.partition("\n")
    header = _HEADER.fullmatch(first.rstrip())
    if header is None or header["name"] != name:
        raise CatalogueError(
            f"{FOLDER}/{name}: the first line is not '// macro: {name}  arguments: …  params: …'"
        )
    body = _COMMENT_LINE.sub("", rest).strip()
    params = frozenset(re.findall(r"\$(\w+)", body))
    if params != frozenset(header["params"].replace("-", "").split(", ")) - {""}:
        raise CatalogueError(
            f"{FOLDER}/{name}: params say {header['params']}, the text uses {sorted(params)}"
        )
    return Macro(name, tuple(header["arguments"].split(", ")), body, params)


def _resolved(macros: Mapping[str, Macro]) -> dict[str, Macro]:
    """With the macros within macros expanded; raises CatalogueError where they stand in a circle."""
    found = {}
    for name, macro in macros.items():
        text, params = macro.text, macro.params
        for _ in macros:
            text, brought = expand(text, macros)
            params |= brought
        if CALL.search(text):
            raise CatalogueError(f"{FOLDER}/{name}: a macro stands within itself")
        found[name] = Macro(name, macro.arguments, text, params)
    return found


def _files() -> Iterator[tuple[str, str]]:
    for file in resources.files("cypher").joinpath(FOLDER).iterdir():
        if file.name.endswith(".cypher"):
            yield file.name.removesuffix(".cypher"), file.read_text(encoding="utf-8")
