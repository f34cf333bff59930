"""The built shop alone, and browsers that look at it; each test stubs the API."""

from collections.abc import Iterator

import pytest

from tests.browser.browsers import browser_context_args as browser_context_args
from tests.browser.browsers import browser_type_launch_args as browser_type_launch_args
from tests.browser.browsers import frontend as frontend
from tests.browser.built_shop import serving


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The shop's address."""
    with serving(tmp_path_factory.mktemp("built-shop")) as address:
        yield address
