"""What a kiosk asks of its hall's server."""

from __future__ import annotations

from queue_server.contract import IDEMPOTENCY_HEADER, ServicesReply, Ticket, TicketRequest
from queue_server.contract.client import DeviceClient


class Client(DeviceClient):
    """One hall's server, as a kiosk sees it. Not for several threads at once."""

    def services(self) -> ServicesReply:
        """What the hall offers now. Raises UncertainError or RefusedError."""
        return self.parsed(ServicesReply, self.call("GET", "/services", {}))

    def issue(self, key: str, request: TicketRequest) -> Ticket:
        """Take a number; the same `key` gives the same ticket. Raises UncertainError or RefusedError."""
        headers = {IDEMPOTENCY_HEADER: key, "Accept-Language": request.language.value}
        return self.parsed(Ticket, self.call("POST", "/tickets", headers, request))
