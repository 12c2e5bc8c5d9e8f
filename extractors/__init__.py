"""Bytes become a tagged report. Knows no network, no disk layout, no clock and no environment."""
