"""What the device agent asks of its hall's server."""

from __future__ import annotations

from queue_server.contract import IDEMPOTENCY_HEADER, BoardReply, KeyPress, KeyReply
from queue_server.contract.client import DeviceClient


class Client(DeviceClient):
    """One hall's server, as the agent sees it. Not for several threads at once."""

    def board(self) -> BoardReply:
        """What counters and board show now. Raises UncertainError or RefusedError."""
        return self.parsed(BoardReply, self.call("GET", "/board", {}))

    def press(self, key: str, counter: int, press: KeyPress) -> KeyReply:
        """Do what a key at `counter` asks; the same `key` does it once. Raises UncertainError or RefusedError."""
        path = f"/counters/{counter}/press"
        return self.parsed(KeyReply, self.call("POST", path, {IDEMPOTENCY_HEADER: key}, press))
