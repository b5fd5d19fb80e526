"""A mistake in a catalogue's file is told with its file, its line and what was expected; all of them at once."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from queue_server.catalogue.faults import FaultyCatalogue
from queue_server.catalogue.folder import BUILT_IN
from queue_server.catalogue.load import load_hall
from queue_server.catalogue.load_catalogue import folders_of, load_catalogue
from queue_server.domain.procedure import Outcome

FORM = """\
code: don
version: "1"
name: {vi: Đơn, en: Request}
official: {vi: Đơn đề nghị, en: Request form}
groups:
  - {code: person, name: {vi: Người nộp, en: Whoever files}}
questions:
  - field: name
    control: name
    group: person
    label: {vi: Họ tên?, en: Name?}
    short: {vi: Họ tên, en: Name}
    prefill: [card.name]
  - field: ident
    control: citizen-id
    group: person
    label: {vi: Số căn cước?, en: Identity number?}
    short: {vi: Số căn cước, en: Identity number}
  - field: born
    control: date
    group: person
    label: {vi: Ngày sinh?, en: Born on?}
    short: {vi: Ngày sinh, en: Birth date}
  - field: kind
    control: choice
    group: person
    label: {vi: Loại nào?, en: Which kind?}
    short: {vi: Loại, en: Kind}
    options:
      - {code: short, name: {vi: Ngắn, en: Short}}
      - {code: long, name: {vi: Dài, en: Long}}
  - field: months
    control: number
    group: person
    label: {vi: Mấy tháng?, en: How many months?}
    short: {vi: Số tháng, en: Months}
    when: [{field: kind, is: [long]}]
schema:
  type: object
  properties:
    name: {type: string, format: person-name, maxLength: 60}
    ident: {type: string, format: citizen-id}
    born: {type: string, format: date}
    kind: {enum: [short, long]}
    months: {type: integer, minimum: 1, maximum: 24}
  required: [name, ident, born, kind, months]
rules:
  - {check: not-future, field: born}
owner: ident
owner_birth: born
"""
PROCEDURE = """\
code: "9.000001"
versions:
  - effective_from: 2025-07-01
    source: assumed
    name: {vi: Cấp phép, en: Permit}
    summary: {vi: Cấp giấy phép., en: Gives a permit.}
    who:
      - {vi: Ai cũng được, en: Anyone}
    papers:
      - {type: DON, name: {vi: Ảnh, en: Photo}, when: [{field: kind, is: [long]}]}
    fees:
      - name: {vi: Mỗi tháng, en: A month}
        per: months
        steps: [{from: 1, price: 1000}]
        when: [{field: kind, is: [long]}]
      - {name: {vi: Ngắn hạn, en: Short}, amount: 5000}
    time: {working_days: 2, cutoff: "15:00"}
    outcome: dossier
    service: "2.000815"
    life_events: [kinh-doanh]
    keywords: [giấy phép]
    form: don/1
    mean_min: 5
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    (folder / "procedures").mkdir(parents=True)
    (folder / "forms" / "don").mkdir(parents=True)
    (folder / "procedures" / "9.000001.yaml").write_text(PROCEDURE, encoding="utf-8")
    (folder / "forms" / "don" / "1.yaml").write_text(FORM, encoding="utf-8")
    (folder / "forms" / "don" / "1.typ").write_text("Hello", encoding="utf-8")
    return folder


def faults(own: Path, *edits: tuple[str, str], in_form: bool = True) -> list[str]:
    """What is told after each text was replaced, without the folder: `1.yaml:5: key: text`."""
    path = own / "forms" / "don" / "1.yaml" if in_form else own / "procedures" / "9.000001.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    try:
        load_catalogue((BUILT_IN, own))
    except FaultyCatalogue as error:
        return [line.removeprefix(f"{path.parent}/") for line in str(error).splitlines()]
    return []


def is_told(path: Path, new: str, told: str, found: list[str]) -> bool:
    """Whether `told` is among the faults; where it begins with @, on just the line on which the mistake was made."""
    text = path.read_text(encoding="utf-8")
    line = text[: text.index(new.lstrip("\n"))].count("\n") + 1 if new else 0
    where = f"{path.name}:{line}: {told[1:]}" if told.startswith("@") else told
    return any(where in each for each in found)


