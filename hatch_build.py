"""Writes what takes long to compute before the package is built."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Writes tables beside the code that reads them, see `promptlang.tables`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the tables; a source distribution carries their sources instead."""
        if self.target_name != "wheel":
            return
        sys.path.insert(0, self.root)
        from promptlang.emit import templates
        from promptlang.providers import written
        from promptlang.syntax import grammar
        from promptlang.vocabulary import build

        for path in (grammar.write(), build.write(), templates.write(), written.write()):
            build_data["artifacts"].append(Path(path).relative_to(self.root).as_posix())
