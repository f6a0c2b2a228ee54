"""Sends a signal to every process of a pod, from a pod that sees all processes of the node, and prints their number."""

import os
import signal
import sys
from pathlib import Path

pod, number = sys.argv[1], signal.Signals[sys.argv[2]]
# The driver of the control groups decides which of the two forms is in the path.
forms = (f"pod{pod}", f"pod{pod.replace('-', '_')}")
signalled = 0
for directory in Path("/proc").iterdir():
    try:
        if directory.name.isdigit() and any(form in (directory / "cgroup").read_text() for form in forms):
            os.kill(int(directory.name), number)
            signalled += 1
    except OSError:
        """The process has ended."""
print(signalled)
