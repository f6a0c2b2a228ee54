"""One client for all tests: each new client would read the system's certificates, which no test needs."""

import httpx

http = httpx.Client(verify=False, timeout=60)
