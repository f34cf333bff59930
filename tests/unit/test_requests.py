"""Requests apart from their bodies: query parameters, ids in paths, and idempotency keys."""

from base64 import urlsafe_b64encode

import pytest
from chalice.app import Request
from pydantic import BaseModel

from app import app
from chalicelib.api import cursor, requests
from chalicelib.api.admin_schemas import ChangesQuery, RefundsQuery
from chalicelib.api.gateway import routable
from chalicelib.api.schemas import ReservationQuery
from chalicelib.errors import InvalidRequest, NotFound
from tests.http.gateway import event

ID = "550e8400-e29b-41d4-a716-446655440000"
NO_LIMITS = ["0", "201", "-1", "abc", "", " ", "1.5", "1e2", "NaN", "true", "0x10", "9" * 5000, str(2**63), "\x00"]
REFUSED: dict[tuple[type[BaseModel], str], list[str]] = {
    **{(model, "limit"): [*NO_LIMITS, "\ud800"] for model in (ReservationQuery, ChangesQuery, RefundsQuery)},
    (ReservationQuery, "status"): ["", "active", "LAPSED", "ACTIVE,EXPIRED", "ACTIVE\x00", "null", "\ud800"],
    (ChangesQuery, "before"): ["0", "-1", "x", str(2**63), "\x00", "9" * 5000],
    (RefundsQuery, "before"): ["", "a b", "é", "\x00", "x" * 256, "\ud800", "pay-1\n"],
}


def query(model: type[BaseModel], **given: list[str]) -> BaseModel:
    return requests.query(Request(routable(event("GET", "/reservations", query=given), app.routes)), model)


def faults(model: type[BaseModel], **given: list[str]) -> list[str]:
    """Return the parameters that are at fault; the query is refused."""
    with pytest.raises(InvalidRequest) as refusal:
        query(model, **given)
    return [name for name, _ in refusal.value.errors]


@pytest.mark.parametrize(("model", "name"), REFUSED, ids=lambda value: getattr(value, "__name__", value))
def test_a_parameter_out_of_its_range_is_refused_by_name(model: type[BaseModel], name: str) -> None:
    for value in REFUSED[model, name]:
        assert faults(model, **{name: [value]}) == [name], ascii(value[:60])


@pytest.mark.parametrize("model", [ReservationQuery, ChangesQuery, RefundsQuery])
def test_an_unknown_parameter_is_refused_by_name(model: type[BaseModel]) -> None:
    for name in ("page", "Limit", "limit ", "", "\x00", "limit[]", "é"):
        assert faults(model, **{name: ["1"]}) == [name], ascii(name)
    assert faults(model, **{"\ud800": ["1"]}) == [""]  # a name that has no form in UTF-8


def test_a_parameter_is_given_once() -> None:
    for name in ("limit", "status", "after", "unknown", "\ud800"):
        for values in (["1", "1"], ["1", "2"], ["", "", ""]):
            assert faults(ReservationQuery, **{name: values}) == [name]


def test_a_page_has_50_entries_unless_1_to_200_are_asked_for() -> None:
    assert query(ReservationQuery).limit == query(ChangesQuery).limit == query(RefundsQuery).limit == 50
    assert [query(ReservationQuery, limit=[text]).limit for text in ("1", "200")] == [1, 200]


def encoded(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_a_cursor_is_one_that_a_page_gave() -> None:
    for text in (
        *("x", "!", "abc", "\x00", "\ud800", "é", "=" * 8, "A" * 10_000, ID),
        *map(encoded, ("", " ", "now", f" {ID}", f"2026-01-01 {ID}", f"2026-01-01T00:00:00 {ID}")),
        *(encoded(f"{instant}T00:00:00Z {ID}") for instant in ("2026-13-01", "0000-01-01", "10000-01-01")),
        *(encoded(f"2026-01-01T00:00:00{offset} {ID}") for offset in ("+24:00", "+99:99", "z z")),
        *(encoded(f"2026-01-01T00:00:00Z {text}") for text in ("", "x", "1", f"{ID}0", f"{ID} x")),
    ):
        with pytest.raises(InvalidRequest) as refusal:
            cursor.parse(text)
        assert refusal.value.errors == [("after", "is not a cursor of this list")], ascii(text)


def test_an_id_in_a_path_is_read_in_either_case() -> None:
    assert str(requests.path_id(ID)) == str(requests.path_id(ID.upper())) == ID


def test_an_id_in_a_path_is_read_in_no_other_spelling() -> None:
    bare = ID.replace("-", "")
    for text in (
        *(
            "",
            "1",
            "iPhone",
            "null",
            "..",
            "../../health",
            "a/b",
            "a%2Fb",
            "%2e%2e",
            "%",
            "%zz",
            "\x00",
            "é",
            "😀",
            " ",
        ),
        *("\ud800", "x" * 10_240, "-" * 36, "0" * 36, "' OR 1=1 --", bare, f"{bare}----", f"{ID[:-1]}_{ID[-1]}"),
        *(f"{{{ID}}}", f"urn:uuid:{ID}", f"{ID} ", f"{ID}\x00", f"{ID}/", f"{ID}\n"),
        "".join(chr(ord(character) + 0xFEE0) for character in bare),
    ):
        with pytest.raises(NotFound):
            requests.path_id(text)


def test_an_idempotency_key_has_1_to_255_visible_ascii_characters() -> None:
    def key(text: str | None) -> str | None:
        headers = {} if text is None else {"Idempotency-Key": text}
        return requests.idempotency_key(Request(routable(event("GET", "/reservations", headers=headers), app.routes)))

    for good in (None, "a", "!", "~" * 255, f'"{ID}"'):
        assert key(good) == good
    for wrong in ("", " ", "two words", "é", "\x7f", "a" * 256, "tab\t", "line\n"):
        with pytest.raises(InvalidRequest) as refusal:
            key(wrong)
        assert [name for name, _ in refusal.value.errors] == ["Idempotency-Key"], ascii(wrong)
