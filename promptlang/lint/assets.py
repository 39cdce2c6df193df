"""Files as a script names them: what works here today and nowhere else tomorrow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from promptlang.diagnostics import Edit, Fix, Related, Severity
from promptlang.lint.patterns import late
from promptlang.lint.repeats import repeats
from promptlang.lint.rule import Rule
from promptlang.model.names import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlang.diagnostics import Diagnostic
    from promptlang.lint.film import Film
    from promptlang.model.entities import Asset
    from promptlang.source import Span


def _files(film: Film) -> Iterator[tuple[Asset, Span]]:
    """Yield the files the script itself names, each with the place of its name."""
    for entity in film.storyboard.entities.values():
        for asset in entity.assets:
            # A file bound from outside stands at the declaration and is not written there.
            at = asset.span.text.find(asset.location)
            if at >= 0:
                yield asset, asset.span.part(at, at + len(asset.location))


class AbsolutePath(Rule):
    """A file is named by a path of one computer.

    The script works on this machine and on no other. Paths count from the folder the script is in.

    Source: what breaks first when a project is shared.

    **Example**

    ```shot
    @Pier = image "/home/mara/film/pier.png"

    SHOT 1 (4s): wide shot, static
      Boats rock at @Pier.
    ```

    **Use instead**

    ```shot
    @Pier = image "pier.png"

    SHOT 1 (4s): wide shot, static
      Boats rock at @Pier.
    ```
    """

    code = "PL620"
    severity = Severity.WARNING

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report paths that begin at a root, a drive or a home."""
        for asset, span in _files(film):
            if _is_rooted(asset.location):
                yield self.at(
                    span,
                    f"{shown(asset.location)} exists on one computer only",
                    hint="put the file beside the script and name it from there",
                )


def _is_rooted(path: str) -> bool:
    """Whether a path begins at a root, a drive or a home."""
    drive = path[1:2] == ":" and path[2:3] in {"\\", "/"} and path[0].isascii()
    return (
        path.startswith(("\\", "/", "~"))
        or path[:5].lower() == "file:"
        or (drive and path[0].isalpha())
    )


class BackslashPath(Rule):
    r"""A path is written with backslashes.

    They part folders on one system only; `/` does on every system.

    Fix: writes `/`.

    Source: how paths are read on macOS, Linux and Windows.

    **Example**

    ```shot
    @Pier = image "pictures\pier.png"

    SHOT 1 (4s): wide shot, static
      Boats rock at @Pier.
    ```

    **Use instead**

    ```shot
    @Pier = image "pictures/pier.png"

    SHOT 1 (4s): wide shot, static
      Boats rock at @Pier.
    ```
    """

    code = "PL621"

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report relative paths with a backslash."""
        for asset, span in _files(film):
            if asset.form != "file" or _is_rooted(asset.location):
                continue
            path = asset.location.replace("\\", "/")
            if path != asset.location:
                yield self.at(
                    span,
                    f"{shown(asset.location)} has backslashes, which only Windows reads",
                    hint=f'write "{path}"',
                    fixes=[Fix(f'write "{path}"', [Edit(span, path)])],
                )


class ExpiringAddress(Rule):
    """An address carries a signature that runs out.

    Storage services sign addresses for minutes or hours. Later the platform cannot fetch the file,
    and whoever reads the script meanwhile can.

    Source: documentation of storage services on signed addresses.

    **Example**

    ```shot
    @Pier = image "https://media.example.com/pier.png?X-Amz-Expires=3600&X-Amz-Signature=ab12"

    SHOT 1 (4s): wide shot, static
      Boats rock at @Pier.
    ```

    **Use instead**

    ```shot
    @Pier = image "https://media.example.com/pier.png"

    SHOT 1 (4s): wide shot, static
      Boats rock at @Pier.
    ```
    """

    code = "PL622"
    severity = Severity.WARNING
    _SIGNED = late(
        r"[?&](?:X-Amz-(?:Expires|Signature|Credential)|X-Goog-(?:Expires|Signature)|Signature|sig"
        r"|se|Expires|token)=",
        re.IGNORECASE,
    )

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report addresses with a signature among their parameters."""
        for asset, span in _files(film):
            signed = self._SIGNED.search(asset.location) if asset.form == "url" else None
            if signed is not None:
                yield self.at(
                    span.part(signed.start() + 1, signed.end() - 1),
                    f'"{signed[0][1:-1]}" makes this a temporary address, which will stop working',
                    hint="name a file here, and give the address with --asset when you compile",
                )


class SamePictureTwice(Rule):
    """One declaration names a picture twice.

    Two angles that are one picture tell nothing more, and cost one of the few places there are.

    Source: the pages of element libraries, which ask for different angles.

    **Example**

    ```shot
    @Car = vehicle "car.png" "car.png": a white coupé

    SHOT 1 (4s): wide shot, static
      @Car waits at a red light.
    ```

    **Use instead**

    ```shot
    @Car = vehicle "car-front.png" "car-side.png": a white coupé

    SHOT 1 (4s): wide shot, static
      @Car waits at a red light.
    ```
    """

    code = "PL623"
    severity = Severity.WARNING

    def film(self, film: Film) -> Iterator[Diagnostic]:
        """Report the second of two equal files of one name."""
        for entity in film.storyboard.entities.values():
            keyed = (((asset.location, asset.since, asset.until), asset) for asset in entity.assets)
            for asset, first in repeats(keyed):
                yield self.at(
                    asset.span,
                    f'{shown(asset.location)} is named twice for "@{entity.name}"',
                    hint="remove one, or name a picture from another angle",
                    related=[Related("the first time", first.span)],
                )


RULES: tuple[Rule, ...] = (
    AbsolutePath(),
    BackslashPath(),
    ExpiringAddress(),
    SamePictureTwice(),
)
