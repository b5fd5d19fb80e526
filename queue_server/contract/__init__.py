"""The wire models: what the server says and what its clients may rely on.

This package is the only part of the server that the kiosk, the board and the device agent import. Times are
timezone-aware datetimes in UTC (ISO 8601 on the wire), durations are whole seconds, texts that people read
come in both languages. `client` asks a server by these models.
"""

from __future__ import annotations

from hardware.health import Kind as Kind
from hardware.health import Severity as Severity
from hardware.health import severity as severity
from queue_server.domain.calendar import OpeningReason as OpeningReason
from queue_server.domain.counter import CounterState as CounterState
from queue_server.domain.fate import Fate as Fate
from queue_server.domain.measure import MeasureKind as MeasureKind
from queue_server.domain.targets import Standing as Standing
from queue_server.domain.text import Language as Language
from queue_server.domain.ticket import TicketState as TicketState
from queue_server.domain.wait_span import SpanForm as SpanForm
from queue_server.domain.wait_span import wait_span as wait_span

from .base import API as API
from .base import CSRF_HEADER as CSRF_HEADER
from .base import IDEMPOTENCY_HEADER as IDEMPOTENCY_HEADER
from .base import PROBLEM_TYPE as PROBLEM_TYPE
from .base import Code as Code
from .base import Instant as Instant
from .base import LocalText as LocalText
from .base import Nudge as Nudge
from .base import Problem as Problem
from .base import Reason as Reason
from .base import Request as Request
from .base import Role as Role
from .base import Wire as Wire
from .board import Announcement as Announcement
from .board import BoardCall as BoardCall
from .board import BoardCounter as BoardCounter
from .board import BoardQueue as BoardQueue
from .board import BoardReply as BoardReply
from .desk import CounterTicket as CounterTicket
from .desk import CounterView as CounterView
from .desk import QueueView as QueueView
from .devices import DeviceChange as DeviceChange
from .devices import DeviceReport as DeviceReport
from .devices import DevicesReply as DevicesReply
from .devices import DeviceState as DeviceState
from .devices import DeviceView as DeviceView
from .devices import KeyOutcome as KeyOutcome
from .devices import KeypadKey as KeypadKey
from .devices import KeyPress as KeyPress
from .devices import KeyReply as KeyReply
from .devices import PartReport as PartReport
from .hall import Hall as Hall
from .hall import Opening as Opening
from .hall import PriorityCategory as PriorityCategory
from .hall import Service as Service
from .hall import ServiceGroup as ServiceGroup
from .hall import ServicesReply as ServicesReply
from .manager import Advice as Advice
from .manager import Alert as Alert
from .manager import AlertsReply as AlertsReply
from .manager import HallView as HallView
from .manager import LateService as LateService
from .manager import Risk as Risk
from .requests import FinishRequest as FinishRequest
from .requests import OptionalReasonRequest as OptionalReasonRequest
from .requests import PriorityRequest as PriorityRequest
from .requests import RateRequest as RateRequest
from .requests import ReasonRequest as ReasonRequest
from .requests import ResumeRequest as ResumeRequest
from .requests import TicketRequest as TicketRequest
from .requests import TransferRequest as TransferRequest
from .ticket import NextReply as NextReply
from .ticket import RateView as RateView
from .ticket import RatingLevel as RatingLevel
from .ticket import Ticket as Ticket
from .ticket import TrackView as TrackView
