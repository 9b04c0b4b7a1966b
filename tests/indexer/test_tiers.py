"""Tiers are the steps of a ranking, largest sums first, and only where nothing else makes up for a step."""

from indexer.embedded.pairs import PAIRS, by_pairs
from indexer.embedded.presence import present
from indexer.embedded.tiers import Tiers
from indexer.plan import All, AnyOf, Best, Combine, Constant, Nothing, PhraseOf, Plan, Term, Weighted

DOCUMENTS = 200_000
HELD = {"dinh": 90_000, "subject": 9_000, "agency": 8_000, "rare": 40, "quyet_dinh": 50_000, "quyet": 80_000}

WORD, SUBJECT, AGENCY = Term("text_fo", "dinh"), Term("subject_fo", "subject"), Term("agency_fo", "agency")


def frequency(_field: str, token: str) -> int:
    return HELD.get(token, 0)


def sums(plan: Plan) -> list[tuple[float, Plan]]:
    return [(tier.added, tier.required) for tier in Tiers(frequency, DOCUMENTS).of(plan)]


def test_largest_sums_come_first() -> None:
    plan = Combine(must=(WORD,), should=(Constant(SUBJECT, 5_000.0), Constant(AGENCY, 1_500.0), Weighted(SUBJECT, 2.0)))
    assert sums(plan) == [
        (6_500.0, Combine(must=(SUBJECT, AGENCY))),
        (5_000.0, Combine(must=(SUBJECT,))),
        (1_500.0, Combine(must=(AGENCY,))),
        (0.0, All()),
    ]


def test_equal_steps_are_one_tier_whichever_is_taken() -> None:
    plan = Combine(must=(WORD,), should=(Constant(SUBJECT, 750.0), Constant(AGENCY, 750.0)))
    assert [added for added, _ in sums(plan)] == [1_500.0, 750.0, 0.0]


def test_a_step_that_words_make_up_for_is_no_tier() -> None:
    assert sums(Combine(must=(WORD,), should=(Constant(SUBJECT, 30.0), Weighted(SUBJECT, 20.0)))) == []


def test_where_few_documents_take_the_large_steps_the_small_ones_are_scored() -> None:
    rare = Term("text_ex", "rare")
    plan = Combine(must=(WORD,), should=(Constant(rare, 8_000.0), Constant(SUBJECT, 750.0)))
    assert sums(plan) == [(8_000.0, Combine(must=(rare,)))]


def test_the_form_as_typed_is_a_step_before_its_other_forms() -> None:
    plan = Combine(must=(Best((Combine(must=(WORD, Constant(All(), 4_000.0))), Weighted(SUBJECT, 0.2))),))
    (tier,) = Tiers(frequency, DOCUMENTS).of(plan)
    assert (tier.added, tier.required) == (4_000.0, Combine(must=(WORD, All())))


def test_pairs_that_another_form_may_stand_for_have_to_be_taken() -> None:
    forms = Best((Combine(should=(Constant(SUBJECT, 20_000.0),)), Constant(AGENCY, 16_000.0)))
    (tier,) = Tiers(frequency, DOCUMENTS).of(Combine(must=(WORD,), should=(forms,)))
    assert (tier.added, tier.required) == (20_000.0, Combine(must=(Combine(must=(SUBJECT,)), All())))


def test_what_nothing_holds_is_left_out() -> None:
    plan = Combine(must=(Best((Term("text_ex", "định"), Weighted(WORD, 0.3), AnyOf("text_fo", ("dinb", "rare")))),))
    assert present(plan, frequency) == Best((Weighted(WORD, 0.3), AnyOf("text_fo", ("rare",))))
    assert present(Combine(must=(WORD, Term("text_fo", "dinb"))), frequency) == Nothing()
    assert present(Combine(must=(WORD,), should=(PhraseOf("text_fo", ("dinh", "quyet")),)), frequency) == WORD


def test_two_words_side_by_side_are_one_token_where_they_are_a_condition() -> None:
    phrase, pair = PhraseOf("text_fo", ("quyet", "dinh")), Term(PAIRS, "quyet_dinh")
    assert by_pairs(Constant(phrase, 9.0)) == Constant(pair, 9.0)
    best = Best((PhraseOf("text_ex", ("quyết", "định")), Weighted(phrase, 0.3)))
    assert by_pairs(best) == Combine(must=(Constant(pair, 0.0),), should=(best,))
    assert by_pairs(Best((PhraseOf("text_ex", ("quyết", "định")), WORD))) == Best((PhraseOf("text_ex", ("quyết", "định")), WORD))
