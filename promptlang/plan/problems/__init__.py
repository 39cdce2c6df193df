"""What planning and the checks of files report, by family."""

from __future__ import annotations

from promptlang.plan.problems import losses, media, requests, timing
from promptlang.plan.problems.losses import *  # noqa: F403  # one place for callers; __all__ lists each
from promptlang.plan.problems.media import *  # noqa: F403  # as above
from promptlang.plan.problems.requests import *  # noqa: F403  # as above
from promptlang.plan.problems.timing import *  # noqa: F403  # as above

PROBLEMS = (*timing.PROBLEMS, *requests.PROBLEMS, *losses.PROBLEMS, *media.PROBLEMS)
