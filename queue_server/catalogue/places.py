"""The provinces and communes of 1 July 2025 with their official codes, as the package vietnamadminunits has them.

Only its data file is read: the package itself would pull in much that a hall does not need.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from queue_server.domain.alphabet import sort_key
from queue_server.domain.place import Commune, Province

from .faults import CatalogueError

PACKAGE = "vietnamadminunits"
FILE = Path("data", "parser_from_2025.json")
_TABLES = ("DICT_PROVINCE_WARD_NO_ACCENTED", "DICT_PROVINCE_WARD_ACCENTED", "DICT_PROVINCE_WARD_SHORT_ACCENTED")
"""Together they name every commune; those whose names differ by diacritics alone stand in the latter two."""


@dataclass(frozen=True)
class Places:
    """`codes`: of all provinces and communes, to check answers by; `version` changes with any of it."""

    provinces: tuple[Province, ...] = ()
    version: str = ""
    codes: frozenset[str] = field(init=False, repr=False)
    _names: dict[str, str] = field(init=False, repr=False, hash=False, compare=False)

    def __post_init__(self) -> None:
        names = {province.code: province.name for province in self.provinces}
        for province in self.provinces:
            names |= {each.code: f"{each.name}, {province.name}" for each in province.communes}
        object.__setattr__(self, "_names", names)
        object.__setattr__(self, "codes", frozenset(names))

    def name(self, code: str) -> str | None:
        """“Xã Ngọc Sơn, Tỉnh …” for a commune, “Tỉnh …” for a province; None for no place."""
        return self._names.get(code)


@lru_cache(maxsize=1)
def load_places() -> Places:
    """Read the data file; sorted as Vietnamese sorts names, without the kind before them. Raises CatalogueError."""
    path = _path()
    try:
        tables = json.loads(path.read_text(encoding="utf-8"))
        provinces = tuple(sorted(_provinces(tables), key=lambda each: sort_key(_bare(each.name))))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CatalogueError(f"{path}: the list of provinces and communes cannot be read: {error!r}") from error
    lines = [[f"{one.code} {one.name}", *(f"{each.code} {each.name}" for each in one.communes)] for one in provinces]
    text = "\n".join(line for each in lines for line in each)
    return Places(provinces, hashlib.sha256(text.encode()).hexdigest()[:16])


def _path() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise CatalogueError(f"the package {PACKAGE} is missing: pip install 'motcua[server]'")
    return Path(spec.origin).parent / FILE


def _provinces(tables: dict[str, Any]) -> Iterator[Province]:
    for key, province in tables["DICT_PROVINCE"].items():
        wards = {ward["wardCode"]: ward["ward"] for table in _TABLES for ward in tables[table].get(key, {}).values()}
        communes = (Commune(code, name) for code, name in wards.items())
        in_order = sorted(communes, key=lambda each: (sort_key(_bare(each.name)), each.name))
        yield Province(province["provinceCode"], province["province"], tuple(in_order))


def _bare(name: str) -> str:
    """Without its kind: “Ngọc Sơn” of “Xã Ngọc Sơn”."""
    for kind in ("Thành phố ", "Tỉnh ", "Phường ", "Xã ", "Đặc khu "):
        if name.startswith(kind):
            return name.removeprefix(kind)
    return name
