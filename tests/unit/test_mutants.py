"""The texts that mutants and planted bugs replace are in the files they name."""

import pytest

from infra.paths import ROOT
from tests.mutants import Mutant, mutated
from tests.mutants.table import MUTANTS
from tests.rehearse.planted import PLANTED


@pytest.mark.parametrize("mutant", [*MUTANTS, *PLANTED], ids=lambda mutant: mutant.name)
def test_a_mutant_changes_its_file(mutant: Mutant) -> None:
    text = (ROOT / mutant.file).read_text("utf-8")
    assert mutated(text, mutant) != text
