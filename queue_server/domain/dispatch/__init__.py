"""Whom a counter calls next, and why that one: the hall keeps its targets, and says how."""

from queue_server.domain.hall import PolicyName

from .choose import Choice, ahead_of, choose, pick, policy_of, run_after, upcoming
from .policies import Policy
from .queue import Candidate, Lane, Queue, lane_of, may_call, seniority
from .situation import REASONS, Busy, Decision, Rules, Situation, Why, rules_of

__all__ = [
    "REASONS",
    "Busy",
    "Candidate",
    "Choice",
    "Decision",
    "Lane",
    "Policy",
    "PolicyName",
    "Queue",
    "Rules",
    "Situation",
    "Why",
    "ahead_of",
    "choose",
    "lane_of",
    "may_call",
    "pick",
    "policy_of",
    "rules_of",
    "run_after",
    "seniority",
    "upcoming",
]
