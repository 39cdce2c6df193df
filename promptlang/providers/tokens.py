"""How many tokens a text has, where a target counts them and publishes no tokenizer."""

from __future__ import annotations

# First and last code point of the ranges whose characters count as one token each.
_WIDE = (
    (0x1100, 0x11FF),  # Hangul letters
    (0x2E80, 0x303F),  # CJK radicals, strokes and marks
    (0x3040, 0x33FF),  # kana, bopomofo, compatibility forms
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),  # Hangul
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),  # full-width forms
    (0x1B000, 0x1B16F),  # further kana
    (0x20000, 0x3FFFF),
)


def estimate(text: str) -> int:
    """Return the estimated number of tokens.

    A character of Chinese, Japanese or Korean counts as one token; of all others four make one,
    rounded up.
    """
    wide = sum(1 for character in text if _is_wide(ord(character)))
    return wide + -(-(len(text) - wide) // 4)


def _is_wide(point: int) -> bool:
    return point >= 0x1100 and any(first <= point <= last for first, last in _WIDE)
