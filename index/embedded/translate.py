"""The steps of a plan as tantivy queries."""

import re
from collections.abc import Sequence

from tantivy import FieldType, Occur, Query, Schema

from index.plan import At, Best, Between, Bool, Keys, Near, Run, Starts, Step, Term, Within


def translate(step: Step, schema: Schema) -> Query:  # noqa: PLR0911 - one for each kind
    """The query that carries out *step*."""
    if isinstance(step, Bool):
        return _bool(step, schema)
    if isinstance(step, Best):
        return Query.disjunction_max_query([_weighed(part, weight, schema) for weight, part in step.parts], step.tie)
    if isinstance(step, Within):
        return Query.const_score_query(Query.term_query(schema, "stretch", step.stretch), step.score)
    if isinstance(step, Keys):
        return silent(Query.term_set_query(schema, "keys", list(step.keys)))
    if isinstance(step, At):
        return silent(Query.term_set_query(schema, "place", list(step.places)))
    if isinstance(step, Between):
        return silent(Query.range_query(schema, step.field, FieldType.Integer, step.low, step.high))
    return _worded(step, schema)


def _weighed(step: Step, weight: float, schema: Schema) -> Query:
    query = translate(step, schema)
    return Query.boost_query(query, weight) if weight else silent(query)


def silent(query: Query) -> Query:
    """*query* without a say in the ranking."""
    return Query.const_score_query(query, 0.0)


def _worded(step: Term | Run | Starts | Near, schema: Schema) -> Query:
    if isinstance(step, Term):
        return Query.term_query(schema, step.field, step.term)
    if isinstance(step, Run):
        return Query.phrase_query(schema, step.field, list(step.terms), step.slop)
    if isinstance(step, Starts):
        return Query.regex_query(schema, step.field, re.escape(step.prefix) + ".*")
    return Query.const_score_query(Query.fuzzy_term_query(schema, step.field, step.term, step.edits), 1.0)


def _bool(step: Bool, schema: Schema) -> Query:
    def each(steps: Sequence[Step], occur: Occur) -> list[tuple[Occur, Query]]:
        return [(occur, translate(one, schema)) for one in steps]

    parts = each(step.must, Occur.Must) + each(step.should, Occur.Should) + each(step.never, Occur.MustNot)
    if not step.must and not step.need:  # nothing is asked for, so every passage meets it
        parts.append((Occur.Must, silent(Query.all_query())))
    return Query.boolean_query(parts, minimum_number_should_match=step.need or None)
