"""The ways by which a message reaches somebody: one module for each, with one signature."""

from clausetrail.alerts.channels.base import Outcome, Sender, Sending

__all__ = ["Outcome", "Sender", "Sending"]
