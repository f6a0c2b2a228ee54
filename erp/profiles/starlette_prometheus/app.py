"""starlette-prometheus on the newest FastAPI that it supports, for comparison: `uvicorn app:app`."""

from fastapi import FastAPI
from starlette_prometheus import PrometheusMiddleware, metrics

app = FastAPI(title="Invoices")
app.add_middleware(PrometheusMiddleware)
app.add_route("/metrics", metrics, include_in_schema=False)


@app.get("/api/v1/invoices/{total}")
def share(total: int, parts: int) -> dict[str, float]:
    """Amount per part. Zero parts raise an error that is not handled."""
    return {"share": total / parts}
