"""Asking before something is changed."""

from collections.abc import Callable
from dataclasses import dataclass

from infra.problems import PlatformError


@dataclass(frozen=True, slots=True)
class Asking:
    """Questions on the terminal; `yes` answers them all, as in CI."""

    yes: bool
    read: Callable[[str], str] = input

    def require(self, question: str) -> None:
        """Raise PlatformError unless the answer is yes."""
        if not self.yes and self._answer(f"{question} [y/N] ").lower() not in ("y", "yes"):
            raise PlatformError("Nothing was changed.")

    def require_typed(self, question: str, word: str) -> None:
        """Raise PlatformError unless the word is typed. No option answers this question."""
        if self._answer(f"{question} Type {word} to go on: ") != word:
            raise PlatformError("Nothing was changed.")

    def _answer(self, question: str) -> str:
        try:
            return self.read(question).strip()
        except EOFError as error:
            raise PlatformError("Nothing was changed: nobody could be asked. YES=1 answers yes.") from error
