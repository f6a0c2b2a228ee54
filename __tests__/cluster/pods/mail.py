"""
Accepts mail on port 2525 without STARTTLS and without authentication, and prints each message as one line of JSON with
its sender, its recipients and its text.
"""

import json
from socketserver import StreamRequestHandler, ThreadingTCPServer


class Session(StreamRequestHandler):
    def handle(self) -> None:
        sender, recipients = "", []
        self.reply("220 mail ready")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(" ")[0].upper()
            if verb == "EHLO":
                self.reply("250-mail\r\n250 8BITMIME")
            elif verb == "MAIL":
                sender = self.address(line)
                self.reply("250 ok")
            elif verb == "RCPT":
                recipients.append(self.address(line))
                self.reply("250 ok")
            elif verb == "DATA":
                self.reply("354 end with a dot")
                print(json.dumps({"from": sender, "to": recipients, "text": self.text()}), flush=True)
                recipients = []
                self.reply("250 ok")
            elif verb == "QUIT":
                return self.reply("221 bye")
            else:
                self.reply("502 unknown")

    def text(self) -> str:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.decode())
        return "".join(lines)

    def reply(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    @staticmethod
    def address(line: str) -> str:
        return line.split("<", 1)[1].split(">", 1)[0]


ThreadingTCPServer.allow_reuse_address = True
ThreadingTCPServer(("", 2525), Session).serve_forever()
