"""Writes numbered lines at a steady rate, until it is stopped: `lines.py <lines per second> <characters per line>`."""

import sys
import time

rate, width = float(sys.argv[1]), int(sys.argv[2])
start = time.monotonic()
number = 0
while True:
    number += 1
    print(f"line {number} ".ljust(width, "."), flush=True)
    time.sleep(max(0, start + number / rate - time.monotonic()))
