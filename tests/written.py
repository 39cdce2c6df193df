"""Tables as a build writes them: tests load what was just written instead of what is in use."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def loaded(write: Callable[[Path], Path], folder: Path) -> Any:
    """Write a table into a folder and return it as a module."""
    path = write(folder)
    spec = importlib.util.spec_from_file_location(f"written_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
