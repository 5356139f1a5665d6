"""What products are called, as further rows of the purchase matrix: hashed words and pairs of words.

A row stands for a word and holds the products that carry it, as a customer's row holds what was bought. A
linear item-to-item model fitted on both knows likenesses of products that few customers bought (side
information by additional rows: Ning and Karypis, RecSys 2012).
"""

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer

ROWS, FEW_ROWS = 4096, 1024
"""Hashed words; the fewer where the range is so large that the inverse is over customers and words."""
WEIGHT = 4.0
"""Against the rows of customers, of ones; a product's words together have length 1 before it."""


def text_rows(described: pd.DataFrame, rows: int = ROWS) -> sparse.csr_matrix:
    """Words × products from `name` and `family`; without rows where no product has either."""
    texts = [_text(name, family) for name, family in zip(described["name"], described["family"], strict=True)]
    if not any(texts):
        return sparse.csr_matrix((0, len(texts)))
    words = HashingVectorizer(ngram_range=(1, 2), n_features=rows, norm="l2").transform(texts)
    found = (WEIGHT * words.T).tocsr()
    used: sparse.csr_matrix = found[np.flatnonzero(np.diff(found.indptr))]
    return used


def _text(name: object, family: object) -> str:
    return " ".join(part for part in (name, family) if isinstance(part, str))
