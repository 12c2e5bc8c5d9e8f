"""The steps of a plan in Elasticsearch's query language."""

from typing import Any

from index.plan import At, Best, Between, Bool, Keys, Near, Run, Starts, Step, Term, Within

Query = dict[str, Any]


def translate(step: Step, weight: float = 1.0) -> Query:  # noqa: PLR0911 - one for each kind
    """The query that carries out *step*, its score times *weight*."""
    if isinstance(step, Bool):
        return _bool(step, weight)
    if isinstance(step, Best):
        parts = [translate(part, weight * share) for share, part in step.parts]
        return {"dis_max": {"queries": parts, "tie_breaker": step.tie}}
    if isinstance(step, Within):
        return {"constant_score": {"filter": {"term": {"stretch": str(step.stretch)}}, "boost": weight * step.score}}
    if isinstance(step, Keys):
        return silent({"terms": {"keys": list(step.keys)}})
    if isinstance(step, At):
        return silent({"terms": {"place": list(step.places)}})
    if isinstance(step, Between):
        ends = {"gte": step.low, "lte": step.high}
        return silent({"range": {step.field: {name: end for name, end in ends.items() if end is not None}}})
    return _worded(step, weight)


def silent(query: Query) -> Query:
    """*query* without a say in the ranking."""
    return {"bool": {"filter": [query]}}


def server_field(field: str) -> str:
    """A field of a plan as the mapping names it.

    Examples:
        >>> server_field("title_exact"), server_field("number")
        ('title.exact', 'number')
    """
    return field.removesuffix("_exact") + ".exact" if field.endswith("_exact") else field


def _worded(step: Term | Run | Starts | Near, weight: float) -> Query:
    field = server_field(step.field)
    if isinstance(step, Term) and step.said:
        return {"match": {field: {"query": step.said, "boost": weight}}}
    if isinstance(step, Term):
        return {"term": {field: {"value": step.term, "boost": weight}}}
    if isinstance(step, Run):
        return {"match_phrase": {field: {"query": step.said, "slop": step.slop, "boost": weight}}}
    if isinstance(step, Starts):
        return {"prefix": {field: {"value": step.prefix, "boost": weight}}}
    near = {"value": step.term, "fuzziness": step.edits, "max_expansions": 1_000, "rewrite": "constant_score"}
    return {"fuzzy": {field: near | {"boost": weight}}}


def _bool(step: Bool, weight: float) -> Query:
    body: Query = {}
    for name, parts in (("must", step.must), ("should", step.should), ("must_not", step.never)):
        if parts:
            body[name] = [translate(part, weight) for part in parts]
    if step.should:
        body["minimum_should_match"] = step.need
    if not step.must and not step.need:
        body["filter"] = [{"match_all": {}}]
    return {"bool": body}
