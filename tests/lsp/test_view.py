"""Addresses: what an editor calls a file, and where that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from promptlang.lsp.view import is_file, path_of, uri_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        pytest.param("file:///film/one.shot", "/film/one.shot", id="a path"),
        pytest.param("file:///film/a%20b%C3%A9.shot", "/film/a bé.shot", id="escapes"),
        pytest.param("file:///c%3A/film/one.shot", "c:/film/one.shot", id="a drive, escaped"),
        pytest.param("file:///C:/film/one.shot", "C:/film/one.shot", id="a drive"),
        pytest.param("file://server/film/one.shot", "//server/film/one.shot", id="another host"),
        pytest.param("untitled:Untitled-1", "untitled:Untitled-1", id="no file"),
    ],
)
def test_where_an_address_leads(uri: str, path: str) -> None:
    assert path_of(uri) == path
    assert is_file(uri) == uri.startswith("file:")


def test_an_address_leads_back(tmp_path: Path) -> None:
    path = tmp_path / "ein Film #1 é%.shot"
    assert path_of(uri_of(str(path))) == str(path.resolve())
