"""The shop's counter from behind: `python -m infra.admin --help`."""
