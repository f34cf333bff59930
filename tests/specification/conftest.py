"""What the tests of the specification share."""

from tests.clocks import advance as advance
