"""`logs/record.schema.json`, which log lines must match."""

import json
from pathlib import Path

from jsonschema import Draft202012Validator

schema = json.loads((Path(__file__).parents[2] / "logs" / "record.schema.json").read_text())
record = Draft202012Validator(schema)
