"""The commands `watch` and `report`, on the real API."""

import argparse
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from chalicelib.db import refusal_counts
from infra.operate import report as reporting
from infra.operate import watch as watching
from infra.operate.arguments import parser
from infra.operate.commands import main
from infra.operate.signals import LogSignals
from infra.operate.stage import Stage
from infra.problems import PlatformError
from tests.http.gateway import reserve_event
from tests.http.serving import serving
from tests.http.shop import IPHONE, Shop
from tests.logs import logged

pytestmark = pytest.mark.slow


@pytest.fixture
def api(shop: Shop) -> Iterator[Stage]:
    """Give the API behind a port, with an admin's token."""
    with serving() as served:
        yield Stage(served.url, shop.as_admin("ada").token or "", is_here=True)


def given(*arguments: str) -> argparse.Namespace:
    return parser().parse_args(arguments)


def sell(shop: Shop) -> list[str]:
    """Sell 2 of 10, hold 8, and refuse two requests; return what was logged."""
    with logged() as lines:
        for number, quantity in enumerate((2, 8, 1, 1)):
            event = reserve_event(json.dumps({"productId": IPHONE, "quantity": quantity}))
            context = {**event["requestContext"], "requestTimeEpoch": 1_764_234_000_000 + number}
            reply = shop.send({**event, "requestContext": context})
            if quantity == 2:
                shop.post(f"/reservations/{reply.json['id']}/complete")
    return lines.text.splitlines()


def test_one_picture_shows_the_sale_and_its_refusals(
    shop: Shop, api: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusal_counts, "SECONDS_BETWEEN_WRITES", 0)
    lines = sell(shop)
    source = LogSignals(api, lambda: [lines.pop() for _ in list(lines)])
    file = tmp_path / "watch.svg"
    console = Console(record=True, width=170, file=io.StringIO())
    watching.watch(api, source, "here", given("watch", "--once"), console)
    (line,) = [line for line in console.export_text(clear=False).splitlines() if "iPhone" in line]
    assert "2 no stock" in line
    assert "sold out" in line
    watching.save(console, file, "here")
    assert "every unit in its place" in file.read_text().replace("&#160;", " ")
    assert "url(" not in file.read_text().replace("url(#", "")


def test_where_only_the_address_is_known_failures_are_said_to_be_unknown(
    api: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("API_URL", api.url)
    monkeypatch.setenv("ADMIN_TOKEN", api.token)
    monkeypatch.setenv("COLUMNS", "170")
    assert main(["watch", "--once"]) == 0
    shown = capsys.readouterr().out
    assert "from nowhere" in shown
    assert "balance: not known" in shown


def written(api: Stage, tmp_path: Path, lines: list[str], *arguments: str) -> Any:
    reporting.report(api, lambda _since, _until: lines, given("report", *arguments, "--output", str(tmp_path)))
    return json.loads((tmp_path / "iphone-15-pro-max.json").read_text())


def test_a_report_has_figures_of_the_database_and_of_the_log(
    shop: Shop, api: Stage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = written(api, tmp_path, sell(shop), "iPhone 15 Pro Max")
    (one,) = found["products"]
    assert (one["events"]["completed"], one["events"]["reserved"], one["sellThrough"]) == (2, 10, 0.2)
    assert one["soldOutAt"] == one["lastReservedAt"]
    assert (one["log"]["reserved"], one["log"]["refused"]) == (2, {"insufficient-stock": 2})
    assert one["log"]["order"]["overtaken"] == 0
    assert found["unknown"] == [reporting.ADDRESSES, reporting.ANONYMOUS]
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("iPhone 15 Pro Max: 2 of 10 sold (20%), sold out after")
    assert out[1:] == [str(tmp_path / f"iphone-15-pro-max.{suffix}") for suffix in ("html", "json")]
    assert "<h1>Sale of iPhone 15 Pro Max</h1>" in (tmp_path / "iphone-15-pro-max.html").read_text()


def test_a_report_without_a_log_says_what_is_missing(shop: Shop, api: Stage, tmp_path: Path) -> None:
    sell(shop)
    found = written(api, tmp_path, [], IPHONE)
    assert found["products"][0]["log"] is None
    assert reporting.NO_LOG in found["unknown"]


def test_a_report_of_a_time_leaves_out_the_log_of_others(shop: Shop, api: Stage, tmp_path: Path) -> None:
    lines = sell(shop)
    early = json.loads(lines[-1]) | {"timestamp": "2020-01-01T00:00:00+00:00"}
    begun = datetime.fromisoformat(json.loads(lines[0])["timestamp"]).replace(second=0, microsecond=0)
    found = written(api, tmp_path, [*lines, json.dumps(early)], IPHONE, "--from", begun.isoformat())
    assert found["products"][0]["log"]["refused"] == {"insufficient-stock": 2}


@pytest.mark.parametrize("text", ["yesterday", "2026-11-27T09:00:00"])
def test_a_time_without_a_zone_is_refused_by_the_name_of_its_option(api: Stage, text: str) -> None:
    with pytest.raises(PlatformError, match="--until must be a date and time with a time zone"):
        reporting.report(api, reporting.no_lines, given("report", "--until", text))


def test_the_log_file_of_a_run_is_read_where_there_is_one(tmp_path: Path) -> None:
    file = tmp_path / "api.log"
    read = reporting.local_lines(file)
    assert list(read(None, datetime.now(UTC))) == []
    file.write_text("one\ntwo\n")
    assert [line.strip() for line in read(None, datetime.now(UTC))] == ["one", "two"]
