"""What environments did, counted: rates, percentiles, statements as pgbench reads them, and a browser's requests."""

from uuid import UUID

import pytest

from tests.bench.browser_requests import GOALS, counts, figures
from tests.bench.database_alone import A_KEY, A_UUID, script
from tests.bench.outcome import Outcome, percentile, together
from tests.bench.statements import Reserve, Statement

SHOPPER = UUID(int=7)


def outcome(*replies: tuple[float, int]) -> Outcome:
    """Return what came in two seconds that began at 100: each reply's end, after 0.1 s, and its status."""
    made = Outcome(100.0, 2.0)
    for end, status in replies:
        made.add(100 + end - 0.1, 100 + end, status)
    return made


def test_a_rate_counts_the_replies_of_one_status_within_the_time() -> None:
    made = outcome((0.5, 201), (1.0, 409), (1.5, 201), (2.1, 201))
    assert made.rate() == 1.0
    assert made.rate(409) == 0.5
    assert made.rate_between(1.0, 2.0) == 1.0


def test_rates_over_time_leave_out_what_came_after_the_end() -> None:
    assert outcome((0.5, 201), (1.2, 201), (1.4, 201), (2.1, 201)).rates(1.0) == [1.0, 2.0]


def test_environments_side_by_side_are_added_up() -> None:
    whole = together([outcome((0.5, 201)), outcome((0.6, 201), (0.7, 503))])
    assert (whole.rate(), whole.count()) == (1.0, {201: 2, 503: 1})


@pytest.mark.parametrize(("percent", "value"), [(50, 51), (99, 100), (100, 100), (0, 1)])
def test_a_percentile_is_a_value_that_was_measured(percent: float, value: float) -> None:
    assert percentile(list(range(1, 101)), percent) == value


def test_a_percentile_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="Nothing was measured"):
        percentile([], 50)


def test_a_replayed_reserve_is_by_a_new_shopper_with_a_new_key() -> None:
    statement = Statement("SELECT reserve(%(who)s, %(key)s, %(most)s, %(units)s) WHERE 7 %% 2 = 1", VALUES)
    text, constants = script(statement, Reserve([statement], SHOPPER, "the key"))
    assert text.endswith(f"SELECT reserve({A_UUID}, {A_KEY}, NULL, :value_units) WHERE 7 % 2 = 1;\n")
    assert constants == {"value_units": "1"}


VALUES = {"who": SHOPPER, "key": "the key", "most": None, "units": 1}


def test_placeholders_without_names_are_replaced_in_order() -> None:
    statement = Statement("SELECT %s, %s", [1, "two"])
    text, constants = script(statement, Reserve([statement], SHOPPER, "the key"))
    assert text.endswith("SELECT :value_0, :value_1;\n")
    assert constants == {"value_0": "1", "value_1": "two"}


def test_another_shoppers_reserve_differs_in_shopper_and_key_alone() -> None:
    reserve = Reserve([Statement("SELECT reserve(%(who)s, %(key)s, %(most)s, %(units)s)", VALUES)], SHOPPER, "the key")
    ((_, values),) = reserve.by_another()
    assert isinstance(values, dict)
    assert {name for name in VALUES if values[name] != VALUES[name]} == {"who", "key"}
    assert isinstance(values["who"], UUID)


def test_what_the_shop_counts_is_held_against_its_goals() -> None:
    counted = counts(f"some warning\n{{{', '.join(f'{chr(34)}{name}{chr(34)}: 3' for name in GOALS)}}}\n")
    assert [figure.met for figure in figures(counted)] == [False, True, False, False, True]


@pytest.mark.parametrize("output", ["", "not JSON", '{"private_idle": 0}'])
def test_counts_that_are_missing_are_an_error(output: str) -> None:
    with pytest.raises(RuntimeError, match="requests"):
        counts(output)
