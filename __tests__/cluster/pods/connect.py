"""Prints, as one line of JSON, which of the addresses given as `host:port` accept a TCP connection from here."""

import json
import socket
import sys
from concurrent.futures import ThreadPoolExecutor


def accepts(address: str) -> bool:
    host, port = address.rsplit(":", 1)
    try:
        with socket.create_connection((host, int(port)), timeout=3):
            return True
    except OSError:
        return False


with ThreadPoolExecutor(32) as pool:
    addresses = sys.argv[1:]
    print(json.dumps(dict(zip(addresses, pool.map(accepts, addresses)))))
