"""What can be wrong with names, parameters, included files and settings."""

from __future__ import annotations

from promptlang.diagnostics import Problem, Severity
from promptlang.syntax.pages import problem

INCLUDE_NOT_FOUND = Problem(
    "include-not-found",
    "PL070",
    Severity.ERROR,
    """An included file does not exist or cannot be read.

The path of an `include` starts from the folder of the file that holds it, and is written with `/`
on every system. Only ordinary files of at most 4 MiB are read.

Look at the spelling of the path, and at where the file is: `include: cast/team.shot` in
`films/one.shot` reads `films/cast/team.shot`.
""",
)

INCLUDE_OUTSIDE = problem(
    "include-outside",
    "PL071",
    Severity.ERROR,
    """An included file is outside the project folder.

A script must not reach into the rest of a computer: it may come from a stranger, and it may be
compiled on a server. Allowed are relative paths that stay inside the project folder; absolute
paths, drives, addresses, and links or `..` that lead out are refused.
---
include: /etc/cast.shot
SHOT 1 (5s): wide shot, static camera
  Rain falls on an empty square.
---
@Square = place: an empty square in the rain
SHOT 1 (5s): wide shot, static camera
  Rain falls on @Square.
""",
)

INCLUDE_CYCLE = Problem(
    "include-cycle",
    "PL072",
    Severity.ERROR,
    """A file includes itself, perhaps through others.

What a file declares would then depend on itself. The message shows the chain.

Move what both files need into a third one and include that from both: each file is read once,
however often it is included.
""",
)

INCLUDE_TOO_DEEP = Problem(
    "include-too-deep",
    "PL073",
    Severity.ERROR,
    """More than 32 files include one another in a row.

So long a chain is nearly always an accident, and the limit keeps a hostile script from costing
a server its memory.

Include the files one beside the other instead of one from the other.
""",
)

INCLUDED_BLOCK = Problem(
    "included-block",
    "PL075",
    Severity.ERROR,
    """An included file holds a block.

An included file gives declarations, parameters, settings and header fields: things that hold for
a film. Shots belong to one film, in its order, and are written there.

Move the block to the script that includes the file.
""",
)

INCLUDE_WITHOUT_FILE = problem(
    "include-without-file",
    "PL076",
    Severity.ERROR,
    """A text without a file of its own includes a file.

The path of an `include` starts from the folder of the script, and a text that was typed or
generated has none. Compile the script from a file, or name the folder.
---
include: cast.shot
SHOT 1 (5s): wide shot, static camera
  Rain falls on an empty square.
---
@Square = place: an empty square in the rain
SHOT 1 (5s): wide shot, static camera
  Rain falls on @Square.
""",
)

BAD_VALUE = problem(
    "bad-value",
    "PL080",
    Severity.ERROR,
    """A setting has a value it cannot have.

Settings go to an interface as numbers, switches and words of a fixed form; anything else would be
refused there, after the wait. The message says what is allowed.
---
audio: loud
SHOT 1 (5s): wide shot, static camera
  Rain falls on an empty square.
---
audio: on
SHOT 1 (5s): wide shot, static camera
  Rain falls on an empty square.
""",
)

NOTHING_TO_CLEAR = problem(
    "nothing-to-clear",
    "PL082",
    Severity.WARNING,
    """A field is switched off that nothing switched on.

`none` clears what the header or the scene hands down. Where nothing is handed down it does
nothing, and whoever wrote it probably wanted something else: silence, for one, has to be asked
for in words.
---
SHOT 1 (5s): wide shot, static camera
  Rain falls on an empty square.
  music: none
---
SHOT 1 (5s): wide shot, static camera
  Rain falls on an empty square.
  music: no music
""",
)

FIELD_TOO_DEEP = problem(
    "field-too-deep",
    "PL083",
    Severity.ERROR,
    """The value of a provider's field is nested more than 32 levels deep.

No interface takes such a value, and reading it would cost more than it is worth.
---
SHOT 1 (5s): wide shot, static camera
  Rain falls on an empty square.
  fal.tags: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
---
SHOT 1 (5s): wide shot, static camera
  Rain falls on an empty square.
  fal.tags: ["rain", "square"]
""",
)

