"""The numbers by which semantic tokens say what a word is."""

from __future__ import annotations

TYPES = (
    "keyword", "type", "class", "variable", "struct", "function", "property", "string", "number",
    "comment", "operator", "parameter", "enumMember", "modifier", "macro", "namespace", "label",
    "method",
)  # fmt: skip
"""What a word may be; names of the protocol, so that every colour scheme knows them."""
(
    KEYWORD, TYPE, PERSON, THING, MEDIA, OUTPUT, KEY, STRING, NUMBER,
    COMMENT, OPERATOR, PARAMETER, TERM, MODIFIER, TRANSITION, PLACE, LABEL,
    VERB,
) = range(len(TYPES))  # fmt: skip

MODIFIERS = ("declaration", "deprecated", "unresolved", "documentation")
"""What may be said besides."""
DECLARATION, DEPRECATED, UNRESOLVED, DOCUMENTATION = 1, 2, 4, 8
