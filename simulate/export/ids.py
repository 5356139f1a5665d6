"""The keys of the exports: how each system numbers its records."""

from dataclasses import dataclass

import numpy as np

from simulate.config import Ints, SimulationConfig, Strings
from simulate.dirt.doubles import Doubles
from simulate.names.companies import join
from simulate.streams import stream

NOTHING = -1


def coded(prefix: str, number: Ints, width: int) -> Strings:
    """Keys such as `C00017`; the empty string for -1."""
    digits = np.maximum(number, 0).astype(str)
    text = join(prefix, np.char.zfill(digits, width) if len(digits) else digits)
    return np.where(number >= 0, text, "")


@dataclass(frozen=True, slots=True)
class Keys:
    """Shuffled numbers of accounts, ERP customers and contacts, so that a key tells nothing but itself."""

    account_of: Ints
    customer_of: Ints
    contact_of: Ints

    def account(self, record: Ints) -> Strings:
        """Account id of a CRM record number (company, or n + k for the k-th double); "" for -1."""
        return coded("001RG", np.where(record >= 0, self.account_of[record], NOTHING), 10)

    def customer(self, record: Ints) -> Strings:
        """Customer number of an ERP record number."""
        return coded("C", self.customer_of[record], 7)

    def contact(self, contact: Ints) -> Strings:
        """Contact id of a contact number; "" for -1."""
        return coded("003RG", np.where(contact >= 0, self.contact_of[contact], NOTHING), 10)


def build_keys(config: SimulationConfig, doubles: Doubles, contacts: int) -> Keys:
    """Shuffle the numbers."""
    rng = stream(config.seed, "keys")
    return Keys(
        account_of=rng.permutation(config.customers + len(doubles.crm)),
        customer_of=rng.permutation(config.customers + len(doubles.erp)),
        contact_of=rng.permutation(contacts),
    )


def user(number: Ints) -> Strings:
    """User id of an employee number; "" for -1."""
    return coded("005RG", number, 10)


def opportunity(number: Ints) -> Strings:
    return coded("006RG", number, 10)


def item(number: Ints) -> Strings:
    return coded("P", number + 1, 4)


def order(number: Ints) -> Strings:
    return coded("SO", number + 1, 8)
