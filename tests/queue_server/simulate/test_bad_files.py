"""Whoever wrote a wrong file learns the line, the column and what was expected; nothing is written then."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.dispatch import PolicyName
from queue_server.simulate.arrivals_csv import read_arrivals
from queue_server.simulate.command import main
from queue_server.simulate.json_file import Node, read_json
from queue_server.simulate.problems import BadInput, Problems
from tests.queue_server.simulate.files import ARRIVALS, HALL, Folder

FAULTS = list[tuple[str, str, int, int, list[str]]]
"""What is right, what is put there instead, the line and column that are named, and words that are said."""
HALL_FAULTS: FAULTS = [
    ('"ho-tich": {"target_s": 900', '"ho-tich": {"target_s": "900"', 3, 29, ["target_s", "seconds", "“900”"]),
    ('"target_s": 900', '"target_s": 0', 3, 29, ["seconds from 1 to 1000000", "số giây từ 1 đến 1000000", "not 0"]),
    ('"target_s": 900', '"target_s": 1e-300', 3, 29, ["not 1e-300"]),
    ('"target_s": 900', '"target_s": 1e300', 3, 29, ["not 1e+300"]),
    ('"target_s": 900', f'"target_s": 1{"0" * 400}', 3, 29, ["000…"]),
    ('"mean_s": 540', '"mean_s": 1000001', 3, 44, ["mean_s", "not 1000001"]),
    ('"mean_s": 540', '"mean_s": 0.9', 3, 44, ["not 0.9"]),
    ('"ho-tich": {', '"\\ud800": {', 3, 15, ["service code", "half a character"]),
    ('"target_s": 900', '"target_s": NaN', 3, 29, ["not NaN"]),
    ('"target_s": 900', '"target_s": -Infinity', 3, 29, ["not -Infinity"]),
    ('"target_s": 900', '"target_s": 1e400', 3, 29, ["seconds"]),
    ('"target_s": 900', '"target_s": true', 3, 29, ["not true"]),
    ('{"target_s": 900, ', "{", 3, 16, ["“target_s” is missing"]),
    ('"target_s": 900', '"target_s": 900, "target_s": 901', 3, 34, ["“target_s” is there twice"]),
    ('"skills": ["ho-tich"]', '"skills": ["ho-tịch"]', 7, 26, ["skills[0]", "one of", "chung-thuc", "“ho-tịch”"]),
    ('"skills": ["ho-tich"]', '"skills": []', 7, 25, ["at least one"]),
    ('"skills": ["ho-tich"]', '"skills": ["ho-tich", "ho-tich"]', 7, 37, ["there twice"]),
    ('"id": 2', '"id": 1', 8, 12, ["counter 1 is there twice"]),
    ('"id": 2', '"id": 2.5', 8, 12, ["whole number", "2.5"]),
    ('"id": 2', '"id": "2"', 8, 12, ["whole number", "“2”"]),
    ("[27000, 61200]", "[61200, 27000]", 7, 55, ["does not end after it begins"]),
    ("[27000, 61200]", "[-1, 61200]", 7, 48, ["from 0 to 10000000, after midnight", "not -1"]),
    ("[27000, 61200]", "[27000, 1e8]", 7, 55, ["not 100000000.0"]),
    ("[27000, 61200]", "[27000]", 7, 47, ["a span"]),
    ("[48600, 61200]", "[41399, 61200]", 8, 77, ["overlaps", "[27600, 41400]"]),
    ('"break": [[', '"break": [[41000, 42000], [', 10, 29, ["overlaps", "[41000, 42000]"]),
    ("  ],\n", "  ]\n", 10, 3, ["is not valid JSON"]),
]
ARRIVAL_FAULTS: FAULTS = [
    ("26460", "-1", 3, 4, ["at_s", "seconds from 0 to 10000000", "“-1”"]),
    ("26460", "nan", 3, 4, ["at_s", "“nan”"]),
    ("26460", "1_000", 3, 4, ["“1_000”"]),
    ("26460", "7:30", 3, 4, ["“7:30”"]),
    ("26460", "", 3, 4, ["“”"]),
    ("26460", "10000001", 3, 4, ["at_s"]),
    ("240.5", "1e308", 3, 23, ["service_s", "“1e308”"]),
    (",900\n", ",1e8\n", 5, 27, ["patience_s"]),
    ("240.5", "1e999", 3, 23, ["service_s"]),
    ("A2,26460,chung-thuc", 'A2,26460,"chứng, thực"', 3, 10, ["a service of the hall", "ho-tich", "“chứng, thực”"]),
    ("A2,26460,chung-thuc,0", '"A,""2",26460,chung-thuc,2', 3, 26, ["priority", "0 or 1", "“2”"]),
    (",900\n", ",soon\n", 5, 27, ["patience_s", "or nothing", "“soon”"]),
    ("A2,", "A1,", 3, 1, ["“A1” is in line 2 already"]),
    ("A2,", ",", 3, 1, ["id", "not empty"]),
    ("A2,26460", "A2", 3, 1, ["has 5 columns, expected 6"]),
    (",600,", ",600,,", 2, 1, ["has 7 columns"]),
    ("id,at_s", "id,at", 1, 4, ["ignored the column “at”", "columns are missing: at_s"]),
    ("id,at_s,", "id,", 1, 1, ["columns are missing: at_s"]),
    ("at_s,service,", "at_s,at_s,service,", 1, 9, ["“at_s” is there twice"]),
    ("id,at_s,service,priority,", "id;at_s;service;priority;", 1, 1, ["with commas between them"]),
    ("A3", '"A3', 4, 1, ["is not valid CSV"]),
]


@pytest.mark.parametrize(
    ("name", "right", "wrong", "line", "column", "words"),
    [("hall.json", *fault) for fault in HALL_FAULTS] + [("arrivals.csv", *fault) for fault in ARRIVAL_FAULTS],
)
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    right: str,
    wrong: str,
    line: int,
    column: int,
    words: list[str],
) -> None:
    files = {"hall.json": HALL, "arrivals.csv": ARRIVALS}
    assert right in files[name]
    files[name] = files[name].replace(right, wrong, 1)
    folder = Folder(tmp_path)
    assert folder.run(*files.values()) == 2
    said = capsys.readouterr().err
    assert f"{tmp_path / name}, dòng {line} cột {column} · line {line} column {column}" in said, said
    assert all(word in said for word in words), said
    assert not folder.out.exists()
    assert not folder.summary.exists()


@pytest.mark.parametrize(
    ("name", "right", "more", "line", "column", "words"),
    [
        ("hall.json", '"target_s": 900', ', "goal": [1, {"a": null}]', 3, 42, ["key “goal”", "mean_s, target_s"]),
        ("hall.json", '"break": [[41400, 48600]]', ',\n "note": "\\ud800"', 11, 10, ["key “note”", "break, counters"]),
        (
            "hall.json",
            '"id": 1',
            ', "\\ud800": 1, "name": "Quầy"',
            7,
            25,
            ["key “\N{REPLACEMENT CHARACTER}”", "“name”"],
        ),
        ("arrivals.csv", "patience_s", ",name", 1, 47, ["the column “name”", "id,at_s,service"]),
        ("arrivals.csv", "patience_s", ",,", 1, 47, ["the column “”"]),
    ],
)
def test_what_only_others_know_is_ignored_with_a_warning(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    right: str,
    more: str,
    line: int,
    column: int,
    words: list[str],
) -> None:
    folder = Folder(tmp_path)
    assert folder.run() == 0
    once = folder.rows(), folder.figures()
    assert capsys.readouterr().err == ""
    files = {"hall.json": HALL, "arrivals.csv": ARRIVALS}
    files[name] = files[name].replace(right, right + more, 1)
    if name == "arrivals.csv":
        header, *people = files[name].splitlines()
        files[name] = "\n".join([header, *(person + "," * more.count(",") for person in people)])
    assert folder.run(*files.values()) == 0
    assert (folder.rows(), folder.figures()) == once
    said = capsys.readouterr().err
    assert f"{tmp_path / name}, dòng {line} cột {column} · line {line} column {column}" in said, said
    assert "bỏ qua" in said
    assert all(word in said for word in words), said


def test_an_unknown_key_is_told_once_however_often_it_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert Folder(tmp_path).run(HALL.replace('"id"', '"name": "x", "id"')) == 0
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_largest_and_smallest_numbers_make_a_day(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    hall = HALL.replace("900", "1").replace("600}", "1000000}").replace("540", "1").replace("300}", "1000000}")
    people = f"{ARRIVALS.splitlines()[0]}\n" + "".join(
        f"{service}{n},{at},{service},{n % 2},{takes},{patience}\n"
        for service in ("ho-tich", "chung-thuc")
        for n, (at, takes, patience) in enumerate(
            [(0, 1e7, 0), (0, 1e-300, ""), (9_999_999, 1, ""), (1e7, 1e7, 1e7), (48600, 0, 1e7), (0, 1e7, "")]
        )
    )
    for policy in PolicyName:
        assert folder.run(hall.replace("61200", "1e7"), people, "--policy", policy) == 0, policy
        assert folder.figures()["served"] > 0


@pytest.mark.parametrize("text", [b"", b"\xef\xbb\xbf", b"\n\n", b"id,at_s\xff", b"\xff\xfei\x00d\x00", b"\x00" * 100])
def test_what_is_no_table_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: bytes) -> None:
    assert Folder(tmp_path).run(HALL, text) == 2
    assert "arrivals.csv, dòng 1 cột" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    ["", "null", "[]", "{}", '"hall"', "{" * 3, "[" * 100_000, "[" * 150 + "]" * 150, "9" * 9000, "\ufeff\ufeff{}"],
)
def test_what_is_no_hall_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    assert Folder(tmp_path).run(text) == 2
    assert "hall.json" in capsys.readouterr().err


def test_the_problems_of_both_files_are_told_at_once_but_not_thousands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = ARRIVALS.splitlines()[0]
    people = "\n".join([header, *(f"{n},-1,ho-tich,0,1," for n in range(1000))])
    assert Folder(tmp_path).run(HALL.replace("900", "0").replace("540", "0"), people) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len([line for line in lines if "hall.json, dòng" in line]) == 2
    assert len([line for line in lines if "arrivals.csv, dòng" in line]) == 20
    assert "there may be more" in lines[-1]


def test_what_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing, out = str(tmp_path / "missing"), str(tmp_path / "out.csv")
    assert main(["--hall", missing, "--arrivals", str(tmp_path), "--out", out]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert "missing: không đọc được" in said[0]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(JSON, st.sampled_from([None, 0, 3, "\t"]), st.booleans())
def test_every_value_of_any_json_is_found_where_it_stands(
    tmp_path_factory: pytest.TempPathFactory, value: object, indent: int | str | None, ascii_only: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    path.write_bytes(text.encode("utf-8", "replace"))
    lines = path.read_text(encoding="utf-8").replace("\r", "\n").split("\n")
    try:
        root = read_json(path, Problems(path))
    except BadInput:  # only what a lone surrogate made two equal keys of, or what Python nests too deeply
        return

    def check(node: Node, plain: object) -> None:
        begins = lines[node.place.line - 1][node.place.column - 1 :]
        if isinstance(plain, dict):
            assert begins.startswith("{")
            assert isinstance(node.value, dict)
            for key, inner in plain.items():
                check(node.value[key], inner)
        elif isinstance(plain, list):
            assert begins.startswith("[")
            assert isinstance(node.value, tuple)
            for child, inner in zip(node.value, plain, strict=True):
                check(child, inner)
        else:
            assert begins.startswith(json.dumps(plain, ensure_ascii=ascii_only))

    check(root, json.loads("\n".join(lines)))


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: ("id,at_s," + text).encode("utf-8", "replace")))
def test_no_file_makes_the_readers_fall_over(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(data)
    warned: list[str] = []
    for read in (lambda: read_json(path, Problems(path)), lambda: read_arrivals(path, {"a"}, warned.append)):
        with suppress(BadInput):
            read()
