"""kill -9 while an index is built or updated: the live one answers on, and the next run completes."""

from pathlib import Path

import pytest

from benchmarks.kills import measure


@pytest.mark.parametrize("seed", [1])
def test_a_killed_run_harms_nothing(tmp_path: Path, seed: int) -> None:
    assert measure(kills=8, seed=seed, base=tmp_path) == 0
