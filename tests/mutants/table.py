"""Every mutant, by what it harms."""

from tests.mutants import holds, payments_and_jobs, requests, stock

MUTANTS = [*holds.MUTANTS, *stock.MUTANTS, *payments_and_jobs.MUTANTS, *requests.MUTANTS]
