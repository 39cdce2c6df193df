"""The .shot language: screenplay-like scripts compiled into exact AI-video prompts and payloads.

Importing this costs next to nothing: every name is loaded when it is first asked for.
"""

from importlib import import_module

from promptlang.version import __version__

TYPE_CHECKING = False  # `typing` would be half of the time this takes; checkers know the name

if TYPE_CHECKING:
    from promptlang.api import check, compile, fix, format, parse, targets
    from promptlang.diagnostics import Diagnostic, Edit, Fix, Loss, Related, Severity
    from promptlang.emit.result import Compilation, CompileError, Request
    from promptlang.lint.fix import FixResult
    from promptlang.lint.select import SelectError
    from promptlang.model.storyboard import Storyboard
    from promptlang.providers.target import Target
    from promptlang.session import Document, TargetError
    from promptlang.source import Source, Span
    from promptlang.syntax.ast import Script
    from promptlang.workspace import Workspace

# fmt: off
__all__ = [
    "Compilation", "CompileError", "Diagnostic", "Document", "Edit", "Fix", "FixResult", "Loss",
    "Related", "Request", "Script", "SelectError", "Severity", "Source", "Span", "Storyboard",
    "Target", "TargetError", "Workspace", "__version__", "check", "compile", "fix", "format",
    "parse", "targets",
]
# fmt: on

_HOMES = {
    "api": ("check", "compile", "fix", "format", "parse", "targets"),
    "diagnostics": ("Diagnostic", "Edit", "Fix", "Loss", "Related", "Severity"),
    "emit.result": ("Compilation", "CompileError", "Request"),
    "lint.fix": ("FixResult",),
    "lint.select": ("SelectError",),
    "model.storyboard": ("Storyboard",),
    "providers.target": ("Target",),
    "session": ("Document", "TargetError"),
    "source": ("Source", "Span"),
    "syntax.ast": ("Script",),
    "workspace": ("Workspace",),
}

if not TYPE_CHECKING:  # checkers see the names above; a typo must stay one for them

    def __getattr__(name):
        for home, names in _HOMES.items():
            if name in names:
                value = globals()[name] = getattr(import_module(f"promptlang.{home}"), name)
                return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
