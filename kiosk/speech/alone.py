"""What the screens of self-service say. What somebody entered is said only where headphones keep it private."""

from __future__ import annotations

from kiosk.card_words import card_advice
from kiosk.paper_words import missing_words, paper_words
from kiosk.promise_words import fee_words, promised
from kiosk.speech.figures import spelled
from kiosk.speech.numbers import Said, of_pages, on_page
from kiosk.state import Printing, State, groups, guide_question
from kiosk.trouble_words import of_code, told
from kiosk.ui.screens.answer_text import answer_text
from kiosk.visit.course import procedure, procedure_of
from kiosk.visit.listing import FEW, answered, form_of, listed, question_of
from kiosk.visit.own_problems import unanswered
from kiosk.visit.papers import missing, required, wanted
from kiosk.visit.state import Advice, Visit
from kiosk.words import Words, zone
from queue_server.contract import Outcome, PaperSource, Question
from queue_server.contract.complaints import complaint_text


def way(state: State, say: Words) -> Said:
    _ = say.gettext
    here = [_("Do it here, or ask how")] if state.catalogue and state.catalogue.procedures else []
    head = [_("What would you like to do?"), _("Take a number")]
    return [*head, *here, _("Look up a dossier"), _("I have an appointment")]


def find(state: State, say: Words) -> Said:
    _ = say.gettext
    events = state.catalogue.life_events if state.catalogue else ()
    names = [say.local(one.name) for one in events] + [say.local(one.name) for one in groups(state)]
    ways = [_("Search by typing its name"), _("I do not know what to choose")]
    return [_("What is it about?"), *of_pages(state, say), *on_page(state, names), *ways]


def search(state: State, say: Words) -> Said:
    _ = say.gettext
    found = state.visit.found if state.visit else ()
    names = [say.local(one.name) for one in (procedure_of(state, code) for code in found) if one]
    return [_("What are you looking for?"), *names]


def guide(state: State, say: Words) -> Said:
    asked = guide_question(state)
    if asked is None:
        return [say.gettext("Nothing was found")]
    return [say.local(asked.label), *on_page(state, [say.local(one.name) for one in asked.answers])]


def found(state: State, say: Words) -> Said:
    _ = say.gettext
    codes = state.visit.found if state.visit else ()
    names = [say.local(one.name) for one in (procedure_of(state, code) for code in codes) if one]
    if not names:
        return [_("Nothing was found"), _("Take a number")]
    return [_("Touch the one you need"), *of_pages(state, say), *on_page(state, names)]


def advice(state: State, say: Words) -> Said:
    _ = say.gettext
    chosen = procedure(state)
    if chosen is None:
        return []
    said = [say.local(chosen.name), say.local(chosen.summary)]
    if chosen.who:
        said += [_("Who may file"), *(say.local(one) for one in chosen.who)]
    said += [_("Papers to bring"), *(say.local(one.name) for one in chosen.papers)]
    if chosen.fee:
        said += [_("Fee"), say.local(chosen.fee)]
    if chosen.duration:
        said += [_("Time to the result"), say.local(chosen.duration)]
    ways = {Outcome.DOSSIER: [_("Fill in and file here")], Outcome.PREPARED: [_("Fill it in here first")]}
    return [*said, *ways.get(chosen.outcome, []), _("Take a number")]


def consent(state: State, say: Words) -> Said:
    _ = say.gettext
    kept = _(
        "The hall keeps what you enter and photograph here only to handle this procedure, locked, and for as long as "
        "the law on archives asks."
    )
    refuse = _(
        "You may refuse and take a number instead; as long as nothing has been filed, all is wiped from this kiosk "
        "when you leave."
    )
    return [_("May we keep what you enter?"), kept, refuse, _("I agree"), _("No, take a number")]


def identify(state: State, say: Words) -> Said:
    """Why a card was not taken goes first."""
    _ = say.gettext
    advice = card_advice(state)
    wrong = [advice.what, advice.do] if advice else []
    if state.visit is not None and state.visit.card is not None:
        return wrong or [_("Your card was read"), _("Please check that this is your card.")]
    how = [_("The side with the square code faces up"), _("Hold it flat, a hand's breadth under the light")]
    proof = _("The card only saves you typing. It is not taken as proof of who you are.")
    if wrong:
        return [*wrong, _("I will type it instead")]
    return [_("Hold your identity card under the scanner"), *how, proof, _("I will type it instead")]


def question(state: State, say: Words) -> Said:
    """What is wrong goes first: whoever hears the question again wants to know why."""
    one = question_of(state.catalogue, state.visit)
    form = form_of(state.catalogue, state.visit)
    if one is None or form is None or state.visit is None or state.visit.asking is None:
        return []
    complaint = state.visit.asking.complaint
    said = [complaint_text(complaint, say.language.value)] if complaint else []
    said.append(say.local(one.label))
    if one.help is not None:
        said.append(say.local(one.help))
    return [*said, *_offered(state, say, one, state.visit), *_given(state, say, one)]


def _offered(state: State, say: Words, one: Question, visit: Visit) -> Said:
    names = [each.name for each in listed(one, visit, state.places, say.language)]
    return names if len(names) <= FEW else []


