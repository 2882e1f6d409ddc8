"""What our objects hold of the engine: handed back to it here alone; some of it is open until its with block ends."""

from __future__ import annotations

from types import TracebackType
from typing import ClassVar, Generic, Protocol, Self, TypeVar


class Closing(Protocol):
    def close(self) -> None: ...


Core = TypeVar("Core")
Given = TypeVar("Given", covariant=True)
Closed = TypeVar("Closed", bound=Closing)


class Holding(Protocol[Given]):
    @property
    def _core(self) -> Given: ...


def engine(one: Holding[Core]) -> Core:
    """What an object holds of the engine, for a call of the engine; no module but its own reads it otherwise."""
    return one._core


class Immutable:
    """What never changes: its copy, deep or not, is itself."""

    __slots__ = ()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self


class Here:
    """What stays in its process, and says what to hand over instead."""

    __slots__ = ()
    _instead: ClassVar[str]

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError(
            f"A {type(self).__name__} can be neither pickled nor copied: {self._instead}."
        )


class Handle(Here, Generic[Closed]):
    _instead = "it is open in this process; pass its path, and open it there"

    def __init__(self, core: Closed) -> None:
        self._core = core

    def close(self) -> None:
        self._core.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
