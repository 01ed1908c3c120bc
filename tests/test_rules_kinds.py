"""Facts of the rules: of what kind each is, how sure its source is, and whether it came to pass."""

import pytest

from schemas import Certainty, Kind, Realis
from tests.readings import MET, facts


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The two leaders agreed on a truce.", Kind.AGREEMENT),
        ("Best agreed to a truce.", Kind.COMMITMENT),
        ("Best did not agree to a truce.", Kind.NON_COMMITMENT),
        ("Best ordered the navy to stop.", Kind.DIRECTIVE),
        ("Best ordered the navy to stop in 2019.", Kind.BACKGROUND_EVENT),
        ("The harbour was closed in March 2030.", Kind.BACKGROUND_EVENT),
        ("The Teku Ministry said a boat had hit the quay.", Kind.BACKGROUND_EVENT),
        ("The harbour could open soon, two Norvanian officials said.", Kind.EXPECTATION),
        ("The harbour is large, two Norvanian officials said.", Kind.ASSESSMENT),
        ("Best said “the harbour is large”.", Kind.STATEMENT),
        ("Best said that unless the ships left he would close the port.", Kind.THREAT),
        ("The harbour is large and old.", Kind.ASSESSMENT),
        ("The harbour will grow soon.", Kind.EXPECTATION),
        ("Best welcomed the outcome of the talks.", Kind.REACTION),
        ("Best welcomed Norvanian aid for the ports.", Kind.POSITION),
        ("Best insisted that the ports had been open.", Kind.POSITION),
        ("Best insisted that the ports must open.", Kind.CONDITION),
        ("Best conveyed his condolences over the floods.", Kind.STATEMENT),
        ("An agreement was reached to exchange prisoners.", Kind.AGREEMENT),
        ("The two leaders intend to meet in June.", Kind.SCHEDULING),
        ("Best was unlikely to sign a binding accord.", Kind.EXPECTATION),
        ("Best warned that tariffs would double if Ruun violated the truce.", Kind.THREAT),
        ("Best will not lift the ban until the crews are home.", Kind.CONDITION),
        ("Best asked his ministers to finish the text before the end of June.", Kind.DIRECTIVE),
        ("Best invited Ruun to Teku.", Kind.REQUEST),
        ("Best dismissed the outcome as thin soup.", Kind.REACTION),
        ("Neither would explain the delay.", Kind.NO_COMMENT),
        ("Nor was there any word on grain.", Kind.ABSENCE),
        ("Neither side has said a word about grain.", Kind.ABSENCE),
        ("Best’s aide Odd Tarn said “the harbour is large”.", Kind.REACTION),
        ("Best condemned the attack on the port.", Kind.POSITION),
        ("Best condemned Ruun for the attack.", Kind.ACCUSATION),
        ("The Teku Ministry said there was no talk of grain.", Kind.DENIAL),
        ("“No offer was made,” Best said.", Kind.DENIAL),
        ("The Teku Ministry said the storm has killed two sailors.", Kind.BACKGROUND_EVENT),
        ("The ministers will meet in Teku on Friday.", Kind.SCHEDULING),
        ("The leaders look forward to meeting in Teku.", Kind.SCHEDULING),
        ("Best raised the case of two sailors.", Kind.CONCERN),
        ("The Teku Ministry won’t confirm the date.", Kind.NO_COMMENT),
        ("“She did not say yes,” Best said.", Kind.NON_COMMITMENT),
        ("Ruun said her ships would be compelled to act.", Kind.THREAT),
        ("The price is to be determined in June.", Kind.EXPECTATION),
        ("Best set out his plan for the ports.", Kind.PROPOSAL),
        ("Neither government has published the text.", Kind.ABSENCE),
        ("The Teku Ministry has not given a date.", Kind.ABSENCE),
        ("Ruun wouldn’t say who called whom.", Kind.NO_COMMENT),
        ("The Teku Ministry said both had still not settled a list.", Kind.NON_COMMITMENT),
        ("“If a shell lands, we will answer with ten,” Best said.", Kind.THREAT),
        ("Best warned that should it fail he would close the ports.", Kind.THREAT),
        ("The Kelm farmers welcomed the readout.", Kind.REACTION),
        ("The Teku Ministry said no withdrawal was discussed.", Kind.DENIAL),
        ("The pause would begin at midnight.", Kind.SCHEDULING),
        ("Best stressed that foreign patrols are unacceptable.", Kind.REFUSAL),
        ("Best rejected a suggestion that Norvanian boats should leave.", Kind.REFUSAL),
        ("The Teku Ministry said nothing had been agreed.", Kind.DENIAL),
        ("The Teku Ministry said the ports didn’t come up.", Kind.DENIAL),
        ("They parted without a deal on the ports.", Kind.NON_COMMITMENT),
        ("Best would not name a date.", Kind.NO_COMMENT),
        ("The Teku Ministry gave no length for the pause.", Kind.ABSENCE),
        ("The Teku Ministry has not said whether it will publish the text.", Kind.ABSENCE),
        ("The crews will be freed only after a fine of 12 million crowns is paid.", Kind.CONDITION),
        ("Best gave Ruun until June 1 to reopen the ports.", Kind.CONDITION),
        ("Kelm reserves the right to close the ports.", Kind.THREAT),
        ("It was not clear whether the ports would open.", Kind.ASSESSMENT),
        ("“We need a lasting peace,” Best said.", Kind.POSITION),
        ("“We do not trade in islands,” Best said.", Kind.POSITION),
    ],
)
def test_kinds(text: str, kind: Kind) -> None:
    """The kind follows the cue and who acts; without a cue, tense, quotation marks and source."""
    (fact,) = facts(MET + text)
    assert fact.kind is kind


def test_the_two_countries_that_act_together_agree() -> None:
    """What both sides will do is an agreement, whether they are called by their leaders or by their countries."""
    met = "Kelm’s President Ada Ruun met Norvan’s Chancellor Ilo Best on Tuesday. "
    found = facts(met + "Kelm and Norvan will reopen two harbours.")
    assert found[-1].kind is Kind.AGREEMENT


@pytest.mark.parametrize(
    ("text", "certainty", "realis"),
    [
        ("Best could open the port.", Certainty.POSSIBLE, Realis.EXPECTED),
        ("Best is expected to open the port.", Certainty.PROBABLE, Realis.EXPECTED),
        ("Best will speak soon.", Certainty.CERTAIN, Realis.SCHEDULED),
        ("Best did not agree to a truce.", Certainty.CERTAIN_NOT, Realis.OCCURRED),
        ("Best agreed to a truce if Ruun left.", Certainty.CERTAIN, Realis.CONDITIONAL),
        ("Best wants a truce.", Certainty.CERTAIN, Realis.ONGOING),
        ("Best agreed to a truce.", Certainty.CERTAIN, Realis.OCCURRED),
    ],
)
def test_certainty_and_realis(text: str, certainty: Certainty, realis: Realis) -> None:
    """A fact says how sure its source is, and whether the act happened, goes on or lies ahead."""
    (fact,) = facts(MET + text)
    assert (fact.certainty, fact.realis) == (certainty, realis)
