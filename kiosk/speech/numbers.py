"""What the screens of taking a number say."""

from __future__ import annotations

from kiosk.offers import invitation, offers
from kiosk.opening_words import opening_words
from kiosk.speech.figures import spelled
from kiosk.state import (
    Printing,
    Screen,
    State,
    chosen_group,
    chosen_priority,
    chosen_service,
    groups,
    page_size,
    pages,
)
from kiosk.visit.course import offers_ways
from kiosk.words import Words, words
from queue_server.contract import Language, Service

Said = list[str]


def on_page(state: State, names: Said) -> Said:
    """Those of `names` that stand on this page, and that there are more."""
    size = page_size(state, state.screen)
    return names[state.page * size : (state.page + 1) * size]


def of_pages(state: State, say: Words) -> Said:
    """Where one is in a list of several pages."""
    total = pages(state)
    if total < 2:
        return []
    return [say.gettext("Page %(page)d of %(pages)d") % {"page": state.page + 1, "pages": total}]


def resting(state: State, say: Words) -> Said:
    _ = say.gettext
    match state.screen:
        case Screen.ATTRACT:
            more = [name for _picture, name in offers(say)] if offers_ways(state) else []
            return [_("Welcome"), invitation(state, say), *more]
        case Screen.UNREACHABLE:
            return [
                _("We cannot give a number just now"),
                _("Please take a paper number or ask the staff at the counter."),
            ]
        case Screen.CLOSED:
            return list(opening_words(say, state.reply.opening)) if state.reply else []
    return [_("Starting up")]


def choosing(state: State, say: Words) -> Said:
    """The question, then what may be chosen."""
    _ = say.gettext
    match state.screen:
        case Screen.LANGUAGE:
            return [_("Choose your language"), *(words(one).own_name for one in Language)]
        case Screen.GROUP:
            names = [say.local(one.name) for one in groups(state)]
            return [_("What do you need today?"), *of_pages(state, say), *on_page(state, names)]
        case Screen.SERVICE:
            group = chosen_group(state)
            offered = [_service(say, one) for one in group.services] if group else []
            head = [say.local(group.name)] if group else []
            return [*head, *of_pages(state, say), *on_page(state, offered)]
    offered = [
        _("No priority applies"),
        *(say.local(one.name) for one in (state.reply.priorities if state.reply else ())),
    ]
    return [_("Are you entitled to priority?"), *of_pages(state, say), *on_page(state, offered)]


def _service(say: Words, one: Service) -> str:
    waiting = say.gettext("%(people)s waiting") % {"people": say.people(one.waiting)}
    return f"{say.local(one.name)}, {waiting}"


def confirming(state: State, say: Words) -> Said:
    _ = say.gettext
    service, priority = chosen_service(state), chosen_priority(state)
    said = [_("Please check, then take your number")]
    if service is not None:
        said.append(say.local(service.name))
        if service.papers:
            said += [_("Papers to bring"), *(say.local(one) for one in service.papers)]
        said.append(_("Expected wait: %(wait)s") % {"wait": say.wait(service.wait_low_s, service.wait_high_s)})
    if priority is not None:
        said.append(_("Priority: %(category)s") % {"category": say.local(priority.name)})
    return [*said, _("Take this number")]


def issuing(state: State, say: Words) -> Said:
    _ = say.gettext
    late = state.pending is not None and state.pending.attempts > 1
    kept = [_("The hall is slow to answer. Please wait: your request is not lost.")] if late else []
    return [_("Taking your number…"), *kept]


def ticket(state: State, say: Words) -> Said:
    _ = say.gettext
    shown = state.ticket
    if shown is None:
        return []
    said = [_("Your number"), spelled(shown.number)]
    if shown.ahead is not None:
        said.append(_("People ahead of you: %(count)d") % {"count": shown.ahead})
    if shown.wait_low_s is not None and shown.wait_high_s is not None:
        said.append(_("Expected wait: %(wait)s") % {"wait": say.wait(shown.wait_low_s, shown.wait_high_s)})
    match state.printing:
        case Printing.DONE:
            said.append(_("Please take your ticket below"))
        case Printing.FAILED:
            said += [
                _("The ticket could not be printed"),
                _("Your number is valid without paper. Please photograph it or write it down."),
            ]
    return said


def refused(state: State, say: Words) -> Said:
    _ = say.gettext
    problem = state.problem
    told = [problem.detail or problem.title, problem.action] if problem else []
    return [_("No number was taken"), *told]
