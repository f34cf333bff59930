"""The time of one invocation of a function."""

from dataclasses import dataclass, field

from chalicelib.jobs.schedule import Timer


@dataclass
class Invocation:
    """An invocation of a function: time passes only while it sleeps and while its steps run."""

    timeout: float = 60.0
    now: float = 1_000.0
    began: float = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.now

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.now += seconds

    def timer(self) -> Timer:
        def remaining() -> int:
            return int((self.began + self.timeout - self.now) * 1000)

        return Timer(remaining, lambda: self.now, self.sleep)
