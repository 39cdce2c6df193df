"""Problems of what a request contains: PL2xx from 220, since planning finds them."""

from __future__ import annotations

from promptlang.diagnostics import Problem, Severity

BLOCK_UNSUPPORTED = Problem(
    "block-unsupported",
    "PL220",
    Severity.ERROR,
    """The target makes no such block at all.

Other blocks of the script still compile. The hint names who makes this kind; a `target:` line
below the heading sends this one block there.

**Example**

```shot
target: fal/kling-v3-pro

@Interview = video "interview.mov" 0:00-0:10

EDIT @Interview
  change the wall behind him to a bookshelf in soft daylight
```

**Use instead**

```shot
target: fal/kling-o3-pro

@Interview = video "interview.mov" 0:00-0:10

EDIT @Interview
  change the wall behind him to a bookshelf in soft daylight
```
""",
)

INPUT_MISSING = Problem(
    "input-missing",
    "PL221",
    Severity.ERROR,
    """The target needs something the block does not give: a picture, a first frame, words.

**Example**

```shot
target: fal/kling-o1

SHOT 1 (5s): wide shot, static
  Fog drifts over an empty harbour.
```

**Use instead**

```shot
target: fal/kling-o1

@Harbour = image "harbour.jpg"

SHOT 1 (5s): wide shot, static
  Fog drifts over the empty harbour in @Harbour.
```
""",
)

NOT_TOGETHER = Problem(
    "not-together",
    "PL222",
    Severity.ERROR,
    """The interface refuses two things of a block in one request.

**Example**

```shot
target: fal/kling-o1

@Closed = image "closed.png"
@Open   = image "open.png"
@Lamp   = image "lamp.png"

SHOT 1 (5s): close-up, static
  start: @Closed
  end: @Open
  The box opens beside the lamp in @Lamp.
```

**Use instead**

```shot
target: fal/kling-o1

@Closed = image "closed.png"
@Open   = image "open.png"

SHOT 1 (5s): close-up, static
  start: @Closed
  end: @Open
  The box opens beside a lamp.
```
""",
)

NEEDS_ALSO = Problem(
    "needs-also",
    "PL223",
    Severity.ERROR,
    """The interface takes one thing only with another: a last frame with a first one.

**Example**

```shot
target: fal/kling-o3-pro

@Open = image "open.png"

SHOT 1 (5s): close-up, static
  end: @Open
  The box opens.
```

**Use instead**

```shot
target: fal/kling-o3-pro

@Closed = image "closed.png"
@Open   = image "open.png"

SHOT 1 (5s): close-up, static
  start: @Closed
  end: @Open
  The box opens.
```
""",
)

TOO_MANY_REFERENCES = Problem(
    "too-many-references",
    "PL224",
    Severity.ERROR,
    """A block has more references than the target takes in one request.

Shots are kept apart so that each generation stays within the limit; this one has too many alone.

**Example**

```shot
target: chatvideopro/kling-multi-cam

@Panel = video "panel.mov" 0:00-0:10
@Ann   = character "ann-1.jpg" "ann-2.jpg": a chemist in a green jacket
@Ben   = character "ben-1.jpg" "ben-2.jpg": a farmer in a checked shirt
@Cem   = character "cem-1.jpg" "cem-2.jpg": a teacher with round glasses
@Dora  = character "dora-1.jpg" "dora-2.jpg": a pilot in uniform
@Eve   = character "eve-1.jpg" "eve-2.jpg": a nurse in white

ANGLE ON @Panel (5s): wide shot
  showing @Ann, @Ben, @Cem, @Dora and @Eve at the table
  keep: lighting
```

**Use instead**

```shot
target: chatvideopro/kling-multi-cam

@Panel = video "panel.mov" 0:00-0:10
@Ann   = character "ann-1.jpg" "ann-2.jpg": a chemist in a green jacket
@Ben   = character "ben-1.jpg" "ben-2.jpg": a farmer in a checked shirt

ANGLE ON @Panel (5s): wide shot
  showing @Ann and @Ben at the table
  keep: lighting
```
""",
)

