"""Invented papers as flat pictures: sheets with text, an identity card, an open booklet; nobody's."""

from __future__ import annotations

import random
from functools import lru_cache
from pathlib import Path

import fontpkg_be_vietnam_pro
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Picture = NDArray[np.uint8]
WORDS = (  # noqa: SIM905
    "cộng hòa xã hội chủ nghĩa việt nam độc lập tự do hạnh phúc tờ khai đăng ký khai sinh kính gửi ủy ban nhân dân "
    "phường họ chữ đệm tên người yêu cầu nơi cư trú giấy tờ tùy thân quan hệ với được đề nghị cơ quan ghi ngày tháng "
    "năm bằng giới tính dân tộc quốc tịch quê quán mẹ cha tôi cam đoan nội dung trên là đúng sự thật chịu trách nhiệm"
).split()
KINDS = ("A4", "A5", "card", "booklet", "landscape")
HALL = (*KINDS, "certificate", "pink", "yellow", "folded", "photo")
"""What lies on a hall's document camera in a week."""
TINTS = {"pink": (214, 205, 240), "yellow": (170, 225, 245)}
_FONTS = Path(fontpkg_be_vietnam_pro.__file__).parent


@lru_cache(maxsize=64)
def _font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "BeVietnamPro-Bold.ttf" if bold else "BeVietnamPro-Regular.ttf"
    (path,) = _FONTS.rglob(name)
    return ImageFont.truetype(str(path), size)


def page(kind: str, seed: int) -> Picture:
    """Height x width x 3, BGR, upright."""
    chance = random.Random(seed)
    if kind == "card":
        return _card(chance)
    if kind == "booklet":
        left, right = _sheet(chance, 900, 1270), _sheet(chance, 900, 1270)
        both = np.concatenate([left, right], axis=1)
        fold = 1 - 0.35 * np.exp(-(((np.arange(both.shape[1]) - 900) / 22.0) ** 2))
        return np.asarray(both * fold[None, :, None], np.uint8)
    if kind in HALL[len(KINDS) :]:
        return _coloured(kind, chance)
    width, height = {"A4": (1654, 2339), "A5": (1165, 1654), "landscape": (2339, 1654)}[kind]
    return _sheet(chance, width, height)


def _sheet(chance: random.Random, width: int, height: int) -> Picture:
    white = chance.randint(226, 250)
    image = Image.new("RGB", (width, height), (white, white, max(white - chance.randint(0, 14), 0)))
    pen = ImageDraw.Draw(image)
    margin = int(width * chance.uniform(0.06, 0.12))
    size = chance.randint(26, 36)
    ink = chance.randint(10, 70)
    y = margin
    pen.text((width // 2, y), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (ink,) * 3, _font(size, True), anchor="ma")
    y += size * 3
    last = height - margin - (chance.randint(0, height // 3) if chance.random() < 0.4 else 0)
    while y < last - size * 2:
        line = ""
        indent = chance.choice((0, 0, 0, size * 2))
        end = width - margin - (chance.randint(0, width // 2) if chance.random() < 0.25 else 0)
        while pen.textlength(line, _font(size)) < end - margin - indent - size * 6:
            line += chance.choice(WORDS) + " "
        pen.text((margin + indent, y), line.capitalize(), (ink,) * 3, _font(size))
        y += int(size * chance.choice((1.6, 1.6, 1.6, 2.6)))
    if chance.random() < 0.5:
        x0, y0 = width - margin - width // 4, height - margin - width // 4
        pen.ellipse((x0, y0, x0 + width // 5, y0 + width // 5), outline=(200, 40, 40), width=5)
    if chance.random() < 0.4:
        box = (margin, height // 2, width - margin, height // 2 + height // 6)
        pen.rectangle(box, outline=(ink,) * 3, width=3)
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])


def _coloured(kind: str, chance: random.Random) -> Picture:
    """A4 that is not white, not flat or not only text."""
    sheet = _sheet(chance, 1654, 2339).astype(float)
    if kind in TINTS:
        return np.asarray(sheet * np.array(TINTS[kind]) / 255, np.uint8)
    if kind == "folded":
        for at, along in ((1170, 0), (chance.choice((827, 0)), 1)):
            if at:
                away = np.arange(sheet.shape[along]) - at
                light = 1 - 0.3 * np.exp(-((away / 7.0) ** 2)) + 0.05 * np.tanh(away / 60.0) * chance.choice((-1, 1))
                sheet *= light[:, None, None] if along == 0 else light[None, :, None]
        return np.asarray(np.clip(sheet, 0, 255), np.uint8)
    image = Image.fromarray(np.asarray(sheet[:, :, ::-1], np.uint8))
    pen = ImageDraw.Draw(image)
    if kind == "photo":
        pen.rectangle((150, 330, 520, 820), fill=(chance.randint(60, 190), 130, 170))
        pen.ellipse((230, 400, 440, 680), fill=(205, 165, 140))
        pen.ellipse((380, 660, 700, 980), outline=(200, 40, 40), width=9)
        return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])
    tone = chance.choice(((190, 90, 60), (90, 140, 80), (170, 60, 80)))
    for step in range(0, 110, 10):
        pen.rectangle((60 + step, 60 + step, 1654 - 60 - step, 2339 - 60 - step), outline=tone, width=5)
    pen.ellipse((1050, 1800, 1400, 2150), outline=(205, 30, 30), width=10)
    pen.text((1225, 1975), "ỦY BAN", (205, 30, 30), _font(54, True), anchor="mm")
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])


def _card(chance: random.Random) -> Picture:
    width, height = 1012, 638
    base = np.array([chance.randint(190, 215), chance.randint(205, 225), chance.randint(190, 215)], float)
    ramp = np.linspace(0.9, 1.06, width)[None, :, None] * np.linspace(1.03, 0.95, height)[:, None, None]
    image = Image.fromarray(np.clip(ramp * base, 0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    pen.ellipse((40, 30, 150, 140), fill=(200, 60, 40))
    pen.text((width // 2 + 40, 40), "CĂN CƯỚC CÔNG DÂN", (160, 30, 30), _font(44, True), anchor="ma")
    shade = chance.randint(70, 160)
    pen.rectangle((50, 190, 300, 540), fill=(150, 170, shade))
    pen.ellipse((110, 250, 240, 420), fill=(205, 170, 140))
    for place in range(6):
        text = " ".join(chance.choice(WORDS).capitalize() for _ in range(5))
        pen.text((330, 190 + place * 62), text, (30, 30, 40), _font(28))
    mask = Image.new("L", (width, height), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, width - 1, height - 1), 36, fill=255)
    alpha = np.asarray(mask)[:, :, None]
    return np.ascontiguousarray(np.concatenate([np.asarray(image)[:, :, ::-1], alpha], axis=2))
