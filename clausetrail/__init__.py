"""Clausetrail keeps the trail of policy documents: clause by clause, version by version, with the evidence."""

__version__ = "0.1.0"
