"""Losses of settings and references: PL500 to PL519."""

from __future__ import annotations

from promptlang.diagnostics import Problem, Severity

CFG_UNSUPPORTED = Problem(
    "cfg-unsupported",
    "PL500",
    Severity.WARNING,
    """`cfg` is set, and the target has no such setting.

**Example**

```shot
target: fal/kling-o3-pro
cfg: 0.65

SHOT 1 (5s): wide shot, static
  Fog drifts over an empty harbour.
```

**Use instead**

```shot
target: fal/kling-v3-pro
cfg: 0.65

SHOT 1 (5s): wide shot, static
  Fog drifts over an empty harbour.
```
""",
)

SEED_UNSUPPORTED = Problem(
    "seed-unsupported",
    "PL501",
    Severity.WARNING,
    """`seed` is set, and the target has no such setting: two runs will differ.

**Example**

```shot
target: fal/kling-o3-pro
seed: 7

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

NEGATIVE_UNSUPPORTED = Problem(
    "negative-prompt-unsupported",
    "PL502",
    Severity.WARNING,
    """`negative` says what must not appear, and the target has no field for it.

Prose that says what is wanted works with every target: *sharp, steady hands* instead of
*no blurred hands*.

**Example**

```shot
target: fal/kling-o3-pro
negative: blur, distortion

SHOT 1 (5s): wide shot, static
  Fog drifts over an empty harbour.
```

**Use instead**

```shot
target: fal/kling-v3-pro
negative: blur, distortion

SHOT 1 (5s): wide shot, static
  Fog drifts over an empty harbour.
```
""",
)

AUDIO_UNSUPPORTED = Problem(
    "audio-unsupported",
    "PL503",
    Severity.WARNING,
    """`audio: on` is set, and the target makes no sound there.

**Example**

```shot
target: fal/kling-o1
audio: on

@Harbour = image "harbour.jpg"

SHOT 1 (5s): wide shot, static
  Fog drifts over the empty harbour in @Harbour.
```

**Use instead**

```shot
target: fal/kling-o3-pro
audio: on

@Harbour = image "harbour.jpg"

SHOT 1 (5s): wide shot, static
  Fog drifts over the empty harbour in @Harbour.
```
""",
)

ASPECT_UNSUPPORTED = Problem(
    "aspect-unsupported",
    "PL504",
    Severity.WARNING,
    """`aspect` is set, and the shape cannot be asked for there.

Where a first frame or a source video decides the shape this is information; where nothing does,
the target's own shape comes out.

**Example**

```shot
target: wavespeed/kling-v1-ai-multi-shot
aspect: 16:9

@Chair = product "chair.png"

COVERAGE OF @Chair
```

**Use instead**

```shot
target: wavespeed/kling-v1-ai-multi-shot

@Chair = product "chair.png"

COVERAGE OF @Chair
```
""",
)

RESOLUTION_UNSUPPORTED = Problem(
    "resolution-unsupported",
    "PL505",
    Severity.WARNING,
    """`resolution` is set, and the target has no such setting.

On some platforms the tier decides it, and the tier is part of the target's name.

**Example**

```shot
target: fal/kling-o3-pro
resolution: 1080p

SHOT 1 (5s): wide shot, static
  Fog drifts over an empty harbour.
```

**Use instead**

```shot
target: kling/o3
resolution: 1080p

SHOT 1 (5s): wide shot, static
  Fog drifts over an empty harbour.
```
""",
)

FRAME_UNSUPPORTED = Problem(
    "frame-unsupported",
    "PL506",
    Severity.WARNING,
    """A first or last frame is given, and the target takes none there.

**Example**

```shot
target: fal/kling-v3-pro

@Harbour = image "harbour.png"

COVERAGE (5s): wide shot
  start: @Harbour
  Fog drifts over the harbour and a boat comes out of it.
```

**Use instead**

```shot
target: fal/kling-v3-pro

@Harbour = image "harbour.png"

SHOT 1 (5s): wide shot, static
  start: @Harbour
  Fog drifts over the harbour and a boat comes out of it.
```
""",
)

MOTION_UNSUPPORTED = Problem(
    "motion-unsupported",
    "PL507",
    Severity.WARNING,
    """A video is to be followed by the camera, and the target takes no motion reference there.

Interfaces take one video. Where it is the source of an edit, the movement of a second one can
only be put into words.

**Example**

```shot
target: fal/kling-o1

@Interview = video "interview.mov" 0:00-0:10
@Dolly     = video "dolly.mov" 0:00-0:05

EDIT @Interview
  motion: @Dolly
  change the wall behind him to a bookshelf in soft daylight
```

**Use instead**

```shot
target: fal/kling-o1

@Interview = video "interview.mov" 0:00-0:10

EDIT @Interview
  change the wall behind him to a bookshelf in soft daylight
```
""",
)

VOICE_UNSUPPORTED = Problem(
    "voice-unsupported",
    "PL508",
    Severity.WARNING,
    """Somebody has a voice of a provider or a recording, and the target takes no voices there.

**Example**

```shot
target: pixio/kling-o3

@Host = character "host-1.png" "host-2.png" voice "829824295735410756": a calm presenter

SHOT 1 (5s): medium shot, static
  @Host looks into the lens.
  @Host (calmly): "Good evening."
```

**Use instead**

```shot
target: pixio/kling-o3

@Host = character "host-1.png" "host-2.png": a calm presenter

SHOT 1 (5s): medium shot, static
  @Host looks into the lens.
  @Host (calmly): "Good evening."
```
""",
)

ELEMENT_AS_PICTURE = Problem(
    "element-as-picture",
    "PL509",
    Severity.INFO,
    """The target makes no elements of files, so the pictures go as plain references.

All pictures of an element are sent as far as the target has room for references, and the prompt
names them together (*the coupé in <<<image_1>>> and <<<image_2>>>*). A single picture shows one
side; the others are left to the model.

**Example**

```shot
target: kling/o1

@Car = vehicle "car-front.png" "car-side.png": a red coupé

SHOT 1 (5s): wide shot, static
  @Car stands in the rain.
```

**Use instead**

```shot
target: fal/kling-o1

@Car = vehicle "car-front.png" "car-side.png": a red coupé

SHOT 1 (5s): wide shot, static
  @Car stands in the rain.
```
""",
)

PICTURES_LEFT_OUT = Problem(
    "pictures-left-out",
    "PL512",
    Severity.WARNING,
    """Elements have more pictures together than the target takes references.

The first picture of every element is sent before the second of any. What finds no room is left
out, so the order of the files of an element decides which sides the model sees.

**Example**

```shot
target: kling/o1

@Clip = video "clip.mp4"
@Ada  = character "ada-1.png" "ada-2.png" "ada-3.png": a driver with a silver plait
@Car  = vehicle "car-1.png" "car-2.png" "car-3.png": a cream 1957 roadster

EDIT @Clip
  replace the woman beside the car with @Ada and the car with @Car
```

**Use instead**

```shot
target: kling/o1

@Clip = video "clip.mp4"
@Ada  = character "ada-1.png" "ada-2.png": a driver with a silver plait
@Car  = vehicle "car-1.png" "car-2.png": a cream 1957 roadster

EDIT @Clip
  replace the woman beside the car with @Ada and the car with @Car
```
""",
)

ELEMENT_DESCRIBED = Problem(
    "element-described",
    "PL510",
    Severity.INFO,
    """The target takes no such reference there, so the description is in the prompt instead.

**Example**

```shot
target: fal/kling-v3-pro

@Car = vehicle "car-front.png" "car-side.png": a red coupé

SHOT 1 (5s): wide shot, static
  @Car stands in the rain.
```

**Use instead**

```shot
target: fal/kling-o3-pro

@Car = vehicle "car-front.png" "car-side.png": a red coupé

SHOT 1 (5s): wide shot, static
  @Car stands in the rain.
```
""",
)

REFERENCE_UNSUPPORTED = Problem(
    "reference-unsupported",
    "PL511",
    Severity.WARNING,
    """A reference is mentioned that the target cannot take and that has no words to stand in.

**Example**

```shot
target: fal/kling-v3-pro

@Harbour = image "harbour.png"

SHOT 1 (5s): wide shot, static
  Fog drifts over the harbour in @Harbour.
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

ELEMENT_WITHOUT_PICTURE = Problem(
    "element-without-picture",
    "PL601",
    Severity.INFO,
    """An element has no picture yet, so its description is in the prompt.

A script may be written before its pictures exist. With a picture the same face comes back in
every shot; without one each generation invents it anew.

**Example**

```shot
target: fal/kling-o3-pro

@Car = vehicle: a red coupé

SHOT 1 (5s): wide shot, static
  @Car stands in the rain.
```

**Use instead**

```shot
target: fal/kling-o3-pro

@Car = vehicle "car-front.png" "car-side.png": a red coupé

SHOT 1 (5s): wide shot, static
  @Car stands in the rain.
```
""",
)

PROBLEMS = (
    CFG_UNSUPPORTED,
    SEED_UNSUPPORTED,
    NEGATIVE_UNSUPPORTED,
    AUDIO_UNSUPPORTED,
    ASPECT_UNSUPPORTED,
    RESOLUTION_UNSUPPORTED,
    FRAME_UNSUPPORTED,
    MOTION_UNSUPPORTED,
    VOICE_UNSUPPORTED,
    ELEMENT_AS_PICTURE,
    ELEMENT_DESCRIBED,
    REFERENCE_UNSUPPORTED,
    ELEMENT_WITHOUT_PICTURE,
    PICTURES_LEFT_OUT,
)

__all__ = [
    "ASPECT_UNSUPPORTED",
    "AUDIO_UNSUPPORTED",
    "CFG_UNSUPPORTED",
    "ELEMENT_AS_PICTURE",
    "ELEMENT_DESCRIBED",
    "ELEMENT_WITHOUT_PICTURE",
    "FRAME_UNSUPPORTED",
    "MOTION_UNSUPPORTED",
    "NEGATIVE_UNSUPPORTED",
    "PICTURES_LEFT_OUT",
    "REFERENCE_UNSUPPORTED",
    "RESOLUTION_UNSUPPORTED",
    "SEED_UNSUPPORTED",
    "VOICE_UNSUPPORTED",
]
