"""How the numbers of the ranking are chosen: one at a time, within limits, for a gain that is no luck."""

import math
from argparse import ArgumentTypeError
from dataclasses import replace

import pytest

from benchmarks import numbers, tune
from benchmarks.measures import ndcg, place
from search.config import Config

GROUP, NAME = numbers.movable(Config())[0]


def _number(config: Config) -> float:
    return numbers.value(config, GROUP, NAME)


def test_the_ascent_finds_the_best_value_of_a_number() -> None:
    def objective(config: Config) -> float:
        return -abs(math.log(_number(config) / 1.0))

    best = tune.ascend(objective, Config(), 2, math.inf)
    assert _number(best) == pytest.approx(1.0, rel=0.3)
    assert replace(best, **{GROUP: getattr(Config(), GROUP)}) == Config(), "nothing else has moved"


def test_a_gain_that_may_be_luck_moves_nothing() -> None:
    assert tune.ascend(lambda config: _number(config) * tune.GAIN / 100, Config(), 1, math.inf) == Config()


def test_every_number_of_the_ranking_stays_within_its_limits() -> None:
    for group, name in numbers.movable(Config()):
        for direction in (1, -1):
            config = Config()
            for _ in range(50):
                config = numbers.move(config, group, name, direction)
            most = numbers.STEPS.get(name, numbers.USUAL).most
            assert 0 <= numbers.value(config, group, name) <= most


def test_a_ranking_is_worth_what_trec_eval_says() -> None:
    relevant = {"a": 2, "b": 1}
    assert ndcg(["a", "b"], relevant) == pytest.approx(1.0)
    assert ndcg(["x", "a"], relevant) == pytest.approx((2 / math.log2(3)) / (2 + 1 / math.log2(3)))
    assert ndcg([], relevant) == 0.0
    assert (place(["x", "b"], relevant), place(["x"], relevant)) == (2, 0)


def test_numbers_can_be_given_by_name() -> None:
    config = numbers.given(f"{NAME}=0.25")
    assert _number(config) == 0.25
    with pytest.raises(ArgumentTypeError, match="there are"):
        numbers.given("no_such_number=1")
