"""Tax numbers of one legal body with a number of each of its establishments.

Brazil's CNPJ (root of 8 digits, 0001 for the seat), France's SIRET (SIREN and 5 digits of the establishment),
the Dutch BTW number (9 digits, B and 2 digits), the British VAT number of branch traders (9 digits and 3) and
India's GSTIN (the body's PAN within). All are checked by python-stdnum. A 统一社会信用代码 has no such part:
a branch has an organisation code of its own, and equal codes are one body that was registered anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from stdnum.br import cnpj
from stdnum.fr import siren, siret, tva
from stdnum.gb import vat
from stdnum.in_ import gstin
from stdnum.nl import btw


@dataclass(frozen=True, slots=True)
class TaxUnit:
    """A number as its scheme reads it."""

    scheme: str
    root: str
    """Of the legal body."""
    unit: str
    """Of the establishment; empty where the number is the whole body's."""
    is_seat: bool
    """Whether the number says that it is the body's own, or its seat's."""


@lru_cache(maxsize=65536)
def tax_units(number: str | None) -> tuple[TaxUnit, ...]:
    """All readings of a number whose check digits fit; none for another kind of number."""
    read = (scheme(number) for scheme in _SCHEMES) if number else ()
    return tuple(one for one in read if one is not None)


def _brazil(number: str) -> TaxUnit | None:
    if not cnpj.is_valid(number):
        return None
    plain = cnpj.compact(number)
    return TaxUnit("cnpj", plain[:8], plain[8:12], plain[8:12] == "0001")


def _france(number: str) -> TaxUnit | None:
    if siret.is_valid(number):
        plain = siret.compact(number)
        return TaxUnit("siren", plain[:9], plain[9:], False)
    if siren.is_valid(number) or tva.is_valid(number):
        return TaxUnit("siren", siren.compact(number)[-9:], "", True)
    return None


def _netherlands(number: str) -> TaxUnit | None:
    if not btw.is_valid(number):
        return None
    plain = btw.compact(number)
    return TaxUnit("btw", plain[:9], plain[10:], plain[10:] == "01")


def _britain(number: str) -> TaxUnit | None:
    if not vat.is_valid(number) or len(plain := vat.compact(number)) not in (9, 12):
        return None
    return TaxUnit("gb-vat", plain[:9], plain[9:], len(plain) == 9)


def _india(number: str) -> TaxUnit | None:
    if not gstin.is_valid(number):
        return None
    plain = gstin.compact(number)
    return TaxUnit("gstin", plain[2:12], plain[:2] + plain[12], False)


_SCHEMES: tuple[Callable[[str], TaxUnit | None], ...] = (_brazil, _france, _netherlands, _britain, _india)
