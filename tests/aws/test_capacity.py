"""Capacity and costs: computed from figures, quotas and prices, and the documents say what is computed."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from infra.aws import capacity, idle, measured, prices
from infra.aws.demand import Demand, cost
from infra.aws.measured import Measured
from infra.aws.package import Package
from tests.aws.rules_of_metrics import AUDIT, alarms, watched
from tests.aws.templates import Templates, of_type

SMALL, LARGE = (Demand(shoppers, Measured()) for shoppers in (10_000, 1_000_000))
STAGE = {
    "DatabaseClass": "db.t4g.micro",
    "DatabaseStorage": "20",
    "TwoZones": "false",
    "NatGateway": "false",
    "Events": "false",
    "SweepIntervalSeconds": "60",
}


@pytest.mark.parametrize(("file", "text"), capacity.documents().items(), ids=lambda one: getattr(one, "name", ""))
def test_a_document_says_what_is_computed(file: Path, text: str) -> None:
    assert file.read_text() == text, "run python -m infra.aws.capacity"


def test_a_slower_database_needs_a_larger_instance() -> None:
    sizes = [Demand(100_000, Measured(reserves_per_core=rate)).instance for rate in (8_000, 4_000, 2_000, 1_000, 500)]
    vcpus = [one.vcpus for one in sizes if one]
    assert vcpus == sorted(vcpus)
    assert len(set(vcpus)) > 2


def test_no_instance_is_named_where_none_is_large_enough() -> None:
    assert Demand(100_000, Measured(reserves_per_core=1)).instance is None


def test_an_instance_is_chosen_for_its_connections_too(monkeypatch: pytest.MonkeyPatch) -> None:
    cores_alone = Demand(10_000, Measured()).instance
    monkeypatch.setattr(Demand, "connections", 1_500)
    connections_too = Demand(10_000, Measured()).instance
    assert cores_alone
    assert connections_too
    assert cores_alone.connections < 1_500 <= connections_too.connections


def test_slower_requests_keep_more_environments_busy_and_cost_more() -> None:
    slow = Demand(100_000, Measured(reserve_seconds=0.1))
    fast = Demand(100_000, Measured(reserve_seconds=0.001))
    assert slow.environments > 10 * fast.environments
    assert cost(slow)["Lambda"] > 10 * cost(fast)["Lambda"]


def test_what_breaks_is_named_worst_first() -> None:
    text = capacity.computed(Measured())
    (first,) = [line for line in text.splitlines() if line.startswith("| first |")]
    (second,) = [line for line in text.splitlines() if line.startswith("| second |")]
    assert first.split("|")[-2].strip().startswith("cold starts")
    assert second.split("|")[-2].strip().startswith("API Gateway")
    assert LARGE.api_peak > prices.API_GATEWAY_REQUESTS_A_SECOND > SMALL.api_peak


def test_the_figures_of_the_benchmarks_are_used_where_there_are_any(tmp_path: Path) -> None:
    results = tmp_path / "results.json"
    assert measured.read(results) == Measured()
    document = {
        "machine": {"cores": 2, "memory_gib": 24, "system": "Linux x86_64"},
        "figures": {
            "S1@1": {"details": {"ours_per_second": 500}},
            "S12": {"details": {"per_second": 5_000}},
            "S5@16": {"value": 2.5},
        },
    }
    results.write_text(json.dumps(document))
    expected = Measured(0.002, 2_500, 2.5, "2 cores, 24 GiB, Linux x86_64")
    assert measured.read(results) == expected


@pytest.mark.parametrize(
    ("values", "more"),
    [
        ({"TwoZones": "true"}, 0.016 * 730 + 20 * 0.115 + 2 * 0.01 * 730),
        ({"NatGateway": "true"}, (0.045 + 0.005) * 730),
        ({"Events": "true"}, 0.01 * 730 + 730 * 60 * 0.20 / 1e6),
        ({"SweepIntervalSeconds": "10"}, 730 * 60 * 50 * 0.25 * 0.0000133334),
        ({"DatabaseStorage": "100"}, 80 * 0.115),
        ({"DatabaseClass": "db.m7g.large"}, (0.168 - 0.016) * 730),
    ],
)
def test_a_stage_costs_what_its_parameters_say(values: dict[str, str], more: float) -> None:
    before, after = (sum(idle.idle({"data": one, "service": one}).values()) for one in (STAGE, STAGE | values))
    assert after - before == pytest.approx(more)


def test_what_is_counted_of_a_stage_is_what_its_templates_have(built: Package) -> None:
    found = Templates.read(built.templates, {"Stage": "prod", "Events": "false", "NatGateway": "false"})
    assert sum(len(watched(alarm)) for alarm in alarms(found).values()) == idle.ALARMED_METRICS
    assert len(found.shop["Limits"]["Properties"]["Rules"]) == idle.RULES
    assert len(of_type(found.data, "AWS::EC2::VPCEndpoint")) == idle.ENDPOINTS
    assert len(AUDIT) == idle.OWN_METRICS
    assert found.service["Sweep"]["Properties"]["MemorySize"] == idle.SWEEP_GB * 1024


def test_twice_as_many_shoppers_cost_more_but_not_twice_as_much_while_the_instance_is_the_same() -> None:
    once, twice = (sum(cost(replace(SMALL, shoppers=shoppers)).values()) for shoppers in (10_000, 20_000))
    assert once < twice < 2 * once
