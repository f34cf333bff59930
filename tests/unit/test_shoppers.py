"""The caller of a request: a shopper, an admin or nobody."""

from uuid import uuid4

import pytest

from chalicelib.errors import Forbidden, Unauthenticated
from chalicelib.identity.shoppers import ANONYMOUS, admin, identify, shopper
from chalicelib.identity.tokens import Bearer, Scope

SHOPPER_ID = uuid4()
SHOPPER = Bearer(str(SHOPPER_ID), Scope.SHOPPER)
ADMIN = Bearer("someone", Scope.ADMIN)


def test_without_a_header_there_is_no_bearer() -> None:
    assert identify(None) is None


def test_a_header_that_is_no_bearer_token_does_not_make_its_sender_anonymous() -> None:
    for authorization in ("", " ", "Basic eDp5", "null", "xBearer a.b.c", " Bearer a.b.c"):
        with pytest.raises(Unauthenticated):
            identify(authorization)


def test_without_a_token_everyone_is_the_same_anonymous_shopper() -> None:
    assert shopper(None, allow_anonymous=True) == ANONYMOUS


def test_without_a_token_nobody_is_a_shopper_where_anonymous_access_is_off() -> None:
    with pytest.raises(Unauthenticated):
        shopper(None, allow_anonymous=False)


def test_without_a_token_nobody_is_an_admin() -> None:
    with pytest.raises(Unauthenticated):
        admin(None)


@pytest.mark.parametrize("allow_anonymous", [True, False])
def test_a_token_is_accepted_for_its_own_scope_alone(allow_anonymous: bool) -> None:
    assert shopper(SHOPPER, allow_anonymous=allow_anonymous) == SHOPPER_ID
    assert admin(ADMIN) == "someone"
    with pytest.raises(Forbidden):
        shopper(ADMIN, allow_anonymous=allow_anonymous)
    with pytest.raises(Forbidden):
        admin(SHOPPER)


def test_no_token_makes_a_shopper_of_an_id_that_no_token_may_have() -> None:
    for subject in (str(ANONYMOUS), "{00000000-0000-0000-0000-000000000000}", "someone", ""):
        with pytest.raises(Unauthenticated):
            shopper(Bearer(subject, Scope.SHOPPER), allow_anonymous=True)