TOO_MANY_PICTURES = Problem(
    "element-picture-count",
    "PL225",
    Severity.ERROR,
    """An element has more or fewer pictures than the target takes.

The first picture is the frontal one; the others show other sides of the same thing.

**Example**

```shot
target: fal/kling-o3-pro

@Car = vehicle "1.png" "2.png" "3.png" "4.png" "5.png": a red coupé

SHOT 1 (5s): wide shot, static
  @Car stands in the rain.
```

**Use instead**

```shot
target: fal/kling-o3-pro

@Car = vehicle "1.png" "2.png" "3.png" "4.png": a red coupé

SHOT 1 (5s): wide shot, static
  @Car stands in the rain.
```
""",
)

SETTING_NOT_ALLOWED = Problem(
    "setting-not-allowed",
    "PL226",
    Severity.ERROR,
    """A setting has a value the target does not take.

**Example**

```shot
target: fal/kling-o3-pro
aspect: 21:9

SHOT 1 (5s): wide shot, static
  Fog drifts over an empty harbour.
```

**Use instead**

```shot
target: fal/kling-o3-pro
aspect: 16:9

SHOT 1 (5s): wide shot, static
  Fog drifts over an empty harbour.
```
""",
)

ATTACHMENT_RENUMBERED = Problem(
    "attachment-renumbered",
    "PL227",
    Severity.INFO,
    """An attachment gets another number than its name says.

References are numbered by first mention in each request, and an interface knows only those of
that request. `@Image2` mentioned first is the first picture.

**Example**

```shot
target: fal/kling-o3-pro

SHOT 1 (5s): wide shot, static
  Fog drifts over the harbour in @Image2.
```

**Use instead**

```shot
target: fal/kling-o3-pro

@Harbour = image "harbour.png"

SHOT 1 (5s): wide shot, static
  Fog drifts over the harbour in @Harbour.
```
""",
)

NAME_BEGINS_ANOTHER = Problem(
    "name-begins-another",
    "PL228",
    Severity.WARNING,
    """Two names are used in one request, and one is how the other begins.

Some systems look a reference up by its name in the prompt and may find the shorter one first.

**Example**

```shot
target: chatvideopro/kling-multi-cam

@Talk  = video "talk.mov" 0:00-0:10
@Anna  = character "anna-1.jpg" "anna-2.jpg": a chemist in a green jacket
@AnnaB = character "ben-1.jpg" "ben-2.jpg": a farmer in a checked shirt

ANGLE ON @Talk (5s): reverse angle
  showing @Anna and @AnnaB at the table
  keep: lighting
```

**Use instead**

```shot
target: chatvideopro/kling-multi-cam

@Talk   = video "talk.mov" 0:00-0:10
@Anna   = character "anna-1.jpg" "anna-2.jpg": a chemist in a green jacket
@Bertha = character "ben-1.jpg" "ben-2.jpg": a farmer in a checked shirt

ANGLE ON @Talk (5s): reverse angle
  showing @Anna and @Bertha at the table
  keep: lighting
```
""",
)

FASTER_ELSEWHERE = Problem(
    "faster-elsewhere",
    "PL229",
    Severity.HINT,
    """A model made for references is asked without any.

It works; the plain model of the same family gets there faster.

**Example**

```shot
target: mindstudio/kling-o3

SHOT 1 (5s): wide shot, static
  Fog drifts over an empty harbour.
```

**Use instead**

```shot
target: mindstudio/kling-o3

@Harbour = image "harbour.png"

SHOT 1 (5s): wide shot, static
  Fog drifts over the harbour in @Harbour.
```
""",
)

PROBLEMS = (
    BLOCK_UNSUPPORTED,
    INPUT_MISSING,
    NOT_TOGETHER,
    NEEDS_ALSO,
    TOO_MANY_REFERENCES,
    TOO_MANY_PICTURES,
    SETTING_NOT_ALLOWED,
    ATTACHMENT_RENUMBERED,
    NAME_BEGINS_ANOTHER,
    FASTER_ELSEWHERE,
)

__all__ = [
    "ATTACHMENT_RENUMBERED",
    "BLOCK_UNSUPPORTED",
    "FASTER_ELSEWHERE",
    "INPUT_MISSING",
    "NAME_BEGINS_ANOTHER",
    "NEEDS_ALSO",
    "NOT_TOGETHER",
    "SETTING_NOT_ALLOWED",
    "TOO_MANY_PICTURES",
    "TOO_MANY_REFERENCES",
]
