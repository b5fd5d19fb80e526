"""A small form with every control, for tests of asking and checking."""

from __future__ import annotations

from queue_server.domain.forms import Condition, Control, Form, Group, Option, Prefill, Question, Rule, RuleKind
from queue_server.domain.text import LocalText


def text(words: str) -> LocalText:
    return LocalText(words, words)


def question(field: str, control: Control, **more: object) -> Question:
    return Question(field, control, "all", text(f"{field}?"), text(field), **more)  # type: ignore[arg-type]


CODES = ("red", "green", "blue")
OPTIONS = tuple(Option(code, text(code)) for code in CODES)
FORM = Form(
    code="small",
    version="1",
    name=text("Small"),
    official=text("Small form"),
    layout="small",
    groups=(Group("all", text("All")),),
    questions=(
        question("name", Control.NAME, prefill=(Prefill.CARD_NAME,)),
        question("born", Control.DATE),
        question("ident", Control.CITIZEN_ID),
        question("phone", Control.PHONE, required=False),
        question("email", Control.EMAIL, required=False),
        question("home", Control.COMMUNE),
        question("region", Control.PROVINCE, required=False),
        question("colour", Control.CHOICE, options=OPTIONS),
        question("colours", Control.CHOICES, options=OPTIONS, required=False),
        question("married", Control.YES_NO),
        question("spouse", Control.NAME, when=(Condition("married", ("yes",)),)),
        question("wedding", Control.DATE, when=(Condition("married", ("yes",)),)),
        question("children", Control.NUMBER, required=False),
        question("income", Control.MONEY, required=False),
        question("since", Control.YEAR, required=False),
        question("why", Control.TEXT, required=False),
        question("home_street", Control.TEXT, required=False),
        question("story", Control.LONG_TEXT, required=False),
        question("signature", Control.SIGNATURE),
    ),
    schema={
        "type": "object",
        "$defs": {"name": {"type": "string", "format": "person-name", "maxLength": 60}},
        "properties": {
            "name": {"$ref": "#/$defs/name"},
            "born": {"type": "string", "format": "date"},
            "ident": {"type": "string", "format": "citizen-id"},
            "phone": {"type": "string", "format": "vn-phone"},
            "email": {"type": "string", "format": "email"},
            "home": {"type": "string", "format": "commune"},
            "region": {"type": "string", "format": "province"},
            "colour": {"enum": list(CODES)},
            "colours": {"type": "array", "items": {"enum": list(CODES)}, "maxItems": 2},
            "married": {"type": "boolean"},
            "spouse": {"$ref": "#/$defs/name"},
            "wedding": {"type": "string", "format": "date"},
            "children": {"type": "integer", "minimum": 0, "maximum": 20},
            "income": {"type": "integer", "minimum": 0},
            "since": {"type": "integer", "minimum": 1900, "maximum": 2100},
            "why": {"type": "string", "minLength": 2, "maxLength": 20},
            "story": {"type": "string", "maxLength": 300},
            "signature": {"type": "string", "format": "signature"},
        },
        "required": ["name", "born", "ident", "home", "colour", "married", "spouse", "wedding", "signature"],
    },
    rules=(
        Rule(RuleKind.NOT_FUTURE, "born"),
        Rule(RuleKind.NOT_AFTER, "born", other="wedding"),
        Rule(RuleKind.AGE_AT_LEAST, "born", other="wedding", years=18),
        Rule(RuleKind.WITHIN_YEARS, "wedding", years=80),
        Rule(RuleKind.DIFFERS, "spouse", other="name", message=text("Nobody marries himself.")),
        Rule(RuleKind.NOT_FUTURE, "since"),
    ),
    owner="ident",
    owner_birth="born",
)
ANSWERS: dict[str, object] = {
    "name": "Nguyễn Thị Hương",
    "born": "1990-02-28",
    "ident": "001190012345",
    "home": "00004",
    "colour": "red",
    "married": True,
    "spouse": "Trần Văn Ê",
    "wedding": "2015-05-05",
    "signature": "M10 10 L200 90.5 L300 20",
}
