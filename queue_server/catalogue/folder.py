"""A folder of YAML files: the built-in catalogue, or a hall's own that adds to it and goes before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from .faults import Fault, FaultyCatalogue
from .form_shape import FormShape
from .guide_shape import GuideShape, LifeEventsShape
from .procedure_shape import ProcedureShape
from .shape import Shape
from .yaml_file import YamlFile, read_yaml

BUILT_IN = Path(__file__).parent
_Shape = TypeVar("_Shape", bound=Shape)
_Read = tuple[YamlFile, _Shape]


@dataclass(frozen=True)
class Folder:
    """What was read: each file with its shape. `procedures` by code, `forms` by `<code>/<version>`, `layouts` by file
    name below `forms/`."""

    path: Path
    procedures: dict[str, tuple[YamlFile, ProcedureShape]] = field(default_factory=dict)
    forms: dict[str, tuple[YamlFile, FormShape]] = field(default_factory=dict)
    layouts: dict[str, bytes] = field(default_factory=dict, repr=False)
    life_events: tuple[YamlFile, LifeEventsShape] | None = None
    guide: tuple[YamlFile, GuideShape] | None = None


def read_folder(path: Path) -> Folder:
    """Read all files of a catalogue. Raises FaultyCatalogue with what is wrong in any of them."""
    return _built_in() if path == BUILT_IN else _read(path)


def read_procedures(path: Path) -> dict[str, tuple[YamlFile, ProcedureShape]]:
    """Only the procedures: what a hall needs to name its services. Raises FaultyCatalogue."""
    return _built_in_procedures() if path == BUILT_IN else _procedures(path)


@lru_cache(maxsize=1)
def _built_in() -> Folder:
    return _read(BUILT_IN)


@lru_cache(maxsize=1)
def _built_in_procedures() -> dict[str, tuple[YamlFile, ProcedureShape]]:
    return _procedures(BUILT_IN)


def _read(path: Path) -> Folder:
    if not path.is_dir():
        raise FaultyCatalogue((Fault(path, 1, "", "is not a folder"),))
    faults: list[Fault] = []
    procedures = _try(lambda: read_procedures(path), faults) or {}
    forms = _all(sorted((path / "forms").glob("*/*.yaml")), FormShape, faults)
    layouts = {f"{each.parent.name}/{each.name}": each.read_bytes() for each in (path / "forms").glob("*/*.typ")}
    events = _all([each for each in [path / "life_events.yaml"] if each.exists()], LifeEventsShape, faults)
    guide = _all([each for each in [path / "guide.yaml"] if each.exists()], GuideShape, faults)
    if faults:
        raise FaultyCatalogue(tuple(faults))
    return Folder(
        path,
        procedures,
        {f"{file.path.parent.name}/{file.path.stem}": (file, shape) for file, shape in forms},
        layouts,
        events[0] if events else None,
        guide[0] if guide else None,
    )


def _procedures(path: Path) -> dict[str, tuple[YamlFile, ProcedureShape]]:
    faults: list[Fault] = []
    read = _all(sorted((path / "procedures").glob("*.yaml")), ProcedureShape, faults)
    if faults:
        raise FaultyCatalogue(tuple(faults))
    return {shape.code: (file, shape) for file, shape in read}


def _all(paths: Iterable[Path], shape: type[_Shape], faults: list[Fault]) -> list[tuple[YamlFile, _Shape]]:
    def one(path: Path) -> tuple[YamlFile, _Shape]:
        file = read_yaml(path)
        return file, file.shaped(shape)

    read = (_try(lambda path=path: one(path), faults) for path in paths)  # type: ignore[misc]
    return [each for each in read if each is not None]


_Result = TypeVar("_Result")


def _try(work: Callable[[], _Result], faults: list[Fault]) -> _Result | None:
    try:
        return work()
    except FaultyCatalogue as error:
        faults.extend(error.faults)
        return None
