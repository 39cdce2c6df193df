"""The command ``promptlang``: finds the command asked for, and ends as a shell expects.

Exit codes: 0 no errors; 1 the script has errors, or a check would change something; 2 wrong use;
3 a fault of promptlang's own; 130 interrupted; 141 nobody reads any more.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

from promptlang.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing would cost more than all of --version
    from argparse import ArgumentParser

COMMANDS = {
    "compile": "write prompts and payloads",
    "check": "find what is wrong with scripts",
    "fmt": "bring scripts into their canonical form",
    "targets": "show what targets can do, or which of them can take a script",
    "explain": "explain a problem, a target, a term, a field, a kind or a heading",
    "init": "start a small working project",
    "docs": "write the reference as Markdown pages",
    "lsp": "serve an editor",
}

OK, ERRORS, WRONG_USE, FAULT, INTERRUPTED, CLOSED_PIPE = 0, 1, 2, 3, 130, 141


_MANY = 100_000
"""New objects from which on the collector of a process that runs one command looks for garbage."""


class UsageError(Exception):
    """promptlang was used wrongly; the message says how and what would be right."""


def main(argv: list[str] | None = None) -> int:
    """Run a command line and return its exit code.

    Args:
        argv: What stands behind the name of the command; None for what this process was given,
            which ends with it.
    """
    if argv is not None:
        return _guarded(argv)
    # Most of what a command makes lives until it ends, so there is little to collect meanwhile,
    # and nothing at the end, when the collector would walk over all of it once more.
    gc.set_threshold(_MANY)
    code = _guarded(sys.argv[1:])
    gc.freeze()
    return code


def _guarded(arguments: list[str]) -> int:
    try:
        if sys.stdout is None:
            raise UsageError("standard output is closed, so there is no place for results")
        _speak_utf8()
        code = _run(arguments)
        sys.stdout.flush()
    except UsageError as error:
        return _say(str(error), WRONG_USE)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _forget_output()
        return CLOSED_PIPE
    except OSError as error:
        _forget_output()
        return _say(f"{error.filename or 'output'}: {error.strerror or error}", WRONG_USE)
    except Exception as error:
        if _is_wrong_use(error):
            return _say(str(error), WRONG_USE)
        return _fault(error)
    return code


def _run(arguments: list[str]) -> int:
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        if len(arguments) > 1 and arguments[0] == "help":
            return _run([arguments[1], "--help"])
        print(_overview(), file=sys.stdout if arguments else sys.stderr)
        return OK if arguments else WRONG_USE
    name, *rest = arguments
    if name in {"-V", "--version"}:
        print(f"promptlang {__version__}")
        return OK
    if name not in COMMANDS:
        raise UsageError(_unknown(name))
    command, arguments_parser = import_module(f"promptlang.cli.{name}"), parser(name)
    try:
        options, unknown = arguments_parser.parse_known_args(rest)
    except SystemExit as stop:
        return int(stop.code or 0)
    if unknown:
        raise UsageError(_unwanted(unknown[0], name, arguments_parser.format_usage()))
    code: int = command.run(options)
    return code


def parser(name: str) -> ArgumentParser:
    """Return the parser of the arguments of a command."""
    from argparse import ArgumentParser, RawDescriptionHelpFormatter
    from functools import partial

    command = import_module(f"promptlang.cli.{name}")
    made = ArgumentParser(
        prog=f"promptlang {name}",
        description=command.__doc__,
        formatter_class=partial(RawDescriptionHelpFormatter, width=_columns() - 2),
        allow_abbrev=False,
    )
    command.configure(made)
    return made


def _columns() -> int:
    """Return how wide help may be; argparse would load archives and their codecs to find out."""
    try:
        return int(os.environ.get("COLUMNS", "")) or 80
    except ValueError:
        pass
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except (AttributeError, OSError, ValueError):
        return 80


def _overview() -> str:
    lines = ["usage: promptlang COMMAND …", "", __doc__.split("\n")[0].split(":")[0], ""]
    lines[2] = "Screenplay-like .shot scripts into exact AI-video prompts and payloads."
    lines += [f"  {name:<9} {summary}" for name, summary in COMMANDS.items()]
    lines += ["", "promptlang COMMAND --help says more; promptlang --version says which this is."]
    return "\n".join(lines)


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    from promptlang.diagnostics import did_you_mean

    what = "option" if name.startswith("-") else "command"
    close = get_close_matches(name, COMMANDS, 1)
    hint = did_you_mean(close) or "there are " + ", ".join(sorted(COMMANDS))
    return f'unknown {what} "{name}"; {hint}'


def _unwanted(word: str, command: str, usage: str) -> str:
    import re
    from difflib import get_close_matches

    from promptlang.diagnostics import did_you_mean

    options = sorted(set(re.findall(r"--[a-z-]+", usage)))
    written = word.split("=")[0]
    near = did_you_mean(get_close_matches(written, options, 1)) if word.startswith("-") else None
    what = "option" if word.startswith("-") else "further word"
    hint = near or f"promptlang {command} --help says what it takes"
    return f'{command} takes no {what} "{written}"; {hint}'


def _speak_utf8() -> None:
    """Keep a result from failing on a character the terminal's encoding lacks."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = stream.encoding if stream.isatty() else "utf-8"
            reconfigure(encoding=encoding, errors="backslashreplace")


def _is_wrong_use(error: Exception) -> bool:
    # Looked up, not imported: in a broken installation that import may be what failed.
    homes = {"promptlang.config": "ConfigError", "promptlang.session": "TargetError"}
    kinds = [getattr(sys.modules.get(home), name, None) for home, name in homes.items()]
    return isinstance(error, tuple(kind for kind in kinds if kind is not None))


def _forget_output() -> None:
    """Keep Python from complaining aloud when it flushes standard output once more at exit."""
    try:
        number = sys.stdout.fileno()
    except (OSError, ValueError):
        return  # a program that calls main() has put something else in its place
    os.dup2(os.open(os.devnull, os.O_WRONLY), number)


def _say(message: str, code: int) -> int:
    from promptlang.cli.show import visible

    # It may repeat a file name or a column, which may hold what a terminal acts on.
    lines = [visible(line) for line in message.split("\n")]
    print("promptlang: " + "\n".join(lines), file=sys.stderr)
    return code


def _fault(error: Exception) -> int:
    """Report what should not have happened, with its place and without a traceback."""
    if os.environ.get("PROMPTLANG_TRACEBACK"):
        raise error
    place = ""
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f"{os.path.basename(code.co_filename)}:{trace.tb_lineno} in {code.co_name}"  # noqa: PTH119 - no path object while failing
        trace = trace.tb_next
    return _say(
        f"this is a fault of promptlang, not of your script: {type(error).__name__} at {place}"
        "\n(PROMPTLANG_TRACEBACK=1 shows more; please report it with the script)",
        FAULT,
    )
