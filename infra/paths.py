"""Where things lie in a checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FRONTEND = ROOT / "frontend"
LIGHTHOUSE = ROOT / "tests" / "lighthouse"
"""Its packages are installed only when it is used."""
LOCAL = ROOT / ".local"
"""Everything the local platform makes; git ignores it and `make reset` removes what is data in it."""
