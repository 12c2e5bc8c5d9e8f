"""The command line: thin commands over plain functions. stdout is data, stderr is talk."""
