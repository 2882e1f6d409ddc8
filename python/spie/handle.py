"""What is open in the engine until its with block ends."""

from __future__ import annotations

from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar


class Closing(Protocol):
    def close(self) -> None: ...


Core = TypeVar("Core", bound=Closing)


class Handle(Generic[Core]):
    def __init__(self, core: Core) -> None:
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
