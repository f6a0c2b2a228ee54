"""The ERP's API without the instruments that `BENCH_OFF` names: `uvicorn bench.app:app`."""

import os

from bench.instruments import application

app = application({name for name in os.environ["BENCH_OFF"].split(",") if name})