UNKNOWN_NAME = problem(
    "unknown-name",
    "PL120",
    Severity.ERROR,
    """A ref points at a name that is not declared.

`@Name` becomes a picture, an element or a description in the request; without a declaration there
is nothing it could become. It is reported once, at its first use. A plain @ is written `\\@`.
---
@Driver = character: a rally driver with cropped dark hair
SHOT 1 (5s): medium shot, static camera
  @Drvier lowers the visor.
---
@Driver = character: a rally driver with cropped dark hair
SHOT 1 (5s): medium shot, static camera
  @Driver lowers the visor.
""",
)

NAME_TWICE = problem(
    "name-twice",
    "PL121",
    Severity.ERROR,
    """Two things have one name.

Names of declarations and of outputs (`AS @name`) share one space, across included files, and are
compared without case. Two people under one name end up with one face.
---
@Guest = character: a tall man with a grey beard
@guest = character: a young woman in a red coat
SHOT 1 (5s): medium shot, static camera
  @Guest sits down.
---
@Guest = character: a tall man with a grey beard
@Visitor = character: a young woman in a red coat
SHOT 1 (5s): medium shot, static camera
  @Guest sits down beside @Visitor.
""",
)

UNDECLARED_ATTACHMENT = problem(
    "undeclared-attachment",
    "PL122",
    Severity.HINT,
    """A numbered attachment is used without a declaration.

`@Video1`, `@Image1`, `@Element1` and `@Audio1` may be used undeclared, so that pasted prompts
work. Their files are then supplied by hand, and nothing about them can be checked.
---
EDIT @Video1
  change the background to a beach at dusk, in the light of the last sun
---
@Video1 = video "interview.mov"
EDIT @Video1
  change the background to a beach at dusk, in the light of the last sun
""",
)

UNKNOWN_PARAMETER = problem(
    "unknown-parameter",
    "PL123",
    Severity.ERROR,
    """A parameter is used that is not declared.

`{name}` is replaced by a value; without a declaration nobody knows that one is wanted. It is
reported once, at its first use. A brace that is meant as such is written `\\{`.
---
{city} = "Monza"
SHOT 1 (5s): wide shot, static camera
  Fog lies over {citty}.
---
{city} = "Monza"
SHOT 1 (5s): wide shot, static camera
  Fog lies over {city}.
""",
)

PARAMETER_WITHOUT_VALUE = problem(
    "parameter-without-value",
    "PL124",
    Severity.ERROR,
    """A required parameter has no value.

A parameter without a default must be given a value each time the script is compiled: with
`--set name=value`, with a row of `--data`, or with `values` from a program.
---
{city} =
SHOT 1 (5s): wide shot, static camera
  Fog lies over {city}.
---
{city} = "Monza"
SHOT 1 (5s): wide shot, static camera
  Fog lies over {city}.
""",
)

PARAMETER_TWICE = problem(
    "parameter-twice",
    "PL125",
    Severity.ERROR,
    """A parameter is declared twice in one file.

Only one default can hold. (A parameter of an included file may be declared again: the including
file's declaration holds.)
---
{city} = "Monza"
{city} = "Paris"
SHOT 1 (5s): wide shot, static camera
  Fog lies over {city}.
---
{city} = "Monza"
{river} = "Lambro"
SHOT 1 (5s): wide shot, static camera
  Fog lies over the {river} in {city}.
""",
)

VALUE_WITHOUT_PARAMETER = Problem(
    "value-without-parameter",
    "PL126",
    Severity.WARNING,
    """A value is given for a parameter the script does not have.

The value goes nowhere, so what it was meant to say is missing from the result. Often the name is
misspelt, in the script or where the value comes from.
""",
)

ASSET_WITHOUT_NAME = Problem(
    "asset-without-name",
    "PL127",
    Severity.ERROR,
    """A file is given for a name the script does not have.

The file would be used nowhere. Often the name is misspelt: `--asset Driver=…` belongs to
`@Driver = …` in the script.
""",
)

