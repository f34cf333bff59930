"""Who is calling."""

import pytest

from chalicelib.errors import Unauthenticated
from chalicelib.schemas import ANONYMOUS
from chalicelib.shoppers import identify


def test_without_a_token_everyone_is_the_same_anonymous_shopper() -> None:
    assert identify(None, allow_anonymous=True) == ANONYMOUS


def test_without_a_token_nobody_is_let_in_where_anonymous_access_is_off() -> None:
    with pytest.raises(Unauthenticated):
        identify(None, allow_anonymous=False)


@pytest.mark.parametrize("allow_anonymous", [True, False])
@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer x", "Basic eDp5", "null"])
def test_a_token_that_is_not_valid_does_not_make_its_bearer_anonymous(
    authorization: str, allow_anonymous: bool
) -> None:
    with pytest.raises(Unauthenticated):
        identify(authorization, allow_anonymous=allow_anonymous)
