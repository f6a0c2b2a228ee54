"""Runs a program that waits for a server for a second only: `python -m tests.impatient app.await_migrations`."""

import runpy
import sys

from app.core import startup_wait

startup_wait.LONGEST_OUTAGE_SECONDS = 1
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
