"""Start a small working project: a script, promptlang.toml and editor settings.

What exists already is left as it is.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from promptlang.cli import OK, UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

SCRIPT = """\
title: The Keeper
aspect: 16:9
audio: on

# Declare people and things once, point at them with @ ever after. The pictures may come later:
# put them beside this file, or name others.
@Keeper = character "keeper-front.jpg" "keeper-side.jpg": a lighthouse keeper, grey plait, oilskins

style: 35mm film, soft grain
lighting: low dawn light

EXT. LIGHTHOUSE - DAWN

SHOT 1 (5s): extreme wide shot, slow push in
  Waves break against the rock below the tower.
  sound: surf, distant gulls

> hard cut

SHOT 2 (5s): medium close-up, static
  @Keeper wipes the lamp glass with a cloth and looks out to sea.
  @Keeper (quietly): "There you are."
"""

CONFIG = """\
# The target of scripts that name none. `promptlang targets` lists all there are.
target = "fal/kling-o3-pro"
"""

EDITORCONFIG = """\
[*.shot]
charset = utf-8
end_of_line = lf
indent_style = space
indent_size = 2
insert_final_newline = true
trim_trailing_whitespace = true
"""

VSCODE = """\
{
  "files.associations": { "*.shot": "shot" },
  "files.encoding": "utf8",
  "files.eol": "\\n",
  "editor.tabSize": 2,
  "editor.wordWrap": "on"
}
"""

FILES = {
    "the_keeper.shot": SCRIPT,
    "promptlang.toml": CONFIG,
    ".editorconfig": EDITORCONFIG,
    ".vscode/settings.json": VSCODE,
}


def configure(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("folder", nargs="?", default=".", metavar="DIR", help="here by default")


def run(args: Namespace) -> int:
    """Write what is not there yet."""
    folder = Path(args.folder)
    for name, text in FILES.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # "x" fails where a file exists, also one that appeared a moment ago.
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
            print(f"wrote {path}", file=sys.stderr)
        except OSError as error:
            if path.is_file():
                print(f"kept {path}", file=sys.stderr)
                continue
            raise UsageError(f'"{path}" cannot be written: {error.strerror or error}') from None
    print(f"promptlang compile {folder / 'the_keeper.shot'}")
    return OK
