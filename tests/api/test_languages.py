"""Texts that are made here come in the language asked for; those of models are kept as they were stored."""

import re
from collections.abc import Iterator
from typing import Any

from graph.derive import derive
from graph.store import Store
from tests.api.client import Client
from tests.api.company import ACME
from tests.graph.world import NOW

ASKED = """query ($c: ID!) {
  customer(id: $c) { health { parts { text zh: textZh } } suppressedBy { text zh: text(locale: ZH) }
    alerts(first: 50) { nodes { text: message } }
    zh: alerts(first: 50, locale: ZH) { nodes { zh: message } } }
  decisionChain(customer: $c) { gaps { text zh: text(locale: ZH) } }
  offers(customer: $c, product: "erp:P1") { text zh: text(locale: ZH) }
  myDay { items { text: whatToDo reason } } day: myDay(locale: ZH) { items { zh: whatToDo zhReason: reason } }
}"""
ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")
CHINESE = re.compile(r"[一-鿿]")


def said(value: Any, keys: tuple[str, ...]) -> Iterator[str]:
    """Texts of an answer under these names."""
    if isinstance(value, list):
        for item in value:
            yield from said(item, keys)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name in keys and isinstance(item, str):
                yield item
            yield from said(item, keys)


async def test_every_text_comes_in_both_languages(ann: Client, store: Store) -> None:
    derive(store, NOW)
    found = await ann.data(ASKED, c=ACME)
    chinese, english = list(said(found, ("zh", "zhReason"))), list(said(found, ("text", "reason")))
    assert len(chinese) == len(english) > 10
    assert [one for one in chinese if ENGLISH.search(one) or not CHINESE.search(one)] == []
    assert [one for one in english if not re.search("[a-z]{3}", one)] == []
