"""The values of the command line's options, checked where they are read."""

from __future__ import annotations

from argparse import ArgumentTypeError
from ipaddress import IPv4Network

from hardware.devices.find import Account
from hardware.devices.find.found import account as account_of
from hardware.devices.find.network import network as network_of
from hardware.voices.speech import HIGHEST_COUNTER

LONGEST_S = 86_400
MOST_ADDRESSES = 64
HIGHEST_ADDRESS = 999


def seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= LONGEST_S:
        raise ArgumentTypeError(f"more than 0 and at most {LONGEST_S} seconds")
    return value


def percent(text: str) -> int:
    return _whole(text, range(101))


def counter(text: str) -> int:
    return _whole(text, range(1, HIGHEST_COUNTER + 1))


def addresses(text: str) -> tuple[int, ...]:
    """ "1-4,7" is 1, 2, 3, 4 and 7."""
    found: dict[int, None] = {}
    for part in text.split(","):
        first, dash, last = part.partition("-")
        start = _whole(first, range(HIGHEST_ADDRESS + 1))
        end = _whole(last, range(start, HIGHEST_ADDRESS + 1)) if dash else start
        found.update(dict.fromkeys(range(start, end + 1)))
        if len(found) > MOST_ADDRESSES:
            raise ArgumentTypeError(f"at most {MOST_ADDRESSES} addresses")
    return tuple(found)


def network(text: str) -> IPv4Network:
    try:
        return network_of(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error


def account(text: str) -> Account:
    try:
        return account_of(text)
    except KeyError as error:
        raise ArgumentTypeError(f"this machine has no account {text}") from error


def _whole(text: str, allowed: range) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) in allowed):
        raise ArgumentTypeError(f"{text!r} is no whole number from {allowed.start} to {allowed.stop - 1}")
    return int(text)
