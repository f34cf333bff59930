"""The operator's command line: `python -m infra.operate --help`."""
