from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.core.inputs import Money, Text, Whole


class NewOrder(BaseModel):
    sku: str = Field(pattern=r"^[A-Za-z0-9-]{1,64}$")
    quantity: Whole = Field(ge=1, le=1_000_000)
    unit_price: Money
    reference: Annotated[Text, Field(max_length=200)] = ""


class OrderOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    sku: str
    quantity: int
    unit_price: Decimal
    reference: str
    created_at: datetime
