"""What can be wrong with camera terms, transitions, edits, angles and coverage."""

from __future__ import annotations

from promptlang.diagnostics import Severity
from promptlang.syntax.pages import problem

UNKNOWN_TERM = problem(
    "unknown-camera-term",
    "PL300",
    Severity.WARNING,
    """A camera term is not in the vocabulary.

Behind the colon of a heading and in `camera:` the words of the field are expected, so that each
can be put the way a model knows it. The words pass as they are. Put them in quotes to say that
they are meant.
---
SHOT 1 (5s): medum shot, static camera
  Rain falls on an empty square.
---
SHOT 1 (5s): medium shot, static camera
  Rain falls on an empty square.
""",
)

UNDIRECTED_MOVE = problem(
    "undirected-move",
    "PL301",
    Severity.HINT,
    """A camera move does not say which way it goes.

*Dolly*, *pan*, *tilt*, *crane* and *orbit* are passed on as they are, and the model picks a
direction. Say which.
---
SHOT 1 (5s): wide shot, pan
  Rain falls on an empty square.
---
SHOT 1 (5s): wide shot, pan left
  Rain falls on an empty square.
""",
)

CAMERA_CONFLICT = problem(
    "camera-conflict",
    "PL302",
    Severity.ERROR,
    """Two camera terms of one block exclude each other.

A camera cannot stand still and push in, or look up and down at once. A model asked for both does
one of them, or neither. Terms that follow one another are ordered with *then* or *from … to …*.
---
SHOT 1 (5s): wide shot, static camera, push in
  Rain falls on an empty square.
---
SHOT 1 (5s): wide shot, push in
  Rain falls on an empty square.
""",
)

UNKNOWN_TRANSITION = problem(
    "unknown-transition",
    "PL303",
    Severity.WARNING,
    """A transition is not in the vocabulary.

It passes as it is. Put it in quotes to say that it is meant.
---
SHOT 1 (5s): wide shot, static camera
  Rain falls on an empty square.

> disolv

SHOT 2 (5s): close-up, static camera
  A drop hangs from a lamp.
---
SHOT 1 (5s): wide shot, static camera
  Rain falls on an empty square.

> dissolve

SHOT 2 (5s): close-up, static camera
  A drop hangs from a lamp.
""",
)

TWO_TRANSITIONS = problem(
    "two-transitions",
    "PL304",
    Severity.ERROR,
    """Two transitions lead into one shot.

A shot is entered once. Which of the two is meant cannot be guessed; a fade out at the end of a
scene and a fade in at the start of the next come to one, `> fade through black`.
---
SHOT 1 (5s): wide shot, static camera
  Rain falls on an empty square.

> dissolve
> hard cut

SHOT 2 (5s): close-up, static camera
  A drop hangs from a lamp.
---
SHOT 1 (5s): wide shot, static camera
  Rain falls on an empty square.

> hard cut

SHOT 2 (5s): close-up, static camera
  A drop hangs from a lamp.
""",
)

LOST_TRANSITION = problem(
    "lost-transition",
    "PL305",
    Severity.WARNING,
    """A transition comes before a block that cannot take one.

A transition leads into a SHOT. An EDIT, an ANGLE and a COVERAGE are requests of their own with
nothing before them, so it is left out.
---
@Clip = video "interview.mov"
> dissolve

EDIT @Clip
  change the background to a beach at dusk, in the light of the last sun
---
@Clip = video "interview.mov"
EDIT @Clip
  change the background to a beach at dusk, in the light of the last sun
""",
)

TRANSITION_AMONG_TERMS = problem(
    "transition-among-terms",
    "PL307",
    Severity.WARNING,
    """A transition is among the camera terms of a heading.

How one gets into a shot is no property of the shot: a planner has to know it, for it breaks a
film rather at a cut than inside a dissolve. It has a line of its own, which begins with `>`. The
fix moves it.
---
SHOT 1 (5s): wide shot, static camera
  Rain falls on an empty square.

SHOT 2 (5s): dissolve, close-up, static camera
  A drop hangs from a lamp.
---
SHOT 1 (5s): wide shot, static camera
  Rain falls on an empty square.

> dissolve

SHOT 2 (5s): close-up, static camera
  A drop hangs from a lamp.
""",
)

CAMERA_AFTER_TRANSITION = problem(
    "camera-after-transition",
    "PL306",
    Severity.WARNING,
    """A camera phrase comes after a transition.

What the camera does belongs to the shot, behind the colon of its heading; in a transition it is
left out. The fix moves it.
---
> dissolve, wide shot

SHOT 1 (5s): static camera
  Rain falls on an empty square.
---
> dissolve

SHOT 1 (5s): wide shot, static camera
  Rain falls on an empty square.
""",
)

REPEATED_TERM = problem(
    "repeated-camera-term",
    "PL308",
    Severity.HINT,
    """A block asks for the same camera term twice.

Two spellings of one term, such as `slowmo` and `120fps`, become the same words in the prompt. Said
twice they ask for nothing more and take room.
---
SHOT 1 (5s): wide shot, slowmo, 120fps
  Rain falls on an empty square.
---
SHOT 1 (5s): wide shot, slow motion
  Rain falls on an empty square.
""",
)

EDIT_WITHOUT_CHANGE = problem(
    "edit-without-change",
    "PL400",
    Severity.ERROR,
    """An EDIT has nothing to do.

An EDIT is asked for with one line that says what changes, or with a `motion` line alone.
---
@Clip = video "interview.mov"
EDIT @Clip
---
@Clip = video "interview.mov"
EDIT @Clip
  change the background to a beach at dusk, in the light of the last sun
""",
)

