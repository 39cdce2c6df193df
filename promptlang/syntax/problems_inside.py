"""Mistakes inside of headings, dialogue and declarations (PL030 on, PL100 on)."""

from __future__ import annotations

from promptlang.diagnostics import Severity
from promptlang.syntax.pages import problem

NO_COLON = problem(
    "no-colon",
    "PL030",
    Severity.ERROR,
    """A heading lacks the colon before its terms.

The colon divides what the crew needs from what the camera does.
---
SHOT 1 (4s) wide shot
  A red kite climbs over the dunes.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
""",
)

LABEL_LIKE_DURATION = problem(
    "label-like-duration",
    "PL031",
    Severity.ERROR,
    """A label reads like a duration.

`SHOT 4s` would be a shot called 4s. A duration stands in brackets.
---
SHOT 4s: wide shot
  A red kite climbs over the dunes.
---
SHOT (4s): wide shot
  A red kite climbs over the dunes.
""",
)

NOT_A_DURATION = problem(
    "not-a-duration",
    "PL032",
    Severity.ERROR,
    """The brackets of a heading hold no duration.

Brackets are for the length: a number above zero with its unit, such as `(4s)`, or `(0:04)`.
---
SHOT 1 (4): wide shot
  A red kite climbs over the dunes.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
""",
)

BAD_HEADING = problem(
    "bad-heading",
    "PL033",
    Severity.ERROR,
    """A heading cannot be read.

What begins like a heading is one. A part is missing, doubled or not closed.
---
SHOT 1 (4s) (5s): wide shot
  A red kite climbs over the dunes.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
""",
)

BAD_SCENE = problem(
    "bad-scene-heading",
    "PL034",
    Severity.ERROR,
    """A scene heading names no place.

The place opens the environment of its shots.
---
INT.

SHOT 1 (4s): wide shot
  Tools hang in rows on the wall.
---
INT. GARAGE - NIGHT

SHOT 1 (4s): wide shot
  Tools hang in rows on the wall.
""",
)

BAD_DIALOGUE = problem(
    "bad-dialogue",
    "PL040",
    Severity.ERROR,
    """Dialogue is not exactly one quoted string.

The quotes show which words are spoken; everything else belongs in the manner or in prose.
---
@Ada = character: a pilot in a leather cap

SHOT 1 (4s): wide shot
  @Ada looks up.
  @Ada: Higher.
---
@Ada = character: a pilot in a leather cap

SHOT 1 (4s): wide shot
  @Ada looks up.
  @Ada: "Higher."
""",
)

UNKNOWN_KIND = problem(
    "unknown-kind",
    "PL100",
    Severity.ERROR,
    """A declaration has a kind that does not exist.

The kind decides how a picture is used and what role it has in the prompt.
---
@Kite = thing: a red kite

SHOT 1 (4s): wide shot
  It climbs over the dunes.
---
@Kite = prop: a red kite

SHOT 1 (4s): wide shot
  @Kite climbs over the dunes.
""",
)

BAD_NAME = problem(
    "bad-name",
    "PL101",
    Severity.ERROR,
    """A name holds what a name cannot.

A name is letters, digits and `_` with at least one letter: `@Red_Kite`, not `@Red-Kite`.
---
@Red-Kite = prop: a red kite

SHOT 1 (4s): wide shot
  It climbs over the dunes.
---
@Red_Kite = prop: a red kite

SHOT 1 (4s): wide shot
  @Red_Kite climbs over the dunes.
""",
)

BAD_DECLARATION = problem(
    "bad-declaration",
    "PL102",
    Severity.ERROR,
    """A declaration cannot be read.

Behind the kind come files in quotes, perhaps a voice, and a description behind a colon.
---
@Kite = prop a red kite

SHOT 1 (4s): wide shot
  It climbs over the dunes.
---
@Kite = prop: a red kite

SHOT 1 (4s): wide shot
  @Kite climbs over the dunes.
""",
)

BAD_PARAMETER = problem(
    "bad-parameter",
    "PL103",
    Severity.ERROR,
    """The default of a parameter is not one quoted string.

The quotes show where the value begins and ends. Nothing behind the `=` makes the parameter
required.
---
{place} = dunes

SHOT 1 (4s): wide shot
  A red kite climbs over the hill.
---
{place} = "dunes"

SHOT 1 (4s): wide shot
  A red kite climbs over the {place}.
""",
)

BAD_STRETCH = problem(
    "bad-stretch",
    "PL104",
    Severity.ERROR,
    """The stretch of a file is no stretch of time.

Write the in and the out point, the later one last: `"interview.mov" 0:00-0:10`.
---
@Talk = video "talk.mp4" 0:10-0:05

SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
""",
)
