"""The catalogue's page: every key and word stands in it, and its step-by-step example works as written."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from queue_server.catalogue import form_shape, guide_shape, procedure_shape
from queue_server.catalogue.folder import BUILT_IN
from queue_server.catalogue.load_catalogue import load_catalogue
from queue_server.catalogue.shape import ConditionShape, Shape
from queue_server.documents import check_layout
from queue_server.domain.forms import ComplaintCode, Control, Prefill, RuleKind
from queue_server.domain.forms.formats import FORMATS
from queue_server.domain.procedure import Outcome

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8")
SHAPES = [
    each
    for module in (form_shape, procedure_shape, guide_shape)
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, Shape) and each.__module__ == module.__name__
]


@pytest.mark.parametrize("shape", [*SHAPES, ConditionShape], ids=lambda shape: shape.__name__)
def test_every_key_stands_in_the_page(shape: type[Shape]) -> None:
    for name, field in shape.model_fields.items():
        key = field.alias or name
        assert re.search(rf"`{key}`|[{{ ]{key}: ", PAGE), f"{shape.__name__}: {key}"


@pytest.mark.parametrize("words", [Control, Prefill, RuleKind, Outcome, ComplaintCode], ids=lambda each: each.__name__)
def test_every_word_stands_in_the_page(words: type[Control]) -> None:
    assert {word for word in words if f"`{word}`" not in PAGE} == set()


def test_every_format_stands_in_the_page() -> None:
    assert {name for name in FORMATS if f"`{name}`" not in PAGE} == set()


def test_the_built_in_papers_types_stand_in_the_page() -> None:
    versions = [version for each in load_catalogue().procedures.values() for version in each]
    types = {paper.type for version in versions for paper in version.papers}
    assert {kind for kind in types if f"`{kind}`" not in PAGE} == set()


def example(name: str) -> str:
    """A block of the page that begins with the comment `# <name>`."""
    blocks = [dedent(block) for block in re.findall(r"(?m)^( *```(?:yaml|typst)\n.*?)```", PAGE, flags=re.DOTALL)]
    texts = [block.partition("\n")[2] for block in blocks]
    (found,) = [text for text in texts if text.startswith((f"# {name}\n", f"// {name}\n"))]
    return found


def test_the_steps_of_the_page_lead_to_a_procedure_and_to_its_form(tmp_path: Path) -> None:
    procedure = example("procedures/9.000001.yaml")
    path = tmp_path / "procedures" / "9.000001.yaml"
    path.parent.mkdir()
    path.write_text(procedure, encoding="utf-8")
    explained = load_catalogue((BUILT_IN, tmp_path)).procedure("9.000001", date(2026, 1, 1))
    assert explained is not None
    assert explained.outcome is Outcome.GUIDANCE
    form = tmp_path / "forms" / "xac-nhan-cu-tru" / "2026-01-01.yaml"
    form.parent.mkdir(parents=True)
    form.write_text(example("forms/xac-nhan-cu-tru/2026-01-01.yaml"), encoding="utf-8")
    form.with_suffix(".typ").write_text(example("forms/xac-nhan-cu-tru/2026-01-01.typ"), encoding="utf-8")
    filed = procedure.replace("outcome: guidance", "outcome: dossier\n    form: xac-nhan-cu-tru/2026-01-01")
    path.write_text(filed, encoding="utf-8")
    catalogue = load_catalogue((BUILT_IN, tmp_path))
    offered = catalogue.procedure("9.000001", date(2026, 1, 1))
    assert offered is not None
    assert offered.form is not None
    assert offered.form.owner == "person_id"
    check_layout(offered.form, catalogue.layouts[offered.form.layout])