def test_a_halls_own_procedure_and_form_are_added(own: Path) -> None:
    catalogue = load_catalogue((BUILT_IN, own))
    permit = catalogue.procedure("9.000001", date(2026, 1, 1))
    assert permit is not None
    assert permit.outcome is Outcome.DOSSIER
    assert permit.form is catalogue.form("don", "1")
    assert catalogue.procedure("9.000001", date(2025, 6, 30)) is None
    assert len(catalogue.on(date(2026, 1, 1))) == 13
    assert catalogue.version != load_catalogue().version
    assert catalogue.layouts["don/1.typ"] == b"Hello"


def test_a_halls_own_file_goes_before_the_built_in_one(own: Path) -> None:
    built_in = (BUILT_IN / "procedures" / "1.001612.yaml").read_text(encoding="utf-8")
    changed = built_in.replace("effective_from: 2025-07-01", "effective_from: 2026-01-01")
    (own / "procedures" / "1.001612.yaml").write_text(changed, encoding="utf-8")
    catalogue = load_catalogue((BUILT_IN, own))
    assert [each.version for each in catalogue.procedures["1.001612"]] == [date(2026, 1, 1)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("control: name", "control: nam", "@questions.0.control: input should be"),
        ("name: {vi: Đơn, en: Request}", "name: {vi: Đơn}", "1.yaml:3: name.en: is missing"),
        ('version: "1"', "version: 1", "@version: must be text; put numbers, true and false in quotes"),
        ("owner: ident", "ownr: ident", "@ownr: is not a key of this table"),
        ("owner: ident", "owner: name", "@owner: must be a question whose control is citizen-id"),
        ("field: name", "field: Name", "@questions.0.field: string should match pattern"),
        ("    group: person", "    group: persons", "@questions.0.group: there is no group persons"),
        ("- {code: person,", "- {code: other,", "@groups.0.code: no question belongs to the group other"),
        (
            "prefill: [card.name]",
            "prefill: [today]",
            "@questions.0.prefill.0: today fits only date, not name",
        ),
        ("prefill: [card.name]", "same_as: [ident]", "@questions.0.same_as.0: ident is not an earlier"),
        ("is: [long]", "is: [never]", "@questions.4.when.0.is: never is no answer to kind: long, short"),
        ("when: [{field: kind,", "when: [{field: later,", "questions.4.when.0.field: later is not an earlier question"),
        ("field: kind, is: [long]", "field: name, is: [x]", "name is asked as name: only filled can be asked of it"),
        ("is: [long]", "is: [long], filled: true", "when.0: needs exactly one of is, is_not, filled"),
        ("field: months", "field: weeks", "@questions.4.field: schema.properties has no weeks"),
        (
            "    born: {type: string",
            "    bore: {type: string",
            "@schema.properties.bore: no question asks this",
        ),
        ("{type: integer, min", "{type: string, min", "schema.properties.months: type must be integer"),
        ("format: date}", "format: person-name}", "the format person-name does not go with the control date"),
        ("format: date}", "format: datum}", "schema.properties.born.format: datum is no known format"),
        ("minimum: 1,", "minimum: one,", "schema.properties.months.minimum: is not JSON Schema 2020-12"),
        ("enum: [short, long]", "enum: [short]", "schema.properties.kind: enum must be the question's options"),
        ("minimum: 1,", "minimun: 1,", "@schema.properties.months.minimun: minimun is no keyword"),
        (
            "{enum: [short, long]}",
            '{enum: [short, long], anyOf: [{pattern: "(a+"}]}',
            "@schema.properties.kind.anyOf.0.pattern: is no regular expression: missing )",
        ),
        ("  type: object", "  type: array", "schema.type: must be object"),
        ("  type: object", "  type: object\n  if: {}", "schema.if: has no effect here"),
        ("{enum: [short, long]}", "{$ref: 'http://example.org/x'}", "is not one of this schema's $defs"),
        ("required: [name,", "required: [nobody, name,", "schema.required.0: no question asks nobody"),
        ("required: [name, ident,", "required: [name,", "owner: ident must always be asked and required"),
        ("check: not-future", "check: not-after", "rules.0: not-after needs other"),
        ("check: not-future", "check: age-at-least", "rules.0: age-at-least needs years"),
        (
            "check: not-future, field: born",
            "check: not-future, field: name",
            "compares days, and name is asked as name",
        ),
        ("code: don", "code: other", "@code: the file must be called other/1.yaml"),
        ("questions:\n", "questions:\n  - {", "is not valid YAML: "),
        ("    control: name\n", "    control: name\n    control: name\n", "is not valid YAML: "),
    ],
)
def test_a_mistake_in_a_form(own: Path, old: str, new: str, told: str) -> None:
    found = faults(own, (old, new))
    assert is_told(own / "forms" / "don" / "1.yaml", new, told, found), found
    assert all(line.startswith(("1.yaml:", str(own))) for line in found)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("form: don/1", "form: don/2", "@versions.0.form: there is no form don/2"),
        ("outcome: dossier", "outcome: guidance", "versions.0.form: guidance asks nothing"),
        ("    form: don/1\n", "", "versions.0.outcome: dossier needs a form"),
        ('    time: {working_days: 2, cutoff: "15:00"}\n', "", "dossier needs time"),
        ('cutoff: "15:00"', 'cutoff: "25:00"', "@versions.0.time.cutoff: must be a time"),
        (
            "per: months",
            "per: kind",
            "versions.0.fees.0.per: kind must be a question of the form whose control is number",
        ),
        ("steps: [{from: 1,", "steps: [{from: 2,", "steps must begin with from: 1"),
        ("amount: 5000", "amount: -1", "versions.0.fees.1.amount: input should be greater than or equal to 0"),
        ("is: [long]", "is: [nothing]", "versions.0.papers.0.when.0.is: nothing is no answer to kind"),
        ("life_events: [kinh-doanh]", "life_events: [x]", "versions.0.life_events.0: there is no life event x"),
        (
            "effective_from: 2025-07-01",
            "effective_from: soon",
            "@versions.0.effective_from: input should",
        ),
        ('code: "9.000001"', "code: 9.000001", "@code: must be text; put numbers"),
        ('code: "9.000001"', 'code: "9.000002"', "@code: the file must be called 9.000002.yaml"),
        ("    who:\n      - {vi: Ai cũng được, en: Anyone}\n", "", "9.000001.yaml:3: versions.0.who: is missing"),
    ],
)
def test_a_mistake_in_a_procedure(own: Path, old: str, new: str, told: str) -> None:
    found = faults(own, (old, new), in_form=False)
    assert is_told(own / "procedures" / "9.000001.yaml", new, told, found), found


