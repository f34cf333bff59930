"""The copy of the application that is deployed."""

from pathlib import Path

import pytest

from infra import staging
from infra.problems import PlatformError


def test_a_syntax_error_is_named_by_file_and_line_and_nothing_is_deployed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source"
    (source / "chalicelib").mkdir(parents=True)
    (source / "app.py").write_text("app = 1\n")
    (source / "chalicelib" / "edited.py").write_text("one = 1\ntwo = = 2\n")
    monkeypatch.setattr(staging, "ROOT", source)
    with pytest.raises(PlatformError, match=r"^Nothing was deployed: chalicelib/edited.py, line 2: invalid syntax\.$"):
        staging.copy(tmp_path / "staged", tmp_path)
