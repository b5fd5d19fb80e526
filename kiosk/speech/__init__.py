"""The kiosk's second picture of its state: what is heard. Pure but for the lane, which has voice and speaker."""

from .figures import spelled as spelled
from .narration import heard as heard
from .spoken import spoken as spoken
