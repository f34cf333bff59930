"""Questions before something is changed."""

from collections.abc import Callable

import pytest

from infra.aws.asking import Asking
from infra.problems import PlatformError


@pytest.mark.parametrize("answer", ["y", "Y", "yes", " yes "])
def test_yes_goes_on(answer: str) -> None:
    Asking(yes=False, read=lambda _: answer).require("Deploy?")


@pytest.mark.parametrize("answer", ["", "n", "no", "yo", "prod"])
def test_anything_else_changes_nothing(answer: str) -> None:
    with pytest.raises(PlatformError, match=r"^Nothing was changed\.$"):
        Asking(yes=False, read=lambda _: answer).require("Deploy?")


def test_yes_for_all_questions_asks_none(unattended: Callable[[str], str]) -> None:
    Asking(yes=True, read=unattended).require("Deploy?")


def test_where_nobody_answers_the_sentence_says_how_to_answer_yes(unattended: Callable[[str], str]) -> None:
    with pytest.raises(PlatformError, match="YES=1"):
        Asking(yes=False, read=unattended).require("Deploy?")


def test_a_name_must_be_typed_whatever_was_answered_for_all_questions() -> None:
    Asking(yes=True, read=lambda _: "prod").require_typed("Delete?", "prod")
    with pytest.raises(PlatformError):
        Asking(yes=True, read=lambda _: "yes").require_typed("Delete?", "prod")
