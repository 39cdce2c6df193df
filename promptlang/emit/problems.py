"""What wording and spelling a request can get wrong, and what it can lose."""

from __future__ import annotations

from promptlang.diagnostics import Problem, Severity

PROMPT_TOO_LONG = Problem(
    "prompt-too-long",
    "PL530",
    Severity.ERROR,
    """The words of a prompt are more than the target takes.

Interfaces refuse or cut a prompt that is too long, and what is cut is usually the end: the light,
the mood, the sound. Nothing is cut here; say less or spread it over two shots. The hint says which
part takes how much of the prompt.

**Example**

```shot
target: fal/kling-o3-pro
SHOT (4s): wide shot
  Rain falls on the square.
SHOT (4s): medium shot
  """
    + "A rider crosses the wide and windy square under heavy clouds. " * 9
    + """
```

**Use instead**

```shot
target: fal/kling-o3-pro
SHOT (4s): medium shot
  A rider crosses the wide and windy square under heavy clouds.
```
""",
)

WORDS_UNSUPPORTED = Problem(
    "words-unsupported",
    "PL531",
    Severity.WARNING,
    """The target takes no words, so what was written is not sent.

Some models look at a picture alone and choose everything else themselves.

**Example**

```shot
target: wavespeed/kling-v1-ai-multi-shot
@Chair = product "chair.png"
COVERAGE OF @Chair
  The chair turns slowly.
```

**Use instead**

```shot
target: wavespeed/kling-v1-ai-multi-shot
@Chair = product "chair.png"
COVERAGE OF @Chair
```
""",
)

SOUND_UNSUPPORTED = Problem(
    "sound-unsupported",
    "PL532",
    Severity.WARNING,
    """Something is to be heard, and the target makes no sound.

The words stay in the prompt, so that lips move and hands play; the sound has to be made in the
edit, or by a target that makes it.

**Example**

```shot
target: fal/kling-o1
@Host = character "host.png" "host-side.png": a presenter
SHOT (5s): medium shot
  @Host (softly): "Good evening."
```

**Use instead**

```shot
target: fal/kling-o3-pro
@Host = character "host.png" "host-side.png": a presenter
SHOT (5s): medium shot
  @Host (softly): "Good evening."
```
""",
)

TOKEN_IN_TEXT = Problem(
    "token-in-text",
    "PL533",
    Severity.WARNING,
    """Words look like a reference of a provider and were made harmless.

`@Image1` or `<<<image_1>>>` inside dialogue would be taken for a picture. The mark is replaced by
its full-width twin, which reads the same and points at nothing.

**Example**

```shot
target: fal/kling-o3-pro
@Host = character "host.png" "host-side.png": a presenter
SHOT (5s): medium shot
  @Host: "Write to @Image1 today."
```

**Use instead**

```shot
target: fal/kling-o3-pro
@Host = character "host.png" "host-side.png": a presenter
SHOT (5s): medium shot
  @Host: "Write to us today."
```
""",
)

PROVIDER_FIELD_REFUSED = Problem(
    "provider-field-refused",
    "PL534",
    Severity.ERROR,
    """A provider field is unknown to the payload, or its value does not fit.

`fal.duration: "5"` is passed on as it is written, so it is checked against the payload's own types.

**Example**

```shot
target: fal/kling-o3-pro
SHOT (5s): medium shot
  A rider crosses the square.
  fal.shot_kind: "customize"
```

**Use instead**

```shot
target: fal/kling-o3-pro
SHOT (5s): medium shot
  A rider crosses the square.
  fal.shot_type: "customize"
```
""",
)

PROVIDER_UNKNOWN = Problem(
    "provider-unknown",
    "PL535",
    Severity.ERROR,
    """A field names a provider that does not exist.

**Example**

```shot
target: fal/kling-o3-pro
SHOT (5s): medium shot
  A rider crosses the square.
  fall.shot_type: "customize"
```

**Use instead**

```shot
target: fal/kling-o3-pro
SHOT (5s): medium shot
  A rider crosses the square.
  fal.shot_type: "customize"
```
""",
)

PAYLOAD_INVALID = Problem(
    "payload-invalid",
    "PL536",
    Severity.ERROR,
    """The payload's own types refuse what the script puts into it.

Some values are only known to be wrong when the payload is spelt: an element id, for one, is a
whole number for some providers and a word for others.

**Example**

```shot
target: kling/o3
@Host = character "element:host": a presenter
SHOT (5s): medium shot
  @Host closes the door.
```

**Use instead**

```shot
target: kling/o3
@Host = character "element:829836": a presenter
SHOT (5s): medium shot
  @Host closes the door.
```
""",
)

LEFT_OVER = Problem(
    "input-unsupported",
    "PL537",
    Severity.WARNING,
    """The target takes this in general, but not here, and leaves it out.

**Example**

```shot
target: fal/kling-o3-pro
@Host = character "host.png" "host-side.png" voice "v-1": a presenter
SHOT (5s): medium shot
  @Host: "Good evening."
```

**Use instead**

```shot
target: fal/kling-o3-pro
@Host = character "host.png" "host-side.png": a presenter
SHOT (5s): medium shot
  @Host: "Good evening."
```
""",
)

PROMPT_NEARLY_FULL = Problem(
    "prompt-nearly-full",
    "PL538",
    Severity.HINT,
    """Nine tenths of the room for a prompt are used, or more.

It still fits. A longer name, another language or one more reference, and it does not; and of a very
long prompt a model follows the beginning best. The hint says which part takes how much of it.

**Example**

```shot
target: fal/kling-o3-pro
SHOT (4s): wide shot
  Rain falls on the square.
SHOT (4s): medium shot
  """
    + "A rider crosses the wide and windy square under heavy clouds. " * 7
    + """A bell rings twice.
```

**Use instead**

```shot
target: fal/kling-o3-pro
SHOT (4s): medium shot
  A rider crosses the wide and windy square under heavy clouds.
```
""",
)

PROBLEMS = (
    PROMPT_TOO_LONG,
    WORDS_UNSUPPORTED,
    SOUND_UNSUPPORTED,
    TOKEN_IN_TEXT,
    PROVIDER_FIELD_REFUSED,
    PROVIDER_UNKNOWN,
    PAYLOAD_INVALID,
    LEFT_OVER,
    PROMPT_NEARLY_FULL,
)
