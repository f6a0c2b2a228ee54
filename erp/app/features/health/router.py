from fastapi import APIRouter
from fastapi.responses import JSONResponse

from app.features.health.readiness import ReadinessReporter

router = APIRouter(prefix="/healthz", tags=["health"])
reporter = ReadinessReporter()


@router.get("/live")
async def live() -> dict[str, str]:
    """That the event loop turns. It asks nobody: an outage of the database must not restart every pod."""
    return {"status": "ok"}


@router.get("/ready")
async def ready() -> JSONResponse:
    """503 while something is away that the ERP cannot serve without; a response, as an exception would go to Sentry."""
    readiness = await reporter.report()
    return JSONResponse(
        {
            "status": readiness.status,
            "checks": {
                name: {"status": "down", "reason": reason} if reason else {"status": "up"}
                for name, reason in readiness.checks.items()
            },
        },
        status_code=503 if readiness.status == "failed" else 200,
    )
