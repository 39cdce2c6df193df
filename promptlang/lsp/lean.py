"""A quick start: nobody writes while the server loads.

Two thirds of a start were spent on the types of the protocol, of which the server uses a few once.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def loading() -> Iterator[None]:
    """Load what stays until the end, and never look for garbage in it."""
    gc.disable()
    _load_types()
    yield
    gc.freeze()
    gc.enable()


def _load_types() -> None:
    """Import the types of the protocol without their comparison and spelling.

    attrs compiles both for each of 550 classes, which takes as long as all else about them. Nobody
    compares messages here, or shows one.
    """
    import attrs

    whole = attrs.define
    attrs.define = partial(whole, eq=False, order=False, repr=False, match_args=False)
    try:
        import lsprotocol.types  # noqa: F401  # to have it loaded
    finally:
        attrs.define = whole
