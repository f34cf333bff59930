"""Replies: who may keep them, and when a caller has the current one already."""

from chalice.app import Request

from chalicelib.api import replies
from chalicelib.api.schemas import Health
from tests.http.gateway import event


class Other(Health):
    """Another state."""

    more: int = 1


def asking(condition: str | None = None) -> Request:
    return Request(event("GET", "/products", headers={} if condition is None else {"If-None-Match": condition}))


TAG = str(replies.shared(asking(), Health()).headers["ETag"])


def test_a_caller_who_has_the_current_state_gets_no_body() -> None:
    for condition in (TAG, f"W/{TAG}", "*", f'"other", {TAG}', f'{TAG},"other"', f'W/"other" ,  W/{TAG}  '):
        reply = replies.shared(asking(condition), Health())
        assert (reply.status_code, reply.body, reply.headers["ETag"]) == (304, "", TAG), condition
        assert reply.headers["Cache-Control"] == replies.SHARED


def test_a_caller_who_has_another_state_gets_the_current_one() -> None:
    for condition in (None, "", '"other"', TAG.strip('"'), TAG[:-2] + '"', "* , *", "\x00", TAG.upper()):
        reply = replies.shared(asking(condition), Health())
        assert (reply.status_code, reply.body) == (200, '{"status":"ok"}'), condition


def test_a_tag_is_quoted_and_changes_with_the_state() -> None:
    assert TAG[0] == TAG[-1] == '"'
    assert replies.shared(asking(), Health()).headers["ETag"] == TAG
    assert replies.shared(asking(), Other()).headers["ETag"] != TAG
    assert replies.shared(asking(), [Health()]).headers["ETag"] != TAG


def test_no_cache_keeps_a_private_reply() -> None:
    reply = replies.private(Health(), 201, {"Location": "here"})
    assert (reply.status_code, reply.headers["Location"]) == (201, "here")
    assert reply.headers["Cache-Control"] == "private, no-store"


def test_lists_are_arrays_also_when_empty() -> None:
    assert replies.private([Health(), Health()]).body == '[{"status":"ok"},{"status":"ok"}]'
    assert replies.private([]).body == "[]"
