"""The log: one JSON line per event, and never a secret."""

from datetime import datetime

from chalicelib import config
from chalicelib.log import logger, set_request_id
from tests.logs import logged

SETTINGS = {
    "DATABASE_URL": "postgresql://shop:hunter2@db/shop",
    "EXPIRY_QUEUE_URL": "https://sqs.test/1/expiry",
    "TOKEN_KEYS": f"first:hunter2{'-' * 32}",
}


def test_an_event_is_one_line_with_time_level_and_service() -> None:
    with logged() as lines:
        logger.info("reserved", extra={"reservation_id": "first\nsecond"})
    (line,) = lines.parsed
    assert (line["level"], line["service"], line["reservation_id"]) == ("INFO", "flash-sale", "first\nsecond")
    assert datetime.fromisoformat(line["timestamp"]).tzinfo


def test_a_traceback_is_part_of_its_line() -> None:
    with logged() as lines:
        try:
            raise ValueError("one\ntwo")
        except ValueError:
            logger.exception("unforeseen error")
    assert "ValueError: one\ntwo" in lines.about("unforeseen error")["exception"]


def test_the_request_id_stays_with_the_lines_of_its_request() -> None:
    with logged() as lines:
        for request_id in ("first", "second"):
            set_request_id(request_id)
            logger.info(request_id)
    assert [line["request_id"] for line in lines.parsed] == ["first", "second"]


def test_a_configuration_can_be_logged_without_its_secrets() -> None:
    settings = config.parse(SETTINGS)
    with logged() as lines:
        logger.info("settings %s", settings, extra={"settings": settings, "keys": settings.token_keys})
    assert lines.parsed[0]["message"].startswith("settings ")
    assert "hunter2" not in lines.text
