"""Early stopping: how many epochs to train a network, told by a validation window (Prechelt, 1998)."""

from collections.abc import Callable


class EarlyStopping:
    """Looks at the quality every few epochs and says when it has not risen for `patience` looks."""

    def __init__(self, epochs: int, every: int, patience: int, least: float = 0.0) -> None:
        self.best_epoch = epochs
        """The epochs with the best quality; the number given where nobody looked."""
        self._best = -1.0
        self._every, self._patience, self._least = every, patience, least

    def reached(self, epoch: int, quality: Callable[[], float]) -> bool:
        """Whether to stop after this epoch (from 1); `quality` is asked only when it is time to look.

        A gain counts where it is larger than `least`.
        """
        if epoch % self._every:
            return False
        value = quality()
        if value > self._best + self._least:
            self._best, self.best_epoch = value, epoch
            return False
        return epoch - self.best_epoch >= self._patience * self._every
