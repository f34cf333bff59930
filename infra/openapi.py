"""Write the API's description where the shop generates its types from: `python -m infra.openapi`."""

import json
from pathlib import Path

from app import app
from chalicelib.api import openapi

TARGET = Path(__file__).parent.parent / "frontend" / "openapi.json"


def text() -> str:
    """Return the description as it stands in the file."""
    return json.dumps(openapi.document(app.routes), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text(), encoding="utf-8")
