"""Every request the server offers is named in README, and a test sends it to a real one."""

from __future__ import annotations

from promptlang.lsp.features import FEATURES, RESOLVERS, WORKSPACE, function
from tests.lsp.exercised import LABELS, methods


def test_every_request_is_tried() -> None:
    offered = {*FEATURES, *RESOLVERS, *WORKSPACE}
    assert offered - LABELS.keys() == set()
    assert LABELS.keys() - methods().keys() == set()


def test_every_request_has_its_function() -> None:
    for name in (*FEATURES.values(), *RESOLVERS.values(), *WORKSPACE.values()):
        assert callable(function(name))
