"""The pictures of README and pages: there, small, and in the palette that keeps letters crisp."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.e2e.album import Album, as_paper

ROOT = Path(__file__).resolve().parents[2]
SHOWN = sorted(set(re.findall(r"\((docs/images/[^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))))
PAGES = sorted((ROOT / "docs").glob("*.md"))
ON_PAGES = {
    f"docs/{one}" for page in PAGES for one in re.findall(r"\((images/[^)]+)\)", page.read_text(encoding="utf-8"))
}
KEPT = sorted({*SHOWN, *ON_PAGES})
MOST_BYTES = 300_000


def test_readme_and_pages_show_every_picture_that_is_kept_and_no_other() -> None:
    assert len(SHOWN) >= 6
    assert sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs" / "images").iterdir()) == KEPT


@pytest.mark.parametrize("name", KEPT)
def test_a_picture_is_small(name: str) -> None:
    with Image.open(ROOT / name) as picture:
        assert picture.format == "PNG"
        assert min(picture.size) >= 500
    assert (ROOT / name).stat().st_size < MOST_BYTES


def test_a_small_picture_keeps_its_letters(tmp_path: Path) -> None:
    drawn = Image.new("RGB", (400, 100), "#FAF6EF")
    ImageDraw.Draw(drawn).text((10, 10), "A-001", fill="#1B2430", font_size=60)
    full, small = tmp_path / "full", tmp_path / "small"
    full.mkdir()
    small.mkdir()
    Album(full, small).keep("one", drawn, shown="two")
    with Image.open(small / "two.png") as kept:
        assert kept.convert("RGB").tobytes() == Image.open(full / "one.png").tobytes()


def test_a_slip_gets_margins_and_an_edge() -> None:
    paper = as_paper(Image.new("1", (576, 300), 1))
    assert paper.size == (576 + 68, 300 + 68)
    assert paper.getpixel((0, 0)) != paper.getpixel((10, 10)) == (255, 255, 255)
