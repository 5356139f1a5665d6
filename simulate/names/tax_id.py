"""统一社会信用代码: 18 characters with the check characters of GB 11714-1997 (organisation code) and GB
32100-2015."""

import numpy as np

from simulate.config import Ints, Strings

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of GB 32100-2015 (no I, O, S, V, Z); the value of a character is its place."""
WEIGHTS = np.array([3**place % 31 for place in range(17)])
ORGANISATION_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])


def _organisation_code(serial: Ints) -> Ints:
    """Eight digits and their check character (value 33 stands for X in GB 11714) as columns of values."""
    digits = serial[:, None] // 10 ** np.arange(7, -1, -1) % 10
    check = (11 - digits @ ORGANISATION_WEIGHTS % 11) % 11
    return np.column_stack([digits, np.where(check == 10, ALPHABET.index("X"), check)])


def tax_ids(serial: Ints, city_code: Ints) -> Strings:
    """Valid codes of enterprises (91…) registered under `city_code` (six digits) with organisation number
    `serial`."""
    region = city_code[:, None] // 10 ** np.arange(5, -1, -1) % 10
    head = np.tile([9, 1], (len(serial), 1))
    body = np.column_stack([head, region, _organisation_code(serial)])
    check = (31 - body @ WEIGHTS % 31) % 31
    letters = np.array(list(ALPHABET))[np.column_stack([body, check])]
    return np.asarray(["".join(row) for row in letters])
