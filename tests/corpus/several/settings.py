"""The second of two modules that read each other's nodes and constants."""

from headwater import extract_fields, tag

LIMIT = 100
COLUMN_TYPES = {"kind": str, "value": float}
OWNER = "growth"


@tag(owner=OWNER)
@extract_fields(COLUMN_TYPES)
def report(capped: float) -> dict:
    return {"kind": "capped", "value": capped}
