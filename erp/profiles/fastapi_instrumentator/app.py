"""The other instrumentor on a current FastAPI, to prove the profile `fastapi-instrumentator`: `uvicorn app:app`."""

from fastapi import APIRouter, FastAPI
from prometheus_fastapi_instrumentator import Instrumentator

router = APIRouter(prefix="/api/v1/invoices")


@router.get("/{total}")
def share(total: int, parts: int) -> dict[str, float]:
    """What each of the parts comes to. Nobody thought of zero parts."""
    return {"share": total / parts}


app = FastAPI(title="Invoices")
# Included: FastAPI 0.137 changed how such routes look to an instrumentor.
app.include_router(router)
Instrumentator().instrument(app).expose(app)
