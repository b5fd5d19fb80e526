"""A procedure's form: what is asked, of whom, in which order, and what an answer must be.

The form itself is data (`catalogue/forms/`): a JSON Schema says what a value must be, questions say how it is asked.
Everything here is pure, so that the kiosk checks each answer at once by the rules that the server checks again.
"""

from .asking import asked as asked
from .asking import following as following
from .asking import holds as holds
from .asking import place as place
from .asking import preceding as preceding
from .checking import check as check
from .checking import check_answer as check_answer
from .complaint import MESSAGES as MESSAGES
from .complaint import Complaint as Complaint
from .complaint import ComplaintCode as ComplaintCode
from .form import Answers as Answers
from .form import Condition as Condition
from .form import Control as Control
from .form import Form as Form
from .form import Group as Group
from .form import Option as Option
from .form import Prefill as Prefill
from .form import Question as Question
from .form import Rule as Rule
from .form import RuleKind as RuleKind
from .form import Value as Value
from .formats import SIGNED_AT_COUNTER as SIGNED_AT_COUNTER
from .prefilling import Known as Known
from .prefilling import prefill as prefill
from .tidying import kept as kept
from .tidying import tidy as tidy
