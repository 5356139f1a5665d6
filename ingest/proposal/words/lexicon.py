"""The words of headers by meaning, with the model's own names of labels and fields added.

`lexicon.yml` holds them; words of one more language, or of one system, stand in files of their own beside it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Any

import yaml

from ingest.mapping.fields import STATED, field_names, link_fields
from ingest.mapping.kinds import ITEM
from ingest.proposal.words.known import LABELS, LINK_TYPES
from ingest.proposal.words.words import Tokens, is_compound, is_word, raw_tokens, tokens, umlauts_spelt

WEAK = 0.75
"""What a word that the lexicon marks as weak counts."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words with one meaning; `strength` below 1 where they often mean something else."""

    words: Tokens
    strength: float


@dataclass(frozen=True, slots=True)
class Role:
    """How a record beside another is called in it: an owner, a requester, a parent."""

    link: str
    label: str
    """`self` and `any` where the words do not say what it is."""
    part: str | None
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All phrases by what they mean; `fields` by label or link and field, where a key is the field `key`."""

    labels: Mapping[str, tuple[Phrase, ...]]
    names: Mapping[str, tuple[Phrase, ...]]
    """Words that tell of a label in the names of files and sheets, those of `labels` included."""
    roles: tuple[Role, ...]
    fields: Mapping[tuple[str, str], tuple[Phrase, ...]]
    parts: Mapping[str, tuple[Phrase, ...]]
    technical: tuple[Phrase, ...]
    attributes: tuple[Phrase, ...]
    alike: frozenset[Tokens]
    """Attributes that say nothing where every row has the same: a mark of deletion that no row bears."""
    homes: Mapping[str, tuple[Phrase, ...]]
    """Words of attributes that belong to one label, whatever the row is."""
    lines: tuple[Phrase, ...]
    ours: tuple[Phrase, ...]
    """Words that say that somebody is on our side: 我方."""
    links: Mapping[str, tuple[Phrase, ...]]
    noise: frozenset[str]
    trailing: frozenset[str]
    known: frozenset[str]
    """Every word of a phrase: what compounds are cut into."""
    short: Mapping[str, str]
    """Abbreviations and the words they stand for."""

    remarks: tuple[Phrase, ...]
    """What a system writes before every header: `(Do Not Modify) Account`."""

    def tokens(self, text: str) -> Tokens:
        """The tokens of a header or name, without the remark before it."""
        words = tuple(self.short.get(word, word) for word in tokens(text, self.known))
        for remark in self.remarks:
            size = len(remark.words)
            if len(words) > size and words[:size] == remark.words:
                return words[size:]
        return words


@cache
def lexicon() -> Lexicon:
    """The lexicon as it is installed."""
    data = _read()
    known = _known(data)
    phrases = partial(_phrases, known=known, short=data["short"])
    labels = {
        label: (*phrases(data["labels"].get(label, [])), *phrases([] if label == ITEM else [label]))
        for label in sorted(LABELS)
    }  # an item of a list is a product
    names = {label: (*own, *phrases(data["files"].get(label, []))) for label, own in labels.items()}
    roles = tuple(
        Role(one["link"], one["label"], one.get("part"), phrases(one["words"])) for one in data["roles"]
    )
    fields = {
        (kind, name): phrases([*_own(data, kind, name), name.replace("_", " ")])
        for kind, names in _fields()
        for name in names
    }
    parts = {name: phrases(words) for name, words in data["name_parts"].items()}
    return Lexicon(
        short=data["short"],
        labels=labels,
        names=names,
        roles=roles,
        fields=fields,
        parts=parts,
        technical=phrases(data["technical"]),
        attributes=phrases(data["attributes"]),
        alike=frozenset(phrase.words for phrase in phrases(data["alike"])),
        homes={label: phrases(words) for label, words in data["attributes_of"].items()},
        lines=phrases(data["lines"]),
        ours=phrases(data["ours"]),
        links={link: phrases(words) for link, words in data["links"].items()},
        noise=frozenset(data["noise"]),
        trailing=frozenset(data["trailing"]),
        remarks=phrases(data["remarks"]),
        known=known,
    )


FILES = ("lexicon.yml", "lexicon_ru.yml", "lexicon_sap.yml", "lexicon_more.yml", "lexicon_systems.yml",
         "lexicon_items.yml", "lexicon_abbreviated.yml", "lexicon_schemas.yml",
         "lexicon_languages.yml", "lexicon_ko.yml", "lexicon_apps.yml", "lexicon_further.yml",
         "lexicon_fields.yml")  # fmt: skip


def _read() -> dict[str, Any]:
    """The words of all files together."""
    first, *more = (
        yaml.load(
            files("ingest.proposal.words").joinpath(name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader
        )
        for name in FILES
    )
    data: dict[str, Any] = first
    for other in more:
        for group, words in other.items():
            if isinstance(words, dict):
                for meaning, added in words.items():
                    data[group][meaning] = [*data[group].get(meaning, []), *added]
            else:
                data[group] = [*data[group], *words]
    return {group: words if group == "short" else _spelt(words) for group, words in data.items()}


def _spelt(words: Any) -> Any:
    """Lists of words, however nested, and German ones as they are written without umlauts, too."""
    if isinstance(words, dict):
        return {name: _spelt(inner) for name, inner in words.items()}
    if not isinstance(words, list):
        return words
    if not all(isinstance(word, str) for word in words):
        return [_spelt(word) for word in words]
    return list(dict.fromkeys(form for word in words for form in (word, umlauts_spelt(word))))


def _known(data: dict[str, Any]) -> frozenset[str]:
    """The words of all phrases, without compounds of others: `createdate` is `create date`."""
    words = {word for phrase in _texts(data) for word in raw_tokens(phrase) if is_word(word)}
    known = frozenset(words | data["short"].keys())
    return known - {word for word in known if is_compound(word, known)}


def _own(data: dict[str, Any], kind: str, name: str) -> list[str]:
    """The words of a field: those of every field of its name, and its label's own."""
    return [*data["fields"].get(name, []), *data["fields"].get(f"{kind}.{name}", [])]


def _fields() -> Iterator[tuple[str, list[str]]]:
    for label in sorted(LABELS):
        yield label, ["key", *sorted(field_names(label) - HIDDEN - ({"kind"} if label == ITEM else set()))]
    for link in sorted(LINK_TYPES):
        yield link, sorted(link_fields(link) - STATED - {"relation"})


HIDDEN = frozenset({"visibility", "owner_id", "reporting_amount", "reporting_currency"})
"""Fields that exports do not carry: what the graph says of its own, and what it works out itself."""


def _texts(data: dict[str, Any]) -> Iterator[str]:
    for group in ("labels", "files", "fields", "links", "name_parts", "attributes_of"):
        for words in data[group].values():
            yield from words
    for role in data["roles"]:
        yield from role["words"]
    for group in ("technical", "attributes", "alike", "lines", "ours", "noise", "remarks"):
        yield from data[group]


def _phrases(words: list[str], known: frozenset[str], short: Mapping[str, str]) -> tuple[Phrase, ...]:
    found: dict[Tokens, Phrase] = {}
    for word in words:
        cut = tuple(short.get(part, part) for part in tokens(word.removeprefix("~"), known))
        if cut and cut not in found:
            found[cut] = Phrase(cut, WEAK if word.startswith("~") else 1.0)
    return tuple(sorted(found.values(), key=lambda phrase: -len(phrase.words)))
