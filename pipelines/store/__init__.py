"""What must outlast a run: bytes, stage results, and the catalogue that says what is known of each document.

Nothing is imported here: a worker keeps files and needs no database library, which costs each process half a second.
"""
