"""Problems of files: PL6xx. Their pages are executed beside files that the tests make."""

from __future__ import annotations

from promptlang.diagnostics import Problem, Severity

FILE_MISSING = Problem(
    "file-missing",
    "PL600",
    Severity.INFO,
    """A file that is named is not there yet.

A script may be written before its pictures exist. The payload points at the file; before it is
sent, the file has to be there, or another one has to be bound with `--asset`.

**Example**

```shot
target: fal/kling-o3-pro

@Harbour = image "not-yet-painted.png"

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

ASSET_UNBOUND = Problem(
    "asset-unbound",
    "PL602",
    Severity.INFO,
    """A picture, video or sound takes part and has no file.

The payload holds a placeholder, `$attach:` and the name, until a file is declared or bound.

**Example**

```shot
target: fal/kling-o3-pro

@Harbour = image: a harbour in fog

SHOT 1 (5s): wide shot, static
  start: @Harbour
  A boat comes out of the fog.
```

**Use instead**

```shot
target: fal/kling-o3-pro

@Harbour = image "harbour.png": a harbour in fog

SHOT 1 (5s): wide shot, static
  start: @Harbour
  A boat comes out of the fog.
```
""",
)

FILE_TOO_LARGE = Problem(
    "asset-too-large",
    "PL603",
    Severity.ERROR,
    """A picture or video has more bytes than the target takes.

Uploads over the limit are refused, some platforms only after the wait.

**Example**

```shot
target: fal/kling-o3-pro

@Harbour = image "eleven-megabytes.png"

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

FILE_DIMENSIONS = Problem(
    "file-dimensions",
    "PL604",
    Severity.ERROR,
    """A picture or video is smaller or larger in pixels than the target takes.

Small pictures are refused, and what passes by enlarging comes out soft.

**Example**

```shot
target: fal/kling-o3-pro

@Harbour = image "thumbnail.png"

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

PICTURE_SHAPE = Problem(
    "picture-shape",
    "PL605",
    Severity.ERROR,
    """A picture is wider or narrower than the target takes.

**Example**

```shot
target: fal/kling-o3-pro

@Harbour = image "panorama.png"

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

FILE_FORMAT = Problem(
    "file-format",
    "PL606",
    Severity.ERROR,
    """A file is of a format the target does not take.

A file that exists is judged by what it holds, any other by the ending of its name.

**Example**

```shot
target: fal/kling-o3-pro

@Harbour = image "https://example.org/harbour.gif"

SHOT 1 (5s): wide shot, static
  Fog drifts over the harbour in @Harbour.
```

**Use instead**

```shot
target: fal/kling-o3-pro

@Harbour = image "https://example.org/harbour.png"

SHOT 1 (5s): wide shot, static
  Fog drifts over the harbour in @Harbour.
```
""",
)

FRAME_RATE = Problem(
    "frame-rate",
    "PL607",
    Severity.ERROR,
    """A video has fewer or more frames a second than the target takes.

**Example**

```shot
target: fal/kling-o3-pro

@Talk = video "twelve-frames.mp4"

EDIT @Talk
  change the wall behind him to a bookshelf in soft daylight
```

**Use instead**

```shot
target: fal/kling-o3-pro

@Talk = video "talk.mp4"

EDIT @Talk
  change the wall behind him to a bookshelf in soft daylight
```
""",
)

FRAMES_DIFFER = Problem(
    "frames-differ",
    "PL608",
    Severity.WARNING,
    """First and last frame are of different shape.

The video has one shape; the other frame is cropped or stretched, and the movement between them
shows it.

**Example**

```shot
target: fal/kling-o3-pro

@Closed = image "harbour.png"
@Open   = image "square.png"

SHOT 1 (5s): wide shot, static
  start: @Closed
  end: @Open
  The fog lifts.
```

**Use instead**

```shot
target: fal/kling-o3-pro

@Closed = image "harbour.png"
@Open   = image "harbour-clear.png"

SHOT 1 (5s): wide shot, static
  start: @Closed
  end: @Open
  The fog lifts.
```
""",
)

STRETCH_BEYOND_END = Problem(
    "stretch-beyond-end",
    "PL609",
    Severity.ERROR,
    """A stretch of a video begins or ends after its last frame.

**Example**

```shot
target: fal/kling-o3-pro

@Talk = video "talk.mp4" 0:00-0:08

EDIT @Talk
  change the wall behind him to a bookshelf in soft daylight
```

**Use instead**

```shot
target: fal/kling-o3-pro

@Talk = video "talk.mp4" 0:00-0:03

EDIT @Talk
  change the wall behind him to a bookshelf in soft daylight
```
""",
)

FILE_UNREADABLE = Problem(
    "file-unreadable",
    "PL610",
    Severity.WARNING,
    """A file is there and cannot be read as what it is used for.

It may be damaged, unfinished, or something else under this name.

**Example**

```shot
target: fal/kling-o3-pro

@Harbour = image "damaged.png"

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

MEDIA_UNCHECKED = Problem(
    "media-unchecked",
    "PL611",
    Severity.INFO,
    """Files are there and were not looked at, because the extra for that is not installed.

`pip install "promptlang-shot[media]"` brings it. Sizes on disk and endings are checked without.
""",
)

ADDRESS_REFUSED = Problem(
    "address-refused",
    "PL612",
    Severity.ERROR,
    """An address is of a kind no platform fetches.

Addresses are passed on as they are written and never opened while compiling.

**Example**

```shot
target: fal/kling-o3-pro

@Harbour = image "ftp://example.org/harbour.png"

SHOT 1 (5s): wide shot, static
  Fog drifts over the harbour in @Harbour.
```

**Use instead**

```shot
target: fal/kling-o3-pro

@Harbour = image "https://example.org/harbour.png"

SHOT 1 (5s): wide shot, static
  Fog drifts over the harbour in @Harbour.
```
""",
)

PROBLEMS = (
    FILE_MISSING,
    ASSET_UNBOUND,
    FILE_TOO_LARGE,
    FILE_DIMENSIONS,
    PICTURE_SHAPE,
    FILE_FORMAT,
    FRAME_RATE,
    FRAMES_DIFFER,
    STRETCH_BEYOND_END,
    FILE_UNREADABLE,
    MEDIA_UNCHECKED,
    ADDRESS_REFUSED,
)

__all__ = [
    "ADDRESS_REFUSED",
    "ASSET_UNBOUND",
    "FILE_DIMENSIONS",
    "FILE_FORMAT",
    "FILE_MISSING",
    "FILE_TOO_LARGE",
    "FILE_UNREADABLE",
    "FRAMES_DIFFER",
    "FRAME_RATE",
    "MEDIA_UNCHECKED",
    "PICTURE_SHAPE",
    "STRETCH_BEYOND_END",
]
