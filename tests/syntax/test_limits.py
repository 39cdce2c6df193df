"""Sizes and characters no script may have, and inputs that are no script at all."""

from __future__ import annotations

import threading

import pytest

from promptlang.source import Source
from promptlang.syntax import limits
from promptlang.syntax.limits import BLOCK_LIMIT, FILE_LIMIT, LINE_LIMIT, capped
from promptlang.syntax.parser import parse, parse_bytes
from promptlang.syntax.printer import format as printed


def _names(text: str) -> list[str]:
    return [d.name for d in parse(text).diagnostics]


def test_file_at_the_limit_is_read() -> None:
    line = "# " + "a" * 60_000 + "\n"
    text = line * (FILE_LIMIT // len(line))
    text += "#" * (FILE_LIMIT - len(text))
    assert _names(text) == []
    assert _names(text + "#") == ["file-too-large"]


def test_bytes_count_not_characters() -> None:
    text = ("# " + "店" * 20_000 + "\n") * (FILE_LIMIT // 60_003 + 1)
    assert len(text) < FILE_LIMIT
    assert _names(text) == ["file-too-large"]


def test_too_large_a_file_is_kept_as_it_is() -> None:
    text = "SHOT 1\n" * (FILE_LIMIT // 7 + 1)
    script = parse(text)
    assert script.blocks[0].text == text
    assert printed(script).strip() == text.strip()
    again = parse("SHOT 1\n", previous=script)
    assert [block.kind for block in again.blocks] == ["header", "shot"]


def test_line_at_the_limit() -> None:
    assert _names("SHOT 1\n" + "a" * (LINE_LIMIT - 1) + "\n") == []
    script = parse("SHOT 1\n" + "a" * LINE_LIMIT + "\nSHOT 2\n  x\n")
    assert [d.name for d in script.diagnostics] == ["line-too-long"]
    assert [block.kind for block in script.blocks] == ["header", "shot", "shot"]


def test_a_line_is_measured_in_bytes() -> None:
    fits = "雨" * (LINE_LIMIT // 3)
    assert _names(f"SHOT 1\n{fits}\n") == []
    script = parse(f"SHOT 1\n{fits}雨\n")
    (found,) = script.diagnostics
    assert found.message == "the line has 65,539 bytes; a line may have 65,536"


def test_heading_that_is_too_long_still_begins_a_block() -> None:
    script = parse("SHOT 1: " + "a" * LINE_LIMIT + "\n  x\n")
    assert [d.name for d in script.diagnostics] == ["line-too-long"]
    assert [block.kind for block in script.blocks] == ["header", "shot"]


def test_blocks_at_the_limit() -> None:
    assert _names("SHOT\n" * BLOCK_LIMIT) == []
    text = "SHOT\n" * (BLOCK_LIMIT + 5)
    script = parse(text)
    assert [d.name for d in script.diagnostics] == ["too-many-blocks"]
    assert script.diagnostics[0].span.line == BLOCK_LIMIT + 1
    assert "".join(line.text for block in script.blocks for line in block.lines) == text


def test_cap_counts_what_it_leaves_out() -> None:
    found = parse("lightning: x\n" * 1200).diagnostics
    kept = capped(found)
    assert len(kept) == 1001
    assert kept[-1].message == "and 200 more"
    assert kept[-1].is_error
    assert capped(found[:1000]) == found[:1000]
    hints = parse("SHOT 1\n" + "SFX: x\n" * 3).diagnostics
    assert capped(hints, limit=2)[-1].severity == "info"


def test_cap_is_for_each_file() -> None:
    one = parse("lightning: x\n" * 3, "one.shot").diagnostics
    two = parse("lightning: x\n", "two.shot").diagnostics
    assert [d.message for d in capped([*one, *two], limit=2)][-1] == "and 1 more"
    assert sum(d.span.path == "two.shot" for d in capped([*one, *two], limit=2)) == 1


@pytest.mark.parametrize(
    "code", ["\u061c", "\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), "\u2066", "\u2069"]
)
def test_direction_controls(code: str) -> None:
    assert _names(f"SHOT 1\n  a {code} b\n") == ["bidi-control"]
    assert _names(f"# a {code} b\n") == ["bidi-control"]


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ('"\u2067x\u2069"', True),
        ('"\u202bx\u202c"', True),
        ("“\u2067x\u2069”", True),
        ('"\u200fx"', True),
        ('"\u2067x"', False),
        ('"x\u2069"', False),
        ('\u2067"x\u2069"', False),
        ('"\u2067x\u2069" \u202e', False),
    ],
)
def test_direction_controls_between_quotes(text: str, fine: bool) -> None:
    assert _names(f"SHOT 1\n  {text}\n") == ([] if fine else ["bidi-control"])


def test_zero_width_characters_are_fine_outside_of_names() -> None:
    assert _names("SHOT 1\n  👩\u200d🚒 waves, soft\u00adhyphen, می\u200cروم\n") == []
    assert _names("@Ki\u200bte = prop\n") == ["zero-width-in-name"]


def test_one_bad_line_leaves_the_others() -> None:
    script = parse("title: x\n@A = pr\0op\nSHOT 1\n  fine\n")
    assert [d.name for d in script.diagnostics] == ["null-character"]
    assert script.diagnostics[0].span.text == "\0"
    assert [line.kind for block in script.blocks for line in block.lines] == [
        "field", "junk", "shot", "prose",
    ]  # fmt: skip


def test_bytes() -> None:
    assert parse_bytes("title: é".encode()).diagnostics == []
    assert parse_bytes(b"\xef\xbb\xbftitle: x").source.text == "title: x"
    (report,) = parse_bytes(b"title: caf\xe9\n").diagnostics
    assert (report.name, report.span.line, report.span.column) == ("invalid-bytes", 1, 11)
    assert "0xE9" in report.message
    (report,) = parse_bytes("title: x".encode("utf-16")).diagnostics
    assert report.name == "invalid-bytes"
    assert "UTF-16" in report.message
    assert parse_bytes(b"").diagnostics == []


def test_suspicion_is_not_raised_by_ordinary_text() -> None:
    assert not limits.suspicious("SHOT 1\n  @Mara geht über die Straße. 夜の街。\n")


def test_parser_serves_threads() -> None:
    texts = [f"title: {n}\n" + f"SHOT {n} (4s)\n  @A waits.\n" * 40 for n in range(8)]
    wanted = [parse(text).meaning() for text in texts]
    got: list[object] = [None] * len(texts)

    def work(number: int) -> None:
        for _ in range(5):
            got[number] = parse(texts[number]).meaning()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == wanted


def test_source_is_named() -> None:
    script = parse("SHOT 4s\n", "film.shot")
    assert isinstance(script.source, Source)
    assert script.diagnostics[0].span.path == "film.shot"
