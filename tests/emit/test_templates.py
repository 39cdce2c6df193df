"""The templates in Python: the same as Jinja makes of them, whatever a view holds."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlang import resources, tables
from promptlang.emit import templates
from promptlang.emit.translate import UnknownInPythonError, translate
from promptlang.emit.views import PARTS, AngleView, EditView, Line, Said, ShotView, View
from tests.written import loaded

if TYPE_CHECKING:
    from pathlib import Path

WORDS = st.sampled_from(["", "\ue0000\ue001", "\ue00012\ue001, \ue0007\ue001", "a", "@"])
FLAGS = st.booleans()
LINES = st.lists(
    st.one_of(
        st.builds(
            SimpleNamespace,
            kind=st.just(Said.kind),
            quote=st.sampled_from([('"', '"'), ("“", "”")]),
            off_screen=FLAGS,
            **{name: WORDS for name in Said.__slots__ if name not in {"quote", "off_screen"}},
        ),
        st.builds(SimpleNamespace, kind=st.sampled_from(["prose", "super"]), text=WORDS),
    ),
    max_size=3,
)
SEVERAL = st.lists(WORDS, max_size=3)
FORMS = {
    "order": st.permutations(PARTS),
    "body": LINES,
    "lines": LINES,
    **dict.fromkeys(["flows", "lit", "layered", "silent_music", "silent_sound"], FLAGS),
    **dict.fromkeys(
        ["camera", "subjects", "roles", "described", "keep", "changes", "texts"], SEVERAL
    ),
    **dict.fromkeys(["terms", "sentences", "keep_source"], SEVERAL),
}
VIEWS: dict[str, type[View]] = {"shot": ShotView, "edit": EditView, "angle": AngleView}


def views(name: str) -> st.SearchStrategy[SimpleNamespace]:
    """Return whatever a template may see, each attribute by itself."""
    return st.builds(SimpleNamespace, **{s: FORMS.get(s, WORDS) for s in VIEWS[name].__slots__})


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return loaded(templates.write, tmp_path_factory.mktemp("table"))


def test_every_template_is_written(written: Any) -> None:
    assert templates.checksum() == written.CHECKSUM
    assert sorted(written.TEMPLATES) == sorted(templates.names())
    assert {f"_shared/{name}.j2" for name in VIEWS} < set(written.TEMPLATES)


@pytest.mark.parametrize("name", VIEWS)
@given(data=st.data(), layered=FLAGS)
def test_written_templates_say_what_jinja_says(
    written: Any, name: str, data: st.DataObject, layered: bool
) -> None:
    seen = {name: data.draw(views(name)), "layered": layered}
    file = f"_shared/{name}.j2"
    assert written.TEMPLATES[file](**seen) == templates.jinja(file)(**seen)


@pytest.mark.parametrize("name", VIEWS)
def test_a_slip_is_an_error_in_both(written: Any, name: str) -> None:
    file = f"_shared/{name}.j2"
    for template in (written.TEMPLATES[file], templates.jinja(file)):
        with pytest.raises(Exception, match="has no attribute"):
            template(**{name: SimpleNamespace(), "layered": False})


def test_a_line_is_worded_by_kind() -> None:
    line = Line("super", "\ue0000\ue001")
    said = templates.environment().filters["spoken"](line)
    assert said == 'On-screen text: "\ue0000\ue001"\ue003'


@pytest.mark.parametrize(
    "source",
    [
        "{{ shot | upper }}",
        "{{ shot.camera | map('upper') | list }}",
        "{{ shot.camera | map(attribute='x') | list }}",
        "{{ shot is defined }}",
        "{{ -shot }}",
        "{{ 1 < 2 < 3 }}",
        "{{ shot(*layered) }}",
        "{% for a in shot recursive %}{% endfor %}",
        "{% for a in shot if a %}{% endfor %}",
        "{% for a in shot %}{% else %}b{% endfor %}",
        "{% for a, b in shot %}{% endfor %}",
        "{% block a %}{% endblock %}",
        "{% import shot as parts %}",
        "{% set a %}b{% endset %}",
    ],
)
def test_what_cannot_be_said_in_python_is_refused(source: str) -> None:
    tree = templates.environment().parse(source)
    with pytest.raises(UnknownInPythonError, match=r"own/a\.j2:1: "):
        translate({"own/a.j2": tree}, 0)


@pytest.mark.parametrize(
    "source",
    [
        "{% if layered %}a{% elif shot == 'b' %}b{% else %}c{% endif %}",
        "{% macro m(a, b='x') %}{{ a ~ b }}{% endmacro %}{{ m(shot) }}{{ m(shot, b='y') }}",
        "{% for a in shot %}[{{ a }}]{% endfor %}",
        "{{ {'b': 1}[shot] ~ [shot, 'c'][1] if shot != 'c' and not layered or shot in 'b' }}",
    ],
)
@pytest.mark.parametrize("layered", [False, True])
def test_what_is_said_in_python(source: str, layered: bool) -> None:
    environment = templates.environment()
    home: dict[str, Any] = {}
    exec(translate({"own/a.j2": environment.parse(source)}, 0), home)
    given = {"shot": "b", "layered": layered}
    said = home["TEMPLATES"]["own/a.j2"](**given)
    assert said == environment.from_string(source).render(given)


def test_the_written_templates_do_not_depend_on_the_run(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from promptlang.emit.templates import write;"
    code += "write(Path(sys.argv[1]))"
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / seed)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
    first, second = ((tmp_path / seed / "_table.py").read_bytes() for seed in ("1", "2"))
    assert first == second


def test_a_stale_module_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "stale_package"
    package.mkdir()
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert tables.load("stale_package", lambda: 1) is None
    tables.write(package, "CHECKSUM = 1\n")
    monkeypatch.setattr(tables, "in_checkout", lambda: True)
    importlib.invalidate_caches()
    used = tables.load("stale_package", lambda: 1)
    assert used is not None
    assert tables.load("stale_package", lambda: 2) is None
    monkeypatch.setattr(tables, "in_checkout", lambda: False)
    assert tables.load("stale_package", lambda: 2) is used


def test_without_the_module_jinja_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "load", lambda package, checksum: None)
    found = templates.find.__wrapped__("fal", "edit.j2")
    seen = SimpleNamespace(**dict.fromkeys(EditView.__slots__, ""))
    seen.keep, seen.changes, seen.texts, seen.described, seen.lines = ["a"], [], [], [], []
    assert found(edit=seen) == "\ue002keep a unchanged\ue003"
    assert "fal" in resources.names("templates")
