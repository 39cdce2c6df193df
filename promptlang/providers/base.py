"""What a provider is: the one class a new platform writes."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from pydantic import BaseModel

    from promptlang.providers.draft import Draft
    from promptlang.providers.target import Target


class Complaint(NamedTuple):
    """Something a payload cannot take.

    Attributes:
        path: Where, dotted, as the payload spells it.
        message: What is wrong with it, in plain words.
        suggestions: What may have been meant.
        of_value: Whether they are values, not names of the last part of the path.
    """

    path: str
    message: str
    suggestions: tuple[str, ...] = ()
    of_value: bool = False


class Provider(ABC):
    """Spells drafts as payloads and reads replies. The base is complete where data is enough.

    Attributes:
        name: The folder of ``templates/`` with its targets.
    """

    name: ClassVar[str]

    def payload(self, draft: Draft) -> BaseModel:
        """Return the typed body of a request, without the provider fields of the script.

        Raises:
            PayloadError: The model refuses a value; the error says which and why.
        """
        from promptlang.providers.fields import build

        model = self.model(draft.task.payload)
        return build(model, self._given(draft, model.model_fields))

    def accepted(self, draft: Draft) -> dict[str, Any] | None:
        """Return exactly what is sent, None where only the payload model can tell."""
        from promptlang.providers.accept import body, fields

        model = draft.task.payload
        names = fields(self.name, model)
        return body(self.name, model, self._given(draft, names), self._rule) if names else None

    def _given(self, draft: Draft, names: Container[str]) -> dict[str, Any]:
        return {
            name: value
            for name, value in self.values(draft).items()
            if name in names and value is not None and value != []
        }

    def _rule(self, name: str) -> Callable[[Any], Any]:
        """Return a rule of the payload models by its name: a function beside the provider."""
        rule: Callable[[Any], Any] = getattr(sys.modules[type(self).__module__], name)
        return rule

    @abstractmethod
    def values(self, draft: Draft) -> dict[str, Any]:
        """Return what a draft holds by the names the payload models have for it.

        A name the model of the task lacks is left out; `leftovers` names what is lost by that.
        """

    def leftovers(self, draft: Draft) -> list[Complaint]:
        """Return what a draft holds that its payload cannot carry, with the reason for each.

        Whole features are the planner's business (a task says what it takes). This is for what a
        task takes in general and not in this case, such as a voice on an element of pictures.
        """
        return []

    def body(self, payload: BaseModel) -> dict[str, Any]:
        """Return exactly what is sent: fields in the order documented, without those not set."""
        return payload.model_dump(mode="json", by_alias=True, exclude_none=True)

    def apply_fields(
        self, payload: BaseModel, fields: Mapping[str, Any]
    ) -> tuple[BaseModel, list[Complaint]]:
        """Return a payload with provider fields of a script merged in.

        Args:
            payload: A payload of this provider.
            fields: JSON values by dotted path, spelt as the payload spells it; ``null`` takes an
                optional field away.

        Returns:
            The payload with every field it could take, and what is wrong with the others.
        """
        from promptlang.providers.fields import apply

        return apply(payload, fields)

    def model(self, name: str) -> type[BaseModel]:
        """Return a payload model by the name a task's ``payload`` gives."""
        found: type[BaseModel] = getattr(import_module(f"{type(self).__module__}_payloads"), name)
        return found

    def reply(self, body: dict[str, Any]) -> Reply:
        """Read a reply of the interface, whatever stage it reports; never raises."""
        return Reply("unknown", error=f"{self.name} has no interface that could reply")

    def http(self, target: Target, endpoint: str | None) -> dict[str, Any] | None:
        """Return method, url and headers of a request; None for a form without interface."""
        if target.http is None or endpoint is None:
            return None
        return {
            "method": target.http["method"],
            "url": target.http["url"].replace("{endpoint}", endpoint),
            "headers": dict(target.http["headers"]),
        }


class Reply:
    """What a provider answered, in one shape for all.

    Attributes:
        state: ``submitted``, ``running``, ``done`` or ``failed``; ``unknown`` where the answer
            has none of the documented shapes, so that nobody takes it for a failure and pays
            twice.
        id: The provider's handle for the job, or None.
        outputs: Addresses of results, empty until done.
        error: What went wrong, or None.
        poll: The address to ask again, or None.
    """

    __slots__ = ("error", "id", "outputs", "poll", "state")

    def __init__(
        self,
        state: str,
        *,
        id: str | None = None,
        outputs: tuple[str, ...] = (),
        error: str | None = None,
        poll: str | None = None,
    ) -> None:
        self.state = state
        self.id = id
        self.outputs = outputs
        self.error = error
        self.poll = poll

    def __repr__(self) -> str:
        return f"Reply({self.state}, id={self.id!r}, outputs={self.outputs!r}, {self.error!r})"
