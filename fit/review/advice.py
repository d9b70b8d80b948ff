"""Say what to do after a campaign, and the line that is shown with the creator the next time."""

from fit.agreement import Side
from fit.brief import Goal
from fit.locale import _, phrase
from fit.review.case import Case, Cause, Verdict
from fit.review.country_cause import elsewhere_values
from fit.text import words

LOOK_AT = {
    "impressions": phrase("whether everything agreed went out, when, and in which format"),
    "in_market_impressions": phrase("the language, the tags and the country of the audience"),
    "engagements": phrase("whether the content felt like the creator's own: format, topic, how tight the brief was"),
    "clicks": phrase("message fit and the way to the link: what was said, where the link stood, what was offered"),
    "conversions": phrase("landing page and offer"),
    "revenue": phrase("prices, discounts and what was bought"),
}
# What to do now, and the line that stands beside the creator the next time; a verdict comes before any cause.
NEXT: dict[str, tuple[str, str]] = {
    Verdict.NOT_MEASURED: (
        phrase("Ask for what is missing ({missing}) and review again."),
        phrase("No verdict yet: agree beforehand who measures what."),
    ),
    Verdict.BOTH_HIT: (
        phrase("Book again for {campaign} on these terms; set the next targets from the new forecast."),
        phrase("Book again for {campaign}: both sides hit."),
    ),
    Verdict.CREATOR_MISSED: (
        phrase(
            "Book the creator again for {campaign}. The result did not depend on {lines}: drop that metric, "
            "or agree on one that the creator controls."
        ),
        phrase("Book again for {campaign}, with another metric instead of {lines}."),
    ),
    Cause.BRAND: (
        phrase(
            "Do what was promised, then run the campaign again on the same terms: until then nobody can tell what the "
            "creator brings."
        ),
        phrase("Undecided for {campaign}: the brand did not keep its own promise.{inside}"),
    ),
    Cause.COUNTRY: (
        phrase("{blame}{look} Do not book this creator again for {campaign}{instead}."),
        phrase("Not for {campaign} ({facts}){next}."),
    ),
    Cause.LUCK: (
        phrase("{blame} One campaign of this size proves little. Run another one on the same terms{if_again}."),
        phrase("Undecided for {campaign}: the miss may be bad luck, one more campaign would tell."),
    ),
    Cause.TARGET: (
        phrase(
            "{blame} The target was more ambitious than the forecast: set the next one at the middle of the "
            "forecast{or_other}."
        ),
        phrase("For {campaign} set targets at the middle of the forecast{or_consider}."),
    ),
    Cause.UNKNOWN: (
        phrase(
            "{blame} Nothing tells whether this was luck. Talk about what was missed, and agree on who measures what "
            "before the next campaign."
        ),
        phrase("Undecided for {campaign}: nobody can tell yet why it missed."),
    ),
}
# After a miss beyond luck: where the creator delivered, and where not.
NEXT_WHEN_DELIVERED = (
    phrase(
        "{blame} It points to audience quality or message fit.{look} Do not book this creator again for this "
        "campaign{or_try}."
    ),
    phrase("Not again for {campaign}{consider}."),
)
NEXT_OTHERWISE = (
    phrase("{blame}{look} Talk as you agreed for such a case, then decide whether terms, content or creator change."),
    phrase("Change terms or content before booking again for {campaign}."),
)


def advice(case: Case, cause: str) -> tuple[str, str]:
    """The next step, and the line for the next time."""
    is_delivered = case.verdict == Verdict.BRAND_MISSED
    missing = [promise.label for side in Side for promise, _actual in case.of_side(side, None)]
    causes = [_(LOOK_AT[stage.stage]) for stage in case.shortfalls]
    values = {
        "campaign": case.campaign,
        "missing": words.listing(missing) or _("a line with a target on each side"),
        "lines": words.listing([promise.label for promise, _actual in case.of_side(Side.CREATOR, False)]),
        "blame": _("No one is to blame: the creator delivered.") if is_delivered else _("No one is to blame."),
        "look": " " + _("First look at {what}.").format(what=_("; then at ").join(causes)) if causes else "",
        **elsewhere_values(case),
        **_other_values(case.other),
    }
    texts = NEXT.get(case.verdict) or NEXT.get(cause) or (NEXT_WHEN_DELIVERED if is_delivered else NEXT_OTHERWISE)
    step, next_time = (_(text).format(**values) for text in texts)
    return step, next_time


def _other_values(other: Goal | None) -> dict[str, str]:
    """Parts of sentences that name the other goal; empty where the creator's role in this market is not good for it."""
    texts = {
        "if_again": _("; if it misses as well, consider the {other} stage"),
        "or_other": _(", or consider this creator for the {other} stage"),
        "or_consider": _(", or consider for {other}"),
        "or_try": _("; consider the {other} stage"),
        "consider": _("; consider for {other}"),
    }
    return {name: text.format(other=_(other)) if other else "" for name, text in texts.items()}
