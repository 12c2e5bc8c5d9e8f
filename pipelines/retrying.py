"""Which failures a later try can pass."""

from extractors.errors import IndexBusy


def may_pass(_task: object, _run: object, state: object) -> bool:
    """Whether a task that failed is worth another try: a busy index or a lost connection, not a broken file."""
    return isinstance(getattr(state, "data", None), IndexBusy | ConnectionError | TimeoutError)
