"""A way to break a template, with the rule that must notice it."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass

from tests.aws.templates import Json, Templates

GONE = object()
type Rule = Callable[[Templates], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Breakage:
    """Another value at one place of a template, or none there."""

    name: str
    path: str
    """Keys and positions below the template's resources, separated by blanks."""
    value: Json
    rule: Rule

    def applied(self, stack: str, templates: Templates) -> Templates:
        """The templates with this broken."""
        broken = deepcopy(templates.raw[stack])
        *way, last = (int(step) if step.isdigit() else step for step in self.path.split(" "))
        place = broken["Resources"]
        for step in way:
            place = place[step]
        if self.value is GONE:
            del place[last]
        else:
            assert place.get(last, GONE) != self.value if isinstance(place, dict) else place[last] != self.value
            place[last] = self.value
        return Templates.of({**templates.raw, stack: broken}, templates.values)
