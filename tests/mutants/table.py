"""Every mutant, by what it harms."""

from tests.mutants import (
    desk,
    holds,
    identity,
    inputs,
    limits_and_endings,
    payments_and_jobs,
    returns_and_restocks,
    seeing,
    stock,
    waiting_list,
)

MODULES = (
    holds,
    limits_and_endings,
    stock,
    returns_and_restocks,
    waiting_list,
    payments_and_jobs,
    identity,
    inputs,
    seeing,
    desk,
)
BY_MODULE = {module.__name__.rpartition(".")[2]: module.MUTANTS for module in MODULES}
MUTANTS = [mutant for module in MODULES for mutant in module.MUTANTS]
