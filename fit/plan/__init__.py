"""Plan a budget and price a creator: which lines to book, what they bring together, what one may cost.

candidates gathers the lines; choose finds the exact best set (solver: how), swap the next best one; limits, explain and
pilots say what surrounds it; plan puts it together; price is about one creator.
"""

from fit.plan.candidates import Candidates, PlanLine, PlanRefused, candidates_of_brief, candidates_of_lines
from fit.plan.limits import PlanRequest
from fit.plan.plan import BookedLine, Plan, make_plan
from fit.plan.price import Deal, Price, PriceRequest, WorthBasis, price_of, price_of_lines
from fit.plan.price_words import deal_rows, offers, price_marks, worth_words