def _given(state: State, say: Words, one: Question) -> Said:
    if not state.equipment.headphones or state.visit is None or one.field not in state.visit.answers:
        return []
    return [answer_text(one, state.visit.answers[one.field], state.places, say)]


def review(state: State, say: Words) -> Said:
    _ = say.gettext
    said = [_("Is everything right?"), _("Touch a line to change it.")]
    return [*said, *_answers(state, say), _("Yes, all of this is right")]


def _answers(state: State, say: Words) -> Said:
    """Each question and its answer, for headphones."""
    form = form_of(state.catalogue, state.visit)
    if form is None or state.visit is None or not state.equipment.headphones:
        return []
    visit = state.visit
    return [
        f"{say.local(one.short)}: {answer_text(one, visit.answers[one.field], state.places, say)}"
        for one in answered(form, visit)
        if one.field in visit.answers
    ]


def papers(state: State, say: Words) -> Said:
    _ = say.gettext
    names = {
        None: _("To do"),
        PaperSource.CAPTURED: _("Photographed"),
        PaperSource.HELD: _("Used again"),
        PaperSource.AT_COUNTER: _("To be brought"),
    }
    chosen = procedure(state)
    said = [_("Your papers")]
    for stand in state.visit.papers if state.visit else ():
        paper = next((one for one in chosen.papers if one.type == stand.type), None) if chosen else None
        stands = names[stand.source]
        if stand.source is None and not required(state, stand.type):
            stands = _("There is none") if stand.left_out else _("Only if there is one")
        said.append(f"{say.local(paper.name) if paper else stand.type}: {stands}")
    left = missing(state)
    return [*said, missing_words(state, say)] if left else said


def capture(state: State, say: Words) -> Said:
    _ = say.gettext
    if state.visit is None:
        return []
    if not state.equipment.camera:
        return [_("Please bring this paper to the counter")]
    if state.visit.working and state.visit.shot is None:
        return [_("Taking the picture…"), _("Please do not move the paper.")]
    if state.visit.shot is not None and state.visit.shot.advice is Advice.GOOD:
        return [_("Can you read it well?"), _("Keep this page"), _("Turn the picture"), _("Take it again")]
    seen = state.visit.shot.advice if state.visit.shot else state.visit.camera_advice or Advice.NO_PAPER
    return [*paper_words(say, seen), _("Take it again") if state.visit.shot else _("Take the picture")]


def declaration(state: State, say: Words) -> Said:
    """Its picture cannot be heard; its answers can."""
    _ = say.gettext
    problem = state.visit.problem if state.visit else None
    if problem is not None and state.visit is not None and not state.visit.working:
        return [*told(problem, say, wanted(state)), _("Try again") if unanswered(problem) else _("Go back and check")]
    if state.visit is None or state.visit.declaration is None:
        return [_("Your declaration is being written")]
    last = _("It is right: file it") if state.visit.declaration.read else _("Read on")
    return [_("Please read your declaration"), *_answers(state, say), *promised(state, say), last]


def filing(state: State, say: Words) -> Said:
    _ = say.gettext
    pending = state.visit.filing if state.visit else None
    late = [_("The line is slow. Nothing is lost.")] if pending and pending.attempts > 1 else []
    return [_("Your dossier is being filed"), *late]


def receipt(state: State, say: Words) -> Said:
    _ = say.gettext
    shown = state.visit.receipt if state.visit else None
    if shown is None:
        return []
    said = [_("Your dossier is filed") if shown.ticket is None else _("Your dossier is prepared")]
    if shown.ticket is not None:
        said += [_("Your number"), spelled(shown.ticket.number)]
    said += [_("Dossier code"), spelled(shown.code)]
    if shown.due_at is not None and state.reply is not None:
        moment = shown.due_at.astimezone(zone(state.reply.hall.timezone))
        said += [_("The result is due"), f"{say.hour(moment)}, {say.day(moment)}"]
    if shown.fee is not None or shown.fee_note is not None:
        said += fee_words(say, shown.fee, shown.fee_note)
    if shown.papers_at_counter:
        said += [_("Please bring"), *(say.local(one) for one in shown.papers_at_counter)]
    if state.printing is Printing.DONE:
        said.append(_("Please take your receipt below"))
    elif state.printing is Printing.FAILED:
        said.append(_("It is valid without paper. Please photograph this screen or note the code."))
    return said


def asking_code(state: State, say: Words, head: str) -> Said:
    """What is wrong goes first."""
    return [*(of_code(state, say) or ()), head]


def status(state: State, say: Words) -> Said:
    _ = say.gettext
    shown = state.visit.status if state.visit else None
    if shown is None:
        return []
    said = [
        say.local(shown.state_name),
        say.local(shown.procedure_name),
        *([say.local(shown.note)] if shown.note else []),
    ]
    if shown.due_at is not None and state.reply is not None:
        moment = shown.due_at.astimezone(zone(state.reply.hall.timezone))
        said += [_("The result is due"), f"{say.hour(moment)}, {say.day(moment)}"]
    return said
