"""The other instrumentor on a current FastAPI, to test the profile `fastapi-instrumentator`: `uvicorn app:app`."""

from fastapi import APIRouter, FastAPI
from prometheus_fastapi_instrumentator import Instrumentator

router = APIRouter(prefix="/api/v1/invoices")


@router.get("/{total}")
def share(total: int, parts: int) -> dict[str, float]:
    """Amount per part. Zero parts raise an error that is not handled."""
    return {"share": total / parts}


app = FastAPI(title="Invoices")
# An included router: FastAPI 0.137 changed how such routes appear to an instrumentor.
app.include_router(router)
Instrumentator().instrument(app).expose(app)
