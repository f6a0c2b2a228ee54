"""A client of the Debug Adapter Protocol, which editors use."""

import json
import socket
from pathlib import Path


class Debugger:
    def __init__(self, port: int) -> None:
        self._connection = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._answers = self._connection.makefile("rb")
        self._sent = 0
        self._events: list[dict] = []

    def __enter__(self) -> "Debugger":
        return self

    def __exit__(self, *_: object) -> None:
        self._answers.close()
        self._connection.close()

    def attach(self, source: Path, line: int) -> None:
        """Attaches with one breakpoint."""
        self.request("initialize", adapterID="debugpy", pathFormat="path")
        # Answered after `configurationDone`.
        self._send("attach", justMyCode=True)
        self.event("initialized")
        self.request("setBreakpoints", source={"path": str(source)}, breakpoints=[{"line": line}])
        self.request("configurationDone")

    def request(self, command: str, **arguments: object) -> dict:
        """The body of the answer."""
        number = self._send(command, **arguments)
        while (message := self._message()).get("request_seq") != number:
            if message["type"] == "event":
                self._events.append(message)
        assert message["success"], message
        return message.get("body", {})

    def event(self, name: str) -> dict:
        """The body of the next event with this name."""
        while not (found := [event for event in self._events if event["event"] == name]):
            message = self._message()
            if message["type"] == "event":
                self._events.append(message)
        self._events.remove(found[0])
        return found[0].get("body", {})

    def _send(self, command: str, **arguments: object) -> int:
        self._sent += 1
        text = json.dumps({"seq": self._sent, "type": "request", "command": command, "arguments": arguments}).encode()
        self._connection.sendall(b"Content-Length: %d\r\n\r\n%b" % (len(text), text))
        return self._sent

    def _message(self) -> dict:
        length = 0
        while (header := self._answers.readline()) not in (b"\r\n", b""):
            length = int(header.split(b":")[1])
        return json.loads(self._answers.read(length))
