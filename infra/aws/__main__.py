"""The commands of a stage on AWS: `python -m infra.aws deploy --stage dev`."""

import sys

from infra.aws.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
