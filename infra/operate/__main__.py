"""The operator's command line: `python -m infra.operate products`, `restock`, `audit` and so on."""

import sys

from infra.operate.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
