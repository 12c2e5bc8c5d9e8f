"""Flows, store and command line: the only code that knows Prefect, the environment and the disk layout."""