def test_a_wrong_value_in_a_version_is_not_told_as_a_version_that_is_missing(own: Path) -> None:
    found = faults(own, ("effective_from: 2025-07-01", "effective_from: soon"), in_form=False)
    assert len(found) == 1, found


def test_a_hall_that_starts_quickly_still_checks_the_schemas_of_its_own_forms(own: Path) -> None:
    path = own / "forms" / "don" / "1.yaml"
    path.write_text(FORM.replace("maxLength: 60", "maxLength: many"), encoding="utf-8")
    with pytest.raises(FaultyCatalogue, match="is not JSON Schema"):
        load_catalogue((BUILT_IN, own), quickly=True)


def test_all_mistakes_of_all_files_are_told_at_once(own: Path) -> None:
    (own / "guide.yaml").write_text("guide: 5\n", encoding="utf-8")
    faults(own, ('code: "9.000001"', "code: 9"), in_form=False)
    found = faults(own, ("control: name", "control: x"), ("control: date", "control: y"))
    assert len(found) == 4


def test_versions_stand_in_order_and_papers_once(own: Path) -> None:
    second = PROCEDURE.partition("versions:\n")[2].replace("2025-07-01", "2025-06-01")
    second = second.replace("    fees:", "      - {type: DON, name: {vi: Ảnh, en: Photo}}\n    fees:")
    (own / "procedures" / "9.000001.yaml").write_text(PROCEDURE + second, encoding="utf-8")
    found = faults(own)
    assert any("versions.1.effective_from: must be after 2025-07-01" in line for line in found), found
    assert any("versions.1.papers.1.type: DON is there already" in line for line in found), found


