"""What can be wrong with a model that a user brings; each message says what to do next."""

from graph.errors import UsageError


class BadModel(UsageError):
    """The model does not do what scikit-learn's classifiers do."""


class NotSaveable(UsageError):
    """The model cannot be kept without pickle."""

    def __init__(self, kind: str, why: str) -> None:
        super().__init__(
            f"{kind} cannot be saved without pickle: {why}. What can be saved: LightGBM's classifier "
            "(as text); of scikit-learn HistGradientBoostingClassifier (as arrays) and linear classifiers "
            "such as LogisticRegression, alone or in a Pipeline after StandardScaler (as coefficients); "
            "and classes that a package declares in the entry point group relgraph.models (as arrays)"
        )


class NotPromoted(UsageError):
    """The model may not serve; the one that serves stays."""
