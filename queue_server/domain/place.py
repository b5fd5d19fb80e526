"""Provinces and communes as they are since 1 July 2025: two tiers, each with its official code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Commune:
    """`code`: five digits; `name` with its kind: “Xã Ngọc Sơn”, “Phường Ba Đình”, “Đặc khu Phú Quốc”."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Province:
    """`code`: two digits; `name` with its kind: “Thành phố Hà Nội”, “Tỉnh Lào Cai”."""

    code: str
    name: str
    communes: tuple[Commune, ...]