CHANGE_WITHOUT_VERB = problem(
    "change-without-verb",
    "PL401",
    Severity.WARNING,
    """The first line of an EDIT does not begin with an edit verb.

An edit is a request: *change*, *replace*, *add*, *remove*. A bare description tells a model what
there is, not what to do. The line passes as it is.
---
@Clip = video "interview.mov"
EDIT @Clip
  a beach at dusk behind the presenter
---
@Clip = video "interview.mov"
EDIT @Clip
  change the background to a beach at dusk, in the light of the last sun
""",
)

SEVERAL_CHANGES = problem(
    "several-changes",
    "PL402",
    Severity.WARNING,
    """One EDIT asks for several changes, in lines of their own or joined by *and* or *then*.

Models make one change well; of several, one is often forgotten or bleeds into another. Make a
chain: the output of one EDIT is the source of the next. The fix writes it.
---
@Clip = video "interview.mov"
EDIT @Clip
  change the background to a beach at dusk, in the light of the last sun
  replace the chair with a deck chair
---
@Clip = video "interview.mov"
EDIT @Clip AS @beach
  change the background to a beach at dusk, in the light of the last sun

EDIT @beach
  replace the chair with a deck chair
""",
)

PROTECTION_LOST = problem(
    "protection-lost",
    "PL403",
    Severity.WARNING,
    """An EDIT keeps some things and leaves the rest open.

Without a `keep` line a request begins *Keep everything else unchanged*. A `keep` line replaces
that: what it does not name may change. Name *everything else* too, unless that is meant.
---
@Clip = video "interview.mov"
EDIT @Clip
  keep: the lighting
  change the background to a beach at dusk, seen from the same viewpoint
---
@Clip = video "interview.mov"
EDIT @Clip
  keep: the lighting, everything else
  change the background to a beach at dusk, seen from the same viewpoint
""",
)

KEEP_NONE = problem(
    "keep-none",
    "PL404",
    Severity.WARNING,
    """An EDIT keeps nothing.

`keep: none` takes away the sentence that protects the rest of the picture, so faces, clothing and
camera may all change.
---
@Clip = video "interview.mov"
EDIT @Clip
  keep: none
  change the background to a beach at dusk, in the light of the last sun
---
@Clip = video "interview.mov"
EDIT @Clip
  change the background to a beach at dusk, in the light of the last sun
""",
)

EDIT_IN_SHOT = problem(
    "edit-in-shot",
    "PL405",
    Severity.WARNING,
    """The prose of a SHOT reads as an edit.

A SHOT makes a new picture, so there is nothing to change or to keep. An EDIT works on a video
that exists and protects the rest of it.
---
@Clip = video "interview.mov"
SHOT 1 (5s): medium shot, static camera
  Change the background of @Clip to a beach at dusk.
---
@Clip = video "interview.mov"
EDIT @Clip
  change the background to a beach at dusk, in the light of the last sun
""",
)

ANGLE_WITHOUT_KEEP = problem(
    "angle-without-keep",
    "PL406",
    Severity.HINT,
    """An ANGLE does not say what stays.

A new angle is made from existing footage and should match it. Naming the lighting, the camera
style or the grade of the source holds them.
---
@Clip = video "interview.mov"
ANGLE ON @Clip (5s): reverse angle
---
@Clip = video "interview.mov"
ANGLE ON @Clip (5s): reverse angle
  keep: lighting, camera style
""",
)

COVERAGE_WITHOUT_SUBJECT = problem(
    "coverage-without-subject",
    "PL407",
    Severity.ERROR,
    """A COVERAGE has neither a picture nor a line of prose.

The model chooses the shots; what they show has to come from somewhere.
---
COVERAGE
---
@Chair = image "chair.png"
COVERAGE OF @Chair
""",
)

SHARED_OUTPUT = problem(
    "shared-output",
    "PL408",
    Severity.ERROR,
    """One name is given to the outputs of several sources.

An EDIT of several sources makes one request each, so there are several outputs. Write one EDIT a
source to name them.
---
@One = video "one.mov"
@Two = video "two.mov"
EDIT @One, @Two AS @beach
  change the background to a beach at dusk, in the light of the last sun
---
@One = video "one.mov"
@Two = video "two.mov"
EDIT @One AS @beach1
  change the background to a beach at dusk, in the light of the last sun

EDIT @Two AS @beach2
  change the background to a beach at dusk, in the light of the last sun
""",
)

EMPTY_SHOT = problem(
    "empty-shot",
    "PL409",
    Severity.ERROR,
    """A SHOT says nothing.

It has no terms, no prose, no frame and inherits nothing, so its prompt would be empty, which
interfaces refuse.
---
SHOT 1 (5s)
---
SHOT 1 (5s): wide shot, static camera
  Rain falls on an empty square.
""",
)

LENGTH_CONTRADICTED = problem(
    "length-contradicted",
    "PL450",
    Severity.WARNING,
    """An EDIT states another length than its source has.

The length of an EDIT is that of its source, for checks only: the stretch behind the file is what
is sent, and the result is as long as that.
---
@Interview = video "interview.mov" 0:04-0:12
EDIT @Interview (12s)
  change the background to a beach at dusk, in the light of the last sun
---
@Interview = video "interview.mov" 0:04-0:12
EDIT @Interview (8s)
  change the background to a beach at dusk, in the light of the last sun
""",
)
