"""Files that hold secrets: only their owner may read them."""

import os
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Write a file that nobody else can read at any moment; others see either all of it or what was there before."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.rename(path)
