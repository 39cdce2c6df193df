"""Mistakes in the characters and the size of a script (PL001 to PL009)."""

from __future__ import annotations

from promptlang.diagnostics import Severity
from promptlang.syntax.pages import problem

INVALID_BYTES = problem(
    "invalid-bytes",
    "PL001",
    Severity.ERROR,
    """A byte is no UTF-8.

Scripts are UTF-8 text. A byte that is none stands for a letter nobody can know any more, so the
line is left out.
---
SHOT 1 (4s): wide shot
  The caf<U+DCE9> opens its shutters.
---
SHOT 1 (4s): wide shot
  The café opens its shutters.
""",
)

NULL_CHARACTER = problem(
    "null-character",
    "PL002",
    Severity.ERROR,
    """A line holds a NUL character.

It comes from broken copying or a file that is no text, and most programs cut the text there.
---
SHOT 1 (4s): wide shot
  A red kite<U+0000> climbs over the dunes.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
""",
)

LONE_SURROGATE = problem(
    "lone-surrogate",
    "PL003",
    Severity.ERROR,
    """A line holds half a character.

A lone surrogate is half of a character of UTF-16. It cannot be written to a file or sent to an
interface.
---
SHOT 1 (4s): wide shot
  A red kite <U+D83E> climbs over the dunes.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
""",
)

BIDI_CONTROL = problem(
    "bidi-control",
    "PL004",
    Severity.ERROR,
    """An invisible character changes the direction of the text.

Such controls make a line look different from what it says. They are fine between quotes, where
each one that opens is closed again.
---
SHOT 1 (4s): wide shot
  A red <U+202E>kite climbs over the dunes.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
""",
)

ZERO_WIDTH_IN_NAME = problem(
    "zero-width-in-name",
    "PL005",
    Severity.ERROR,
    """A name holds a character nobody can see.

Two names that look alike would be two things.
---
@Ki<U+200B>te = prop: a red kite

SHOT 1 (4s): wide shot
  It climbs over the dunes.
---
@Kite = prop: a red kite

SHOT 1 (4s): wide shot
  @Kite climbs over the dunes.
""",
)

FILE_TOO_LARGE = problem(
    "file-too-large",
    "PL006",
    Severity.ERROR,
    """The script is longer than 4 MiB.

That is some twenty thousand shots. Such a file is almost always not a script; it is not read.
---
# <a*4194304>
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
""",
)

LINE_TOO_LONG = problem(
    "line-too-long",
    "PL007",
    Severity.ERROR,
    """A line is longer than 64 KiB.

No prompt takes that much; the line is left out.
---
# <a*65536>
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
""",
)

TOO_MANY_BLOCKS = problem(
    "too-many-blocks",
    "PL008",
    Severity.ERROR,
    """The script has more than 20,000 headings.

What follows is not read. Split the film into files.
---
<SHOT 1 (4s): wide shot
*20001>
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
""",
)

TOO_MANY_DIAGNOSTICS = problem(
    "too-many-diagnostics",
    "PL009",
    Severity.INFO,
    """There is more to report than anybody reads.

After 1,000 reports on one file the rest is only counted. The usual cause is one thing at the top
of the file.
---
<lightning: low sun
*1001>
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
""",
)
