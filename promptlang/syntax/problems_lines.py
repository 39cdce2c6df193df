"""Mistakes in what a line is and where it stands (PL010 to PL029)."""

from __future__ import annotations

from promptlang.diagnostics import Severity
from promptlang.syntax.pages import problem

UNKNOWN_KEY = problem(
    "unknown-key",
    "PL010",
    Severity.ERROR,
    """A field has a key that does not exist.

A lower-case word with a colon is a field. Were it read as prose, a typing mistake would end up in
the prompt.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
  lightning: low evening sun
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
  lighting: low evening sun
""",
)

LOOKS_LIKE_FIELD = problem(
    "looks-like-field",
    "PL011",
    Severity.HINT,
    """A line of prose looks like a field.

A capital word with a colon that is no key is prose and goes into the prompt as it stands.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
  SFX: wind in the grass
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
  sound: wind in the grass
""",
)

NEAR_HEADING = problem(
    "near-heading",
    "PL012",
    Severity.ERROR,
    """A line is almost a heading.

Read as prose, it would hand its whole shot to the block above.
---
SHOTT 1 (4s): wide shot
  A red kite climbs over the dunes.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
""",
)

NEAR_SCENE = problem(
    "near-scene-heading",
    "PL013",
    Severity.ERROR,
    """A line is almost a scene heading.

Read as prose, the place would be lost.
---
INT GARAGE - NIGHT

SHOT 1 (4s): wide shot
  Tools hang in rows on the wall.
---
INT. GARAGE - NIGHT

SHOT 1 (4s): wide shot
  Tools hang in rows on the wall.
""",
)

NEAR_DECLARATION = problem(
    "near-declaration",
    "PL014",
    Severity.ERROR,
    """A line is almost a declaration.

Read as prose, the thing would not exist and every ref to it would fail.
---
@Kite prop: a red kite

SHOT 1 (4s): wide shot
  It climbs over the dunes.
---
@Kite = prop: a red kite

SHOT 1 (4s): wide shot
  @Kite climbs over the dunes.
""",
)

NEAR_PARAMETER = problem(
    "near-parameter",
    "PL015",
    Severity.ERROR,
    """A line is almost a parameter.

Read as prose, the value would be lost.
---
{place} "dunes"

SHOT 1 (4s): wide shot
  A red kite climbs over the hill.
---
{place} = "dunes"

SHOT 1 (4s): wide shot
  A red kite climbs over the {place}.
""",
)

NEAR_DIALOGUE = problem(
    "near-dialogue",
    "PL016",
    Severity.ERROR,
    """A line is almost dialogue.

Read as prose, nobody would say the words.
---
@Ada = character: a pilot in a leather cap

SHOT 1 (4s): wide shot
  @Ada looks up.
  @Ada (low) "Higher."
---
@Ada = character: a pilot in a leather cap

SHOT 1 (4s): wide shot
  @Ada looks up.
  @Ada (low): "Higher."
""",
)

BARE_TRANSITION = problem(
    "bare-transition",
    "PL017",
    Severity.WARNING,
    """A transition lacks its `>`.

Screenplays write `CUT TO:` alone. Here a transition begins with `>`; without it the words are
prose.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
CUT TO:

SHOT 2 (4s): close-up
  Two hands hold the line.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.

> cut to

SHOT 2 (4s): close-up
  Two hands hold the line.
""",
)

CONTROL_TOKEN = problem(
    "control-token",
    "PL018",
    Severity.ERROR,
    """The text holds a provider's own reference token.

`<<<image_1>>>` means a number in one request of one provider. Declare the thing and write `@Name`:
the compiler counts.
---
SHOT 1 (4s): wide shot
  <<<image_1>>> climbs over the dunes.
---
@Kite = prop: a red kite

SHOT 1 (4s): wide shot
  @Kite climbs over the dunes.
""",
)

FOREIGN_COMMENT = problem(
    "foreign-comment",
    "PL019",
    Severity.WARNING,
    """A comment begins as in another language, or lacks a blank at its `#`.

A comment begins with `#`, and behind a line with a blank on both sides of it. A line that begins
with `//`, `/*`, `[[` or `<!--` is prose and goes into the prompt, where a model may film it; so
does `#promptlang:` behind a word.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
  // ask for more wind
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
  # ask for more wind
""",
)

PROSE_IN_HEADER = problem(
    "prose-in-header",
    "PL020",
    Severity.ERROR,
    """There is prose before the first heading.

The header holds settings and declarations. Prose needs a block it belongs to.
---
A kite film.

SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
---
note: a kite film

SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
""",
)

MISPLACED_FIELD = problem(
    "misplaced-field",
    "PL021",
    Severity.ERROR,
    """A field is in a place where it means nothing.

Each key has its places: `keep` belongs to an EDIT or ANGLE, `camera` to a block.
---
camera: wide shot

SHOT 1 (4s): close-up
  A red kite climbs over the dunes.
---
SHOT 1 (4s): close-up
  A red kite climbs over the dunes.
  camera: push in
""",
)

HEADER_ONLY = problem(
    "header-only",
    "PL022",
    Severity.ERROR,
    """A setting of the whole film is below the header.

It would hold for one shot by its place and for all by its meaning.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
  aspect: 16:9
---
aspect: 16:9

SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
""",
)

AFTER_BLOCK = problem(
    "after-block",
    "PL023",
    Severity.ERROR,
    """A line follows what has ended its block.

A declaration, parameter or transition ends a block. What follows could belong to the block above
or to the one below.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.

> hard cut

  lighting: low evening sun

SHOT 2 (4s): close-up
  Two hands hold the line.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
  lighting: low evening sun

> hard cut

SHOT 2 (4s): close-up
  Two hands hold the line.
""",
)

REPEATED_SETTING = problem(
    "repeated-setting",
    "PL024",
    Severity.ERROR,
    """A setting is given twice.

Only one value can hold. Text fields may be repeated, single values may not.
---
title: Kites
title: Dunes

SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
---
title: Kites

SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
""",
)

CANNOT_ADD = problem(
    "cannot-add",
    "PL025",
    Severity.ERROR,
    """A `+` comes before a field that has nothing to add to.

`+` adds to what a header or scene hands down. Single values and fields of one block are not handed
down.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
  + camera: push in
---
style: 35mm film grain

SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
  + style: faded colours
""",
)

EMPTY_FIELD = problem(
    "empty-field",
    "PL026",
    Severity.WARNING,
    """A field says nothing.

An empty value neither sets nor clears anything. `none` clears what is inherited.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
  lighting:
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
  lighting: low evening sun
""",
)

NOT_QUOTED = problem(
    "not-quoted",
    "PL027",
    Severity.ERROR,
    """Words that are spoken or seen on screen are not in quotes.

The quotes show where the exact words begin and end.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
  super: Day one
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.
  super: "Day one"
""",
)

EMPTY_TRANSITION = problem(
    "empty-transition",
    "PL028",
    Severity.ERROR,
    """A transition says nothing.

A `>` alone names no transition.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.

>

SHOT 2 (4s): close-up
  Two hands hold the line.
---
SHOT 1 (4s): wide shot
  A red kite climbs over the dunes.

> hard cut

SHOT 2 (4s): close-up
  Two hands hold the line.
""",
)
