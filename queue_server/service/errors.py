"""What the use cases refuse beyond the rules themselves: who may, how often, and repeated requests."""

from __future__ import annotations

from queue_server.domain.errors import HallError
from queue_server.domain.text import N_


class Unauthenticated(HallError):
    code = "unauthenticated"
    message = N_("You are not signed in, or the token is not valid.")
    action = N_("Sign in again, or ask the administrator for a new token.")


class SessionExpired(HallError):
    code = "session-expired"
    message = N_("Your session has ended.")
    action = N_("Sign in again; nothing you did was lost.")


class Forbidden(HallError):
    """Params: role."""

    code = "forbidden"
    message = N_("The role “{role}” may not do this.")
    action = N_("Ask somebody who has the right, or the administrator.")


class CsrfFailed(HallError):
    code = "csrf-failed"
    message = N_("The page is out of date, or the request came from another page.")
    action = N_("Reload the page and try again.")


class LoginFailed(HallError):
    code = "login-failed"
    message = N_("The name or the password is wrong.")
    action = N_("Check both and try again; the administrator can set a new password.")


class LoginLocked(HallError):
    """Params: minutes."""

    code = "login-locked"
    message = N_("Too many failed sign-ins.")
    action = N_("Wait {minutes} min. and try again.")


class PressExpired(HallError):
    code = "press-expired"
    message = N_("The key was pressed too long ago to be carried out.")
    action = N_("Press it again if it is still wanted.")


class IdempotencyKeyMissing(HallError):
    code = "idempotency-key-missing"
    message = N_("The header Idempotency-Key is missing or not between 8 and 100 printable characters.")
    action = N_("Send a new random key with each new ticket, and the same key when repeating a request.")


class IdempotencyKeyReused(HallError):
    code = "idempotency-key-reused"
    message = N_("This Idempotency-Key was already used for another request.")
    action = N_("Use a new key for a new request.")
