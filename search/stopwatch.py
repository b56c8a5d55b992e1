"""How long each stage of a search takes."""

import time


class Stopwatch:
    """Runs from its making; `laps_ms` holds the milliseconds of each stage that ended, by its name."""

    def __init__(self) -> None:
        self.laps_ms: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """End a stage: it took the time since the one before, and what it took when it ended earlier."""
        now = time.perf_counter()
        self.laps_ms[stage] = self.laps_ms.get(stage, 0.0) + (now - self._last) * 1000
        self._last = now
