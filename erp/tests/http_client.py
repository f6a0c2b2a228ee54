"""One client for all tests: each new one would read the system's certificates, which nothing here needs."""

import httpx

http = httpx.Client(verify=False, timeout=30)
