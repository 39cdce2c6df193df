"""The types of the protocol, loaded at half the price.

Two thirds of a start were spent on them, and the server uses a few of them once.
"""

from __future__ import annotations

from functools import partial


def load_types() -> None:
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
