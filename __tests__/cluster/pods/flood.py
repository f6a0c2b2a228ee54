"""Requests paths that do not exist, a different one each time: `flood.py <url> <requests> <seconds>`."""

import sys
import time
from collections import Counter
from urllib.error import HTTPError
from urllib.request import urlopen

url, requests, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
answers: Counter[int] = Counter()
start = time.monotonic()
for number in range(requests):
    try:
        with urlopen(f"{url}/api/v1/nowhere/{number}", timeout=10) as answer:
            answers[answer.status] += 1
    except HTTPError as error:
        answers[error.code] += 1
    time.sleep(max(0, start + (number + 1) * seconds / requests - time.monotonic()))
print(dict(answers))
