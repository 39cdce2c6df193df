"""What Kling answers: a submission, a state, a result; in the legacy form and in the new one.

The legacy form says ``succeed`` where the new one says ``succeeded``; both are read everywhere.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from promptlang.providers.base import Reply

_HOST = "https://api-singapore.klingai.com"
_STATES = {
    "submitted": "submitted",
    "processing": "running",
    "succeed": "done",
    "succeeded": "done",
    "failed": "failed",
}
Status = Literal["submitted", "processing", "succeed", "succeeded", "failed"]


class _Shape(BaseModel):
    # Identifiers come as text on one page and as numbers on another.
    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)


class Film(_Shape):
    """A result of the legacy form."""

    url: str
    id: str | None = None
    watermark_url: str | None = None
    duration: str | None = None


class Views(_Shape):
    """A set of still views of an automatic multi-shot."""

    index: int | None = None
    url_1: str | None = None
    url_2: str | None = None
    url_3: str | None = None


class Results(_Shape):
    """The results of a legacy task."""

    videos: list[Film] = []
    images: list[Views] = []


class Task(_Shape):
    """A task of the legacy form."""

    task_id: str
    task_status: Status
    task_status_msg: str | None = None
    task_result: Results | None = None
    created_at: int | None = None
    updated_at: int | None = None


class Output(_Shape):
    """A result of the new form."""

    url: str
    type: str | None = None
    id: str | None = None
    duration: str | None = None


class NewTask(_Shape):
    """A task of the new form."""

    id: str
    status: Status
    message: str | None = None
    outputs: list[Output] = []
    external_id: str | None = None


class Answer(_Shape):
    """The envelope of both forms."""

    code: int
    message: str = ""
    request_id: str | None = None
    data: Task | NewTask | list[Task | NewTask] | None = None


def read(body: Any) -> Reply:
    """Return a reply of Kling in the one shape all providers share.

    A list of tasks is read where it holds one: a `Reply` is about one job.
    """
    try:
        found = Answer.model_validate(body)
    except ValidationError:
        return Reply("unknown", error="the answer has none of the shapes Kling documents")
    if found.code != 0:
        return Reply("failed", error=f"{found.message or 'no reason'} (code {found.code})")
    tasks = found.data if isinstance(found.data, list) else [found.data]
    if len(tasks) != 1 or tasks[0] is None:
        return Reply(
            "unknown",
            error=f"the answer is about {len(tasks)} tasks, not one"
            if len(tasks) != 1
            else "the answer is about no task",
        )
    task = tasks[0]
    return _legacy(task, found) if isinstance(task, Task) else _new(task, found)


def _legacy(task: Task, answer: Answer) -> Reply:
    results = task.task_result or Results()
    outputs = [film.url for film in results.videos]
    for views in results.images:
        outputs += [url for url in (views.url_1, views.url_2, views.url_3) if url]
    poll = f"{_HOST}/v1/videos/omni-video/{task.task_id}"
    return _reply(task.task_id, task.task_status, outputs, task.task_status_msg, answer, poll)


def _new(task: NewTask, answer: Answer) -> Reply:
    outputs = [output.url for output in task.outputs]
    poll = f"{_HOST}/tasks?task_ids={task.id}"
    return _reply(task.id, task.status, outputs, task.message, answer, poll)


def _reply(
    id: str, status: str, outputs: list[str], said: str | None, answer: Answer, poll: str
) -> Reply:
    state = _STATES[status]
    if state == "done" and not outputs:
        return Reply("unknown", id=id, error=f'the task says "{status}" and brings no result')
    if state == "done":
        return Reply(state, id=id, outputs=tuple(outputs))
    if state == "failed":
        return Reply(state, id=id, error=said or answer.message or "no reason")
    return Reply(state, id=id, poll=poll)
