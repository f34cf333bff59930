"""The curve by which shoppers arrive."""

from random import Random

import pytest

from infra.problems import PlatformError
from infra.rehearse.arrivals import parse


def test_so_many_arrive_by_each_second_as_the_curve_says() -> None:
    arrivals = parse("1:50,5:80,15:100").arrivals(10_000, Random(1))
    assert arrivals == sorted(arrivals)
    shares = [sum(second <= end for second in arrivals) / 10_000 for end in (1, 5, 15)]
    assert shares == pytest.approx([0.5, 0.8, 1.0], abs=0.02)


def test_nobody_arrives_while_the_curve_is_level() -> None:
    arrivals = parse("1:50,9:50,10:100").arrivals(1_000, Random(1))
    assert [second for second in arrivals if 1 < second < 9] == []


def test_the_same_seed_gives_the_same_arrivals() -> None:
    first, again, other = (parse("3:100").arrivals(20, Random(seed)) for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize(
    "text", ["", "1", "1:50", "5:80,1:100", "1:80,5:50,6:100", "0:100", "a:100", "1:100,", "-1:100"]
)
def test_what_is_no_curve_to_100_percent_is_refused(text: str) -> None:
    with pytest.raises(PlatformError, match="An arrival curve is"):
        parse(text)
