"""From folders of YAML files to the catalogue: a hall's own files are added to the built-in ones and go before them."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Collection, Sequence
from pathlib import Path

from queue_server.domain.catalogue import Catalogue
from queue_server.domain.forms import Form

from .faults import CatalogueError, Fault, FaultyCatalogue
from .folder import BUILT_IN, Folder, read_folder
from .form_soundness import form_faults
from .procedure_soundness import guide_faults, life_event_faults, procedure_faults


def folders_of(hall: Path) -> tuple[Path, ...]:
    """The built-in folder, then the one that the hall's file names under `catalogue`. Raises CatalogueError."""
    try:
        own = tomllib.loads(hall.read_text(encoding="utf-8")).get("catalogue")
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{hall}: cannot be read: {error}") from error
    return (BUILT_IN, hall.parent / own) if isinstance(own, str) else (BUILT_IN,)


def load_catalogue(
    paths: Sequence[Path] = (BUILT_IN,), offered: Collection[str] | None = None, *, quickly: bool = False
) -> Catalogue:
    """Read `paths`, later ones going before earlier ones, and check that all fits together. `offered`: the services of
    the hall, one of which each procedure of its own must go by. `quickly`: the schemas of the built-in forms, which do
    not change, are taken for JSON Schema. Raises FaultyCatalogue with all that is wrong."""
    folders: list[Folder] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            folders.append(read_folder(path))
        except FaultyCatalogue as error:
            faults.extend(error.faults)
    if not faults:
        faults = _faults(folders, offered, quickly)
    if faults:
        raise FaultyCatalogue(tuple(faults))
    return _catalogue(folders)


def _faults(folders: Sequence[Folder], offered: Collection[str] | None, quickly: bool) -> list[Fault]:
    faults: list[Fault] = []
    merged = _merged(folders)
    forms = {code: shape for code, (_, shape) in merged.forms.items()}
    events = merged.life_events
    known = {event.code for event in events[1].life_events} if events else set()
    for code, (file, form) in merged.forms.items():
        faults += form_faults(file, form, is_schema=quickly and file.path.is_relative_to(BUILT_IN))
        if f"{code}.typ" not in merged.layouts:
            faults.append(file.fault((), f"its layout is missing: {file.path.with_suffix('.typ').name} beside it"))
    own = set(folders[-1].procedures) if len(folders) > 1 else set()
    for code, (file, procedure) in merged.procedures.items():
        faults += procedure_faults(file, procedure, forms, known)
        for place, version in enumerate(procedure.versions):
            if offered is not None and code in own and (version.service or code) not in offered:
                key = ("versions", place, "service") if version.service else ("code",)
                faults.append(file.fault(key, f"no group of the hall offers the service {version.service or code}"))
    if events:
        faults += life_event_faults(*events)
    if merged.guide:
        faults += guide_faults(*merged.guide, procedures=set(merged.procedures))
    return faults


def _merged(folders: Sequence[Folder]) -> Folder:
    merged = folders[0]
    for each in folders[1:]:
        merged = Folder(
            each.path,
            {**merged.procedures, **each.procedures},
            {**merged.forms, **each.forms},
            {**merged.layouts, **each.layouts},
            each.life_events or merged.life_events,
            each.guide or merged.guide,
        )
    return merged


def _catalogue(folders: Sequence[Folder]) -> Catalogue:
    merged = _merged(folders)
    forms: dict[str, Form] = {code: shape.form() for code, (_, shape) in merged.forms.items()}
    procedures = {
        code: tuple(
            version.procedure(code, forms.get(version.form) if version.form else None) for version in shape.versions
        )
        for code, (_, shape) in merged.procedures.items()
    }
    return Catalogue(
        procedures,
        {(form.code, form.version): form for form in forms.values()},
        merged.layouts,
        tuple(each.life_event() for each in merged.life_events[1].life_events) if merged.life_events else (),
        tuple(each.question() for each in merged.guide[1].guide) if merged.guide else (),
        _digest(merged),
    )


def _digest(folder: Folder) -> str:
    """Of all that was read, so that a kiosk sees when it has to fetch anew."""
    shapes = [shape for _, shape in (*folder.procedures.values(), *folder.forms.values())]
    shapes += [shape for read in (folder.life_events, folder.guide) if read for shape in read[1:]]
    digest = hashlib.sha256()
    for text in sorted(shape.model_dump_json() for shape in shapes):
        digest.update(text.encode())
    return digest.hexdigest()[:16]
