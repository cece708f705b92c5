"""The one gate for every outgoing request: schemes, addresses, limits, rates.

`Gate.send` makes one request; `Follower` follows a page through its redirects, each hop in its turn (`Rates`).
Everything that comes through is hostile, and every failure is a NetError with a cause.
"""

from clausetrail.net.addresses import NOTHING, Allowed
from clausetrail.net.agent import user_agent
from clausetrail.net.clock import Clock, SystemClock
from clausetrail.net.follow import PASSING, PERMANENT, REDIRECTS, Follower, Patience, Trail
from clausetrail.net.gate import Answer, Gate
from clausetrail.net.limits import Limits
from clausetrail.net.rates import HostState, Pace, Rates, http_date, retry_after
from clausetrail.net.resolve import Resolver, system_resolver
from clausetrail.net.transport import GateTransport, tls
from clausetrail.net.urls import Target, follow, target

__all__ = [
    "NOTHING",
    "PASSING",
    "PERMANENT",
    "REDIRECTS",
    "Allowed",
    "Answer",
    "Clock",
    "Follower",
    "Gate",
    "GateTransport",
    "HostState",
    "Limits",
    "Pace",
    "Patience",
    "Rates",
    "Resolver",
    "SystemClock",
    "Target",
    "Trail",
    "follow",
    "http_date",
    "retry_after",
    "system_resolver",
    "target",
    "tls",
    "user_agent",
]
