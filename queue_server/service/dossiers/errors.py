"""What filing, looking up and attaching refuse beyond the rules: each with a stable code and what to do next."""

from __future__ import annotations

from queue_server.domain.errors import HallError
from queue_server.domain.text import N_


class ProcedureUnknown(HallError):
    """Params: procedure."""

    code = "procedure-unknown"
    message = N_("There is no procedure “{procedure}” today.")
    action = N_("Choose one of the procedures in the list.")


class ProcedureNotFiled(HallError):
    """Params: procedure."""

    code = "procedure-not-filed"
    message = N_("The procedure “{procedure}” cannot be filed at the kiosk.")
    action = N_("Take a ticket; a clerk will help.")


class FormChanged(HallError):
    """Params: version."""

    code = "form-changed"
    message = N_("The form has changed since it was filled in.")
    action = N_("Fetch the form again (version {version}) and look through the answers.")


class AnswersWrong(HallError):
    """Params: complaints (never shown with an answer)."""

    code = "answers-wrong"
    message = N_("Some answers are missing or not right.")
    action = N_("Go back to the questions that are marked.")


class ConfirmationMissing(HallError):
    code = "confirmation-missing"
    message = N_("The declaration has not been confirmed.")
    action = N_("Read it and say that it is right.")


class OwnerDiffers(HallError):
    code = "owner-differs"
    message = N_("The identity number or birth date is not that of the declaration.")
    action = N_("Check who files, and fill in the form again.")


class PaperMissing(HallError):
    """Params: papers (types, with commas)."""

    code = "paper-missing"
    message = N_("Papers are missing: {papers}.")
    action = N_("Place each paper under the camera, or say that it will be brought to the counter.")


class PaperUnknown(HallError):
    """Params: papers."""

    code = "paper-unknown"
    message = N_("This procedure does not ask for: {papers}.")
    action = N_("Send only the papers that are asked for, each once.")


class AttachmentUnknown(HallError):
    """Params: papers."""

    code = "attachment-unknown"
    message = N_("The picture of a paper is not there or no longer there: {papers}.")
    action = N_("Photograph the paper again.")


class HeldPaperGone(HallError):
    """Params: papers."""

    code = "held-paper-gone"
    message = N_("The hall holds no valid copy of: {papers}.")
    action = N_("Photograph the paper, or bring it to the counter.")


class DossierErased(HallError):
    """Params: code."""

    code = "dossier-erased"
    message = N_("What was personal in dossier {code} has been erased.")
    action = N_("Only its code, its states and its times are still known.")


class FormGone(HallError):
    """Params: form."""

    code = "form-gone"
    message = N_("The catalogue no longer has the form {form}, by which this dossier was filled in.")
    action = N_("Call the technician: the form's file must be put back beside the newer ones.")


class TooManyLookups(HallError):
    """Params: minutes."""

    code = "too-many-lookups"
    message = N_("Too many dossiers were looked up from here.")
    action = N_("Wait {minutes} min., check the code on the receipt, and try again.")


class DigestDiffers(HallError):
    code = "digest-differs"
    message = N_("The file did not arrive as it was sent.")
    action = N_("Send it again.")


class UploadStalled(HallError):
    code = "upload-stalled"
    message = N_("The file did not arrive within a minute.")
    action = N_("Check the network, then send it again.")


class AttachmentTooLarge(HallError):
    code = "attachment-too-large"
    message = N_("The file is larger than 10 MB.")
    action = N_("Photograph the paper again, or send a smaller file.")


class AttachmentTypeUnknown(HallError):
    code = "attachment-type-unknown"
    message = N_("Only PDF, JPEG and PNG files are taken.")
    action = N_("Photograph the paper, or save it as a PDF.")


class AttachmentBroken(HallError):
    code = "attachment-broken"
    message = N_("The file is damaged, or it is not what it says it is.")
    action = N_("Photograph the paper again, or send another file.")


class ImageTooLarge(HallError):
    code = "image-too-large"
    message = N_("The picture has too many dots.")
    action = N_("Send a picture of at most 50 million dots.")


class PdfLocked(HallError):
    code = "pdf-locked"
    message = N_("The PDF is locked with a password.")
    action = N_("Save it without a password and send it again.")


class PdfActive(HallError):
    code = "pdf-active"
    message = N_("The PDF has a program or another file inside.")
    action = N_("Print it to a new PDF, or photograph the paper.")


class PdfTooLong(HallError):
    code = "pdf-too-long"
    message = N_("The PDF has too many pages.")
    action = N_("Send at most 100 pages.")
