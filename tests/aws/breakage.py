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
        put(broken, self.path, self.value)
        return Templates.of({**templates.raw, stack: broken}, templates.values)


def put(template: Json, path: str, value: Json) -> None:
    """Write another value to one place of a template, or GONE to remove what is there."""
    *way, last = (int(step) if step.isdigit() else step for step in path.split(" "))
    place = template["Resources"]
    for step in way:
        place = place[step]
    if value is GONE:
        del place[last]
    else:
        assert place.get(last, GONE) != value if isinstance(place, dict) else place[last] != value
        place[last] = value
