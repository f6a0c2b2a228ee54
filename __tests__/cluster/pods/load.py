"""
Requests a URL a number of times, each with a new connection, and prints how many answers had each status. The requests
have the bearer token in TOKEN, if there is one.
"""

import http.client
import json
import os
import sys
import threading
import time
from collections import Counter
from urllib.parse import urlsplit

url, total, per_second = urlsplit(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
headers = {"Authorization": f"Bearer {os.environ['TOKEN']}"} if "TOKEN" in os.environ else {}
answers: Counter[str] = Counter()
lock = threading.Lock()
start = time.monotonic()


def ask() -> str:
    connection = http.client.HTTPConnection(url.netloc, timeout=10)
    try:
        connection.request("GET", url.path, headers=headers)
        return str(connection.getresponse().status)
    except OSError as error:
        return type(error).__name__
    finally:
        connection.close()


def worker(first: int, step: int) -> None:
    for number in range(first, total, step):
        time.sleep(max(0.0, start + number / per_second - time.monotonic()))
        answer = ask()
        with lock:
            answers[answer] += 1


threads = [threading.Thread(target=worker, args=(first, 16)) for first in range(16)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(json.dumps(answers))
