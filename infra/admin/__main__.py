"""The command line of admins: `python -m infra.admin products`, `restock`, `audit` and so on."""

import sys

from infra.admin.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
