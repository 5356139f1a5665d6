"""Taste: which products of a family somebody takes, told by which they took of every family.

Of what a customer bought of a family each product's usual share is taken away. What is left says nothing of
how much of the family is bought, so a linear item-to-item model of it (as `ease`) knows what suits a customer
of a family that it buys nothing of yet.
"""

import numpy as np
from scipy import sparse

from gnn.cross_sell.ease import ByProducts, weights_of


def taste(bought: sparse.csr_matrix, families: sparse.csr_matrix, penalty: float) -> ByProducts:
    """The model of customers × products, and products × families; products of no family are left out.

    Products × products are held densely.
    """
    buyers = np.asarray(bought.sum(axis=0)).ravel()
    of_family = families @ (families.T @ buyers)
    share = np.divide(buyers, of_family, out=np.zeros(len(buyers)), where=of_family > 0)
    member = np.asarray(families.sum(axis=1)).ravel()
    surplus = (sparse.diags(member) - families @ families.T @ sparse.diags(share)).tocsr()
    together = (surplus.T @ (bought.T @ bought) @ surplus).toarray().astype(np.float32)
    return ByProducts(np.asarray(surplus @ weights_of(together, penalty), dtype=np.float32))
