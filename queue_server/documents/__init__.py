"""Declarations and official forms as PDF and as pictures.

Pure drawing: values in, bytes out; the same values give the same bytes. No database, no clock, no network and no
temporary file; whoever calls runs it off the event loop (one page takes a few milliseconds).
"""

from __future__ import annotations

from .declaration import check_layout as check_layout
from .declaration import declaration as declaration
from .declaration import declaration_pages as declaration_pages
from .errors import DocumentError as DocumentError
from .errors import LayoutBroken as LayoutBroken
from .facts import Applicant as Applicant
from .facts import DeclarationFacts as DeclarationFacts
from .facts import EventLine as EventLine
from .facts import FormFacts as FormFacts
from .facts import OfficialNumber as OfficialNumber
from .facts import PaperLine as PaperLine
from .facts import RegisterRow as RegisterRow
from .official import official_form as official_form
from .official import official_pages as official_pages
