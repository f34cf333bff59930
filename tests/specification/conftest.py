"""What the tests of the specification share."""

from hypothesis import settings

from tests.clocks import advance as advance

settings.register_profile("soak", max_examples=2_500)
