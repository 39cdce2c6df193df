"""Says templates in Python: one function for each template and for each of its macros.

It knows as much of Jinja as the shipped templates use and refuses the rest, which shows when the
package is built. Variables keep their names; what a template prints, its function collects.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import meta, nodes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_OWN = frozenset(["capital", "closed", "listed", "sentence"])
"""Filters that are functions of `promptlang.emit.words`."""

_SPOKEN = ("_shared/parts.j2", "spoken")
"""The macro that is a filter too."""

_GIVEN = frozenset(["angle", "edit", "layered", "shot"])
"""What a template is told, see the README of the templates."""

_BETWEEN = {nodes.Add: "+", nodes.And: "and", nodes.Or: "or"}
_COMPARED = {"eq": "==", "ne": "!=", "in": "in", "notin": "not in"}


class UnknownInPythonError(ValueError):
    """A template uses something of Jinja that `translate` cannot say."""


def translate(trees: Mapping[str, nodes.Template], checksum: int) -> str:
    """Return the source of a module that does what the templates do.

    Args:
        trees: What Jinja reads, by the name of the template.
        checksum: By which the module is known to agree with its templates.

    Raises:
        UnknownInPythonError: A template uses what cannot be said.
    """
    lines = [
        '"""Made from the templates; do not edit."""',
        "# mypy: ignore-errors",
        "from promptlang.emit import words as _words",
        f"CHECKSUM = {checksum}",
    ]
    for name, tree in trees.items():
        lines += _Translation(name).template(tree)
    lines += ["TEMPLATES = {", *(f"    {name!r}: {_function(name)}," for name in trees), "}", ""]
    return "\n".join(lines)


def _function(template: str, macro: str = "") -> str:
    plain = re.sub(r"\W", "_", template.removesuffix(".j2"))
    return f"_{plain}__{macro}"


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" for line in lines]


class _Translation:
    """One template on its way into Python."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.macros: set[str] = set()
        self.imports: dict[str, str] = {}

    def template(self, tree: nodes.Template) -> list[str]:
        """Return the functions of the macros and the one of the template itself."""
        macros = list(tree.find_all(nodes.Macro))
        self.macros.update(macro.name for macro in macros)
        lines = [line for macro in macros for line in self._macro(macro)]
        wanted = sorted(meta.find_undeclared_variables(tree).intersection(_GIVEN))
        # Every template is told all there is; one that has no use for a name leaves it.
        given = ", ".join([*(["*", *wanted] if wanted else []), "**_"])
        head = f"def {_function(self.name)}({given}):"
        return [*lines, head, *self._body(tree.body)]

    def _macro(self, macro: nodes.Macro) -> list[str]:
        takes = [argument.name for argument in macro.args]
        for place, default in enumerate(reversed(macro.defaults), start=1):
            takes[-place] += f"={self._value(default)}"
        head = f"def {_function(self.name, macro.name)}({', '.join(takes)}):"
        return [head, *self._body(macro.body)]

    def _body(self, body: Sequence[nodes.Node]) -> list[str]:
        return _indented(["out = []", *self._statements(body), 'return "".join(out)'])

    def _statements(self, body: Sequence[nodes.Node]) -> list[str]:
        return [line for node in body for line in self._statement(node)]

    def _statement(self, node: nodes.Node) -> list[str]:
        if isinstance(node, nodes.Macro):
            return []
        if isinstance(node, nodes.Import) and isinstance(node.template, nodes.Const):
            self.imports[node.target] = node.template.value
            return []
        if isinstance(node, nodes.Output):
            return [f"out.append({self._printed(part)})" for part in node.nodes]
        if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            return [f"{node.target.name} = {self._value(node.node)}"]
        if isinstance(node, nodes.If):
            return self._if(node)
        if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
            return self._for(node, node.target.name)
        raise self._unknown(node)

    def _if(self, node: nodes.If) -> list[str]:
        lines: list[str] = []
        for word, part in [("if", node), *(("elif", part) for part in node.elif_)]:
            inside = _indented(self._statements(part.body) or ["pass"])
            lines += [f"{word} {self._value(part.test)}:", *inside]
        if node.else_:
            lines += ["else:", *_indented(self._statements(node.else_))]
        return lines

    def _for(self, node: nodes.For, name: str) -> list[str]:
        if node.else_ or node.test or node.recursive:
            raise self._unknown(node)
        return [
            f"for {name} in {self._value(node.iter)}:",
            *_indented(self._statements(node.body) or ["pass"]),
        ]

    def _printed(self, node: nodes.Expr) -> str:
        if isinstance(node, nodes.TemplateData):
            return repr(node.data)
        if isinstance(node, nodes.Const) and isinstance(node.value, str):
            return repr(node.value)
        return f"str({self._value(node)})"

    def _value(self, node: nodes.Node) -> str:
        """Return an expression that has the value of a node."""
        if isinstance(node, nodes.Const):
            return repr(node.value)
        if isinstance(node, nodes.Name):
            return node.name
        if isinstance(node, nodes.Getattr):
            return f"{self._value(node.node)}.{node.attr}"
        if isinstance(node, nodes.Getitem):
            return f"{self._value(node.node)}[{self._value(node.arg)}]"
        if isinstance(node, nodes.List):
            return f"[{', '.join(map(self._value, node.items))}]"
        if isinstance(node, nodes.Dict):
            rows = [f"{self._value(row.key)}: {self._value(row.value)}" for row in node.items]
            return f"{{{', '.join(rows)}}}"
        if isinstance(node, nodes.Concat):
            return f'"".join([{", ".join(map(self._printed, node.nodes))}])'
        if isinstance(node, nodes.CondExpr):
            # Without an else Jinja gives something that is false and prints as nothing.
            other = '""' if node.expr2 is None else self._value(node.expr2)
            return f"({self._value(node.expr1)} if {self._value(node.test)} else {other})"
        if isinstance(node, nodes.Filter | nodes.Call):
            return self._filter(node) if isinstance(node, nodes.Filter) else self._call(node)
        return self._joined(node)

    def _joined(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Not):
            return f"(not {self._value(node.node)})"
        if isinstance(node, nodes.BinExpr) and type(node) in _BETWEEN:
            sign = _BETWEEN[type(node)]
            return f"({self._value(node.left)} {sign} {self._value(node.right)})"
        if isinstance(node, nodes.Compare) and len(node.ops) == 1:
            (by,) = node.ops
            return f"({self._value(node.expr)} {_COMPARED[by.op]} {self._value(by.expr)})"
        raise self._unknown(node)

    def _filter(self, node: nodes.Filter) -> str:
        if node.node is None or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise self._unknown(node)
        value, arguments = self._value(node.node), node.args
        if node.name == "list" and not arguments:
            return f"list({value})"
        if node.name == "select" and not arguments:
            return f"[item for item in {value} if item]"
        if node.name == "join" and len(arguments) == 1:
            return f"{self._value(arguments[0])}.join([str(item) for item in {value}])"
        if node.name == "map" and isinstance(arguments[0], nodes.Const) and len(arguments) == 1:
            return f"[{self._named(node, arguments[0].value)}(item) for item in {value}]"
        inside = ", ".join([value, *map(self._value, arguments)])
        return f"{self._named(node, node.name)}({inside})"

    def _named(self, node: nodes.Node, filter: str) -> str:
        if filter == _SPOKEN[1]:
            return _function(*_SPOKEN)
        if filter not in _OWN:
            raise self._unknown(node)
        return f"_words.{filter}"

    def _call(self, node: nodes.Call) -> str:
        if node.dyn_args or node.dyn_kwargs:
            raise self._unknown(node)
        takes = [self._value(argument) for argument in node.args]
        takes += [f"{given.key}={self._value(given.value)}" for given in node.kwargs]
        return f"{self._called(node.node)}({', '.join(takes)})"

    def _called(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Name) and node.name in self.macros:
            return _function(self.name, node.name)
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            home = self.imports.get(node.node.name)
            if home is not None:
                return _function(home, node.attr)
        return self._value(node)

    def _unknown(self, node: nodes.Node) -> UnknownInPythonError:
        return UnknownInPythonError(f"{self.name}:{node.lineno}: {type(node).__name__}")
