"""Values that are worked out when they are asked for, and only then."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Lazily(Mapping[str, T], Generic[T]):
    """A mapping of these makers; nothing is kept between calls."""

    makers: Mapping[str, Callable[[], T]]

    def __getitem__(self, name: str) -> T:
        return self.makers[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(self.makers)

    def __len__(self) -> int:
        return len(self.makers)
