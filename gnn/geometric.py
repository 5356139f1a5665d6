"""What we use of torch-geometric, imported once without its import-time deprecation warnings."""

import warnings

with warnings.catch_warnings():
    # torch-geometric 2.8 scripts its classes on import, which torch has deprecated
    warnings.simplefilter("ignore")
    from torch_geometric.data import HeteroData
    from torch_geometric.nn import GraphConv, HeteroConv

__all__ = ["GraphConv", "HeteroConv", "HeteroData"]
