"""Names on the server: indices of a generation, and the aliases that readers use."""

from typing import NamedTuple

from elasticsearch import Elasticsearch, NotFoundError

SERVED, FORMER = "served", "former"


class Generation(NamedTuple):
    """The two indices of one generation, and its number."""

    number: int
    passages: str
    records: str


class Names:
    """Names under one prefix."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.lock = f"{prefix}-lock"

    def alias(self, kind: str, state: str = SERVED) -> str:
        """The alias of the served or former passages or records."""
        return f"{self.prefix}-{kind}-{state}"

    def generation(self, number: int) -> Generation:
        """The indices of the *number*-th generation."""
        return Generation(number, f"{self.prefix}-passages-{number:06d}", f"{self.prefix}-records-{number:06d}")

    def pointed(self, client: Elasticsearch, state: str = SERVED) -> Generation | None:
        """The generation that the aliases point at, both in one look."""
        try:
            found = client.indices.get_alias(name=f"{self.prefix}-*-{state}")
        except NotFoundError:
            return None
        numbers = {int(name.rsplit("-", 1)[1]) for name in found.body if name.startswith(f"{self.prefix}-passages-")}
        return self.generation(max(numbers)) if numbers else None

    def all(self, client: Elasticsearch) -> list[Generation]:
        """Every generation that has an index on the server, finished or not."""
        found = client.indices.get(index=f"{self.prefix}-passages-*,{self.prefix}-records-*", expand_wildcards="all")
        tails = {name.rsplit("-", 1)[1] for name in found.body}
        return [self.generation(int(tail)) for tail in sorted(tails) if tail.isdigit()]