LABEL_TWICE = problem(
    "label-twice",
    "PL128",
    Severity.ERROR,
    """Two blocks have one label.

Results, files and messages name a block by its label. Labels are compared without case.
---
SHOT 3A (5s): wide shot, static camera
  Rain falls on an empty square.

SHOT 3a (5s): close-up, static camera
  A drop hangs from a lamp.
---
SHOT 3A (5s): wide shot, static camera
  Rain falls on an empty square.

SHOT 3B (5s): close-up, static camera
  A drop hangs from a lamp.
""",
)

WRONG_KIND = problem(
    "wrong-kind",
    "PL129",
    Severity.ERROR,
    """A name is used where a thing of its kind cannot be.

An EDIT works on a video, a frame comes from a picture, somebody who speaks has a voice. The
message says what is allowed at this place.
---
@Chair = image "chair.png"
EDIT @Chair
  change the colour of the seat to dark green
---
@Clip = video "chair.mp4"
EDIT @Clip
  change the colour of the seat to dark green
""",
)

OUTPUT_TOO_EARLY = problem(
    "output-too-early",
    "PL130",
    Severity.ERROR,
    """An output is used before it is made.

Blocks are made in the order they are written; what `AS @name` names exists from there on.
---
@Clip = video "interview.mov"
EDIT @seaside
  change the light to a low evening sun from the left

EDIT @Clip AS @seaside
  change the background to a beach at dusk, in the light of the last sun
---
@Clip = video "interview.mov"
EDIT @Clip AS @seaside
  change the background to a beach at dusk, in the light of the last sun

EDIT @seaside
  change the light to a low evening sun from the left
""",
)

OUTPUT_CYCLE = problem(
    "output-cycle",
    "PL131",
    Severity.ERROR,
    """An output is needed to make itself.

No order of work could make such a film. Begin with something that exists already.
---
EDIT @seaside AS @seaside
  change the background to a beach at dusk, in the light of the last sun
---
@Clip = video "interview.mov"
EDIT @Clip AS @seaside
  change the background to a beach at dusk, in the light of the last sun
""",
)

UNFIT_FILE = problem(
    "unfit-file",
    "PL134",
    Severity.ERROR,
    """A file is not what the kind of its name is made of.

An element is made of pictures (the first is the frontal one) or of one video; an element that a
provider keeps may stand alone or beside them, for the targets of others. An image is a picture, a
video one video, of which a stretch of time may be taken. A second file of an image, a video or a
sound would go unused, which is a warning.
---
@Car = vehicle "car-front.png" "car-lap.mp4": a red race car
SHOT 1 (5s): wide shot, static camera
  @Car waits at the line.
---
@Car = vehicle "car-front.png" "car-side.png": a red race car
SHOT 1 (5s): wide shot, static camera
  @Car waits at the line.
""",
)

BAD_FRAME = problem(
    "bad-frame",
    "PL132",
    Severity.ERROR,
    """A `start` or `end` line does not name a frame.

The first or last frame is a declared picture, or a frame of a video: `end of @name` or
`start of @name`.
---
SHOT 1 (5s): wide shot, static camera
  start: the square at dawn
  Rain falls on an empty square.
---
@Dawn = image "dawn.png"
SHOT 1 (5s): wide shot, static camera
  start: @Dawn
  Rain falls on an empty square.
""",
)

BAD_REFERENCE = problem(
    "bad-reference",
    "PL133",
    Severity.ERROR,
    """A `using` or `motion` line does not name what it takes.

`using` is a list of refs, each with a role if one is wanted: `using: @Model for the face`.
`motion` is one video. Files and descriptions stand in declarations.
---
@Model = image "model.png"
SHOT 1 (5s): medium shot, static camera
  A dancer turns slowly in an empty hall.
  using: the face of @Model
---
@Model = image "model.png"
SHOT 1 (5s): medium shot, static camera
  A dancer turns slowly in an empty hall.
  using: @Model for the face
""",
)
