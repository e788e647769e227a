"""How long each stage took, for ``--verbose``; the clock is passed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Stopwatch:
    """Adds up seconds by stage.

    Args:
        clock: seconds from any moment on, such as ``time.perf_counter``.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._started = clock()
        self._spent: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """The time spent inside belongs to a stage; stages do not nest."""
        begun = self._clock()
        try:
            yield
        finally:
            self._spent[name] = self._spent.get(name, 0.0) + self._clock() - begun

    def __str__(self) -> str:
        """``time: settings 0.01 s, reading 0.20 s, ...; 1.02 s in all``."""
        stages = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in self._spent.items())
        return f"time: {stages}; {self._clock() - self._started:.2f} s in all"
