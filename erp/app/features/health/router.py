from fastapi import APIRouter
from fastapi.responses import JSONResponse

from app.features.health.readiness import ReadinessReporter

router = APIRouter(prefix="/healthz", tags=["health"])
reporter = ReadinessReporter()


@router.get("/live")
async def live() -> dict[str, str]:
    """Shows that the event loop runs. Asks no other server: a database outage must not restart every pod."""
    return {"status": "ok"}


@router.get("/ready")
async def ready() -> JSONResponse:
    """503 while a required dependency is unavailable. A response, because an exception would be sent to Sentry."""
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
