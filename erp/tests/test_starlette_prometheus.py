"""The ERP's HTTP metrics are those of starlette-prometheus, as captured in `metrics/evidence/`."""

from collections import defaultdict
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from tests.http_client import http
from tests.processes import Api

_evidence = Path(__file__).parents[2] / "metrics" / "evidence" / "starlette-prometheus.prom"


def test_they_have_the_same_names_types_help_texts_labels_and_buckets(api_with_test_routes: Api) -> None:
    assert http.get(f"{api_with_test_routes.url}/at-once").status_code == 500
    ours = _families(http.get(f"{api_with_test_routes.url}/metrics").text)
    theirs = _families(_evidence.read_text())
    assert len(theirs) >= 5
    assert ours == theirs


def _families(text: str) -> dict[str, tuple]:
    """Type, help text, and labels and bounds by sample name of each family that is about HTTP."""
    found = {}
    for family in text_string_to_metric_families(text):
        if family.name.startswith("starlette_"):
            labels, bounds = defaultdict(set), set()
            for sample in family.samples:
                labels[sample.name].add(frozenset(sample.labels))
                bounds.add(sample.labels.get("le"))
            found[family.name] = family.type, family.documentation, dict(labels), bounds
    return found
