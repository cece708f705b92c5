"""The commands of `clausetrail`, one module per theme; with `cli.py` the only place that knows click."""
