"""Makes log lines of what a program writes past its loggers: `print`, usage errors, banners, errors of interpreters."""

import atexit
import io
import logging
import sys
import threading


def log_standard_streams() -> None:
    """Replaces `sys.stdout` and `sys.stderr`. Log lines themselves are written to `sys.__stdout__`."""
    assert sys.__stdout__ and sys.__stderr__, "a program of the ERP has both streams"
    sys.stdout = _LineStream("stdout", logging.INFO, sys.__stdout__.fileno())
    sys.stderr = _LineStream("stderr", logging.WARNING, sys.__stderr__.fileno())
    for stream in (sys.stdout, sys.stderr):
        atexit.register(stream.end_line)


class _LineStream(io.TextIOBase):
    """A text stream that logs each complete line."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, name: str, level: int, descriptor: int) -> None:
        self._logger = logging.getLogger(name)
        self._level = level
        self._descriptor = descriptor
        # Of this thread: `print` writes a text and its line break one after the other.
        self._begun = threading.local()

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"a text stream cannot write {type(text).__name__}")
        *lines, self._begun.line = (getattr(self._begun, "line", "") + text).split("\n")
        for line in lines:
            if line.strip():
                self._logger.log(self._level, "%s", line.rstrip())
        return len(text)

    def end_line(self) -> None:
        self.write("\n")

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        """For child processes and `faulthandler`, which need a file and write past this stream."""
        return self._descriptor
