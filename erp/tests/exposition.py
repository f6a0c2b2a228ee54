"""Samples of a scrape, read by the parser of the client library."""

from prometheus_client.parser import text_string_to_metric_families


class Samples(dict[tuple[str, frozenset], float]):
    types: dict[str, str]

    def value(self, name: str, **labels: str) -> float:
        """A missing sample counts as 0."""
        return self.get((name, frozenset(labels.items())), 0)

    def labels_of(self, name: str) -> list[dict[str, str]]:
        return [dict(labels) for found, labels in self if found == name]


def parse(text: str) -> Samples:
    families = list(text_string_to_metric_families(text))
    samples = Samples(
        ((sample.name, frozenset(sample.labels.items())), sample.value)
        for family in families
        for sample in family.samples
    )
    samples.types = {family.name: family.type for family in families}
    return samples