@pytest.mark.parametrize(
    ("guide", "told"),
    [
        ("[{vi: a, en: b}]", "is not valid YAML"),
        ("next: nowhere", "is not a later question"),
        ("procedures: ['0.0']", "there is no procedure 0.0"),
        ("next: b, procedures: ['2.000815']", "needs either next or procedures"),
    ],
)
def test_a_guide_that_leads_nowhere(own: Path, guide: str, told: str) -> None:
    answers = f"[{{name: {{vi: a, en: a}}, {guide}}}, {{name: {{vi: b, en: b}}, procedures: ['2.000815']}}]"
    (own / "guide.yaml").write_text(
        f"guide:\n  - {{code: a, label: {{vi: a, en: a}}, answers: {answers}}}\n", encoding="utf-8"
    )
    assert any(told in line for line in faults(own))


def hall_with(own: Path, extra: str = "") -> Path:
    sample = (BUILT_IN / "halls" / "sample.toml").read_text(encoding="utf-8")
    path = own.parent / "hall.toml"
    path.write_text(f'catalogue = "{own.name}"\n{extra}' + sample, encoding="utf-8")
    return path


def test_a_hall_takes_its_own_procedures_into_its_services(own: Path) -> None:
    path = hall_with(own)
    text = path.read_text(encoding="utf-8").replace('"2.000815", "2.000884"', '"2.000815", "2.000884", "9.000001"')
    path.write_text(text, encoding="utf-8")
    hall = load_hall(path)(date(2026, 1, 1))
    assert hall.service("9.000001").name.vi == "Cấp phép"
    assert [paper.vi for paper in hall.service("9.000001").papers] == ["Ảnh"]
    assert folders_of(path) == (BUILT_IN, own)


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from queue_server.cli import main; raise SystemExit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", code, "catalogue", *arguments], capture_output=True, text=True, check=False, timeout=60
    )


def test_the_command_tells_file_and_line_and_fails(own: Path) -> None:
    path = own / "procedures" / "9.000001.yaml"
    path.write_text(PROCEDURE.replace('service: "2.000815"', 'service: "7"'), encoding="utf-8")
    said = command("check", "--hall", str(hall_with(own)))
    assert said.returncode == 1, said.stderr
    assert f"{path}:19: versions.0.service: no group of the hall offers the service 7" in said.stdout
    assert said.stdout.endswith("1 faults: NOT SOUND\n")


@pytest.mark.parametrize(
    ("layout", "line", "told"),
    [
        ('#import "/official.typ": *\n\n#said("name") #said("nam")', 3, "no question asks nam"),
        ('#import "/official.typ": *\n#first-said("name",\n  "other")', 2, "no question asks other"),
        ('#import "/official.typ": *\n// said("x")\n#is("kinds", "long")', 3, "no question asks kinds"),
        ("Hello\n\n#panic()", 3, "panicked"),
        ('#import "/official.typ": *\n#tick(5)', 2, "expected"),
    ],
)
def test_a_mistake_in_a_layout(own: Path, layout: str, line: int, told: str) -> None:
    path = own / "forms" / "don" / "1.typ"
    path.write_text(layout, encoding="utf-8")
    said = command("check", str(own))
    assert said.returncode == 1, said.stderr
    assert said.stdout.startswith(f"{path}:{line}: "), said.stdout
    assert told in said.stdout.splitlines()[0]


def test_the_command_lists_what_is_in_force(own: Path) -> None:
    said = command("list", "--hall", str(hall_with(own)))
    assert said.returncode == 0, said.stdout + said.stderr
    assert "9.000001" in said.stdout
    assert "don/1" in said.stdout
