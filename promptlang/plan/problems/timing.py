"""Problems of length and order: PL2xx."""

from __future__ import annotations

from promptlang.diagnostics import Problem, Severity

SHOT_TOO_LONG = Problem(
    "shot-too-long",
    "PL201",
    Severity.ERROR,
    """A shot is longer than the target can make.

Every model has a longest generation, and a shot is never cut in two for you: where to cut is the
film's decision.

**Example**

```shot
target: fal/kling-o3-pro

SHOT 1 (20s): wide shot, static
  Fog drifts over an empty harbour.
```

**Use instead**

```shot
target: fal/kling-o3-pro

SHOT 1 (12s): wide shot, static
  Fog drifts over an empty harbour.

SHOT 2 (8s): medium shot, static
  A single boat comes out of the fog.
```
""",
)

DURATION_ADJUSTED = Problem(
    "duration-adjusted",
    "PL202",
    Severity.INFO,
    """A length moves to the nearest one the target makes.

Many interfaces count in whole seconds or offer a few lengths only. Between two that are equally
near, the longer one is taken, because a cutter can trim and cannot stretch.

**Example**

```shot
target: fal/kling-o3-pro

SHOT 1 (4.5s): wide shot, static
  Fog drifts over an empty harbour.
```

**Use instead**

```shot
target: fal/kling-o3-pro

SHOT 1 (5s): wide shot, static
  Fog drifts over an empty harbour.
```
""",
)

LAST_SHOT_HELD = Problem(
    "last-shot-held",
    "PL203",
    Severity.INFO,
    """The last shot of a generation is held longer, because the sum is less than the target makes.

A generation has a shortest length too. Nothing is added to the shots before; the last one simply
stays on screen, and the cutter takes what is needed.

**Example**

```shot
target: fal/kling-o3-pro

SHOT 1 (1s): extreme close-up, static
  An eye opens.

SHOT 2 (1s): close-up, static
  A hand lets go of the rail.
```

**Use instead**

```shot
target: fal/kling-o3-pro

SHOT 1 (1s): extreme close-up, static
  An eye opens.

SHOT 2 (2s): close-up, static
  A hand lets go of the rail.
```
""",
)

DURATION_ASSUMED = Problem(
    "duration-assumed",
    "PL204",
    Severity.INFO,
    """A block states no length, so the target's default is asked for.

The default is a platform's choice and differs between platforms. A length in the heading, or one
`duration:` in the header, says what the film needs.

**Example**

```shot
target: fal/kling-o3-pro

SHOT 1: wide shot, static
  Fog drifts over an empty harbour.
```

**Use instead**

```shot
target: fal/kling-o3-pro

SHOT 1 (6s): wide shot, static
  Fog drifts over an empty harbour.
```
""",
)

DURATION_UNSUPPORTED = Problem(
    "duration-unsupported",
    "PL205",
    Severity.WARNING,
    """A length is stated and the target chooses it itself.

**Example**

```shot
target: wavespeed/kling-v1-ai-multi-shot

@Chair = product "chair.png"

COVERAGE OF @Chair (5s)
```

**Use instead**

```shot
target: wavespeed/kling-v1-ai-multi-shot

@Chair = product "chair.png"

COVERAGE OF @Chair
```
""",
)

SCENE_NOT_ONE = Problem(
    "scene-not-one",
    "PL206",
    Severity.ERROR,
    """A scene with a name of its own cannot be made in one generation.

`AS @name` on a scene heading makes the scene one video that other blocks can use. That works as
long as its shots fit what the target makes at once.

**Example**

```shot
target: fal/kling-o3-pro

EXT. HARBOUR - DAWN AS @harbour

SHOT 1 (9s): wide shot, static
  Fog drifts over the water.

SHOT 2 (9s): medium shot, static
  A boat comes out of the fog.

EDIT @harbour
  change the fog to light snow
```

**Use instead**

```shot
target: fal/kling-o3-pro

EXT. HARBOUR - DAWN AS @harbour

SHOT 1 (5s): wide shot, static
  Fog drifts over the water.

SHOT 2 (5s): medium shot, static
  A boat comes out of the fog.

EDIT @harbour
  change the fog to light snow
```
""",
)

OUTSIDE_ADVICE = Problem(
    "outside-advice",
    "PL207",
    Severity.WARNING,
    """A number the interface takes is one that the page or guide of the system advises against.

The request is made as it is written. The message names who advises what.

**Example**

```shot
target: pixio/kling-3.0
cfg: 0.9

SHOT 1 (4s): wide shot, static
  Fog drifts over an empty harbour.

SHOT 2 (4s): medium shot, static
  A boat comes out of the fog.
```

**Use instead**

```shot
target: pixio/kling-3.0
cfg: 0.65

SHOT 1 (4s): wide shot, static
  Fog drifts over an empty harbour.

SHOT 2 (4s): medium shot, static
  A boat comes out of the fog.
```
""",
)

TRANSITION_LEFT_TO_EDIT = Problem(
    "transition-left-to-edit",
    "PL208",
    Severity.INFO,
    """A transition comes between two generations, so it is made in the edit.

The shots on both sides come out as two videos. The transition is left out of the prompt and kept
in the result, for the editor.

**Example**

```shot
target: fal/kling-o3-pro

SHOT 1 (9s): wide shot, static
  Fog drifts over an empty harbour.

> dissolve (1s)

SHOT 2 (9s): medium shot, static
  A boat comes out of the fog.
```

**Use instead**

```shot
target: fal/kling-o3-pro

SHOT 1 (7s): wide shot, static
  Fog drifts over an empty harbour.

> dissolve (1s)

SHOT 2 (7s): medium shot, static
  A boat comes out of the fog.
```
""",
)

TAKES_REPEATED = Problem(
    "takes-repeated",
    "PL209",
    Severity.INFO,
    """Several takes are several requests, because the target makes one result for each.

**Example**

```shot
target: fal/kling-o3-pro
takes: 3

SHOT 1 (5s): wide shot, static
  Fog drifts over an empty harbour.
```

**Use instead**

```shot
target: fal/kling-o3-pro

SHOT 1 (5s): wide shot, static
  Fog drifts over an empty harbour.
```
""",
)

SOURCE_LENGTH = Problem(
    "source-length",
    "PL210",
    Severity.ERROR,
    """The video a block works on is shorter or longer than the target takes.

The length counts that is stated: in the brackets of an EDIT, or by the stretch behind the file.

**Example**

```shot
target: fal/kling-o3-pro

@Interview = video "interview.mov" 0:00-0:25

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

PROBLEMS = (
    SHOT_TOO_LONG,
    DURATION_ADJUSTED,
    LAST_SHOT_HELD,
    DURATION_ASSUMED,
    DURATION_UNSUPPORTED,
    SCENE_NOT_ONE,
    OUTSIDE_ADVICE,
    TRANSITION_LEFT_TO_EDIT,
    TAKES_REPEATED,
    SOURCE_LENGTH,
)

__all__ = [
    "DURATION_ADJUSTED",
    "DURATION_ASSUMED",
    "DURATION_UNSUPPORTED",
    "LAST_SHOT_HELD",
    "OUTSIDE_ADVICE",
    "SCENE_NOT_ONE",
    "SHOT_TOO_LONG",
    "SOURCE_LENGTH",
    "TAKES_REPEATED",
    "TRANSITION_LEFT_TO_EDIT",
]
