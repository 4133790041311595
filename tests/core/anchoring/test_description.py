from pactreader.core.anchoring.description import CONTEXT, describe


def test_context_is_kept_on_both_sides():
    text = "a" * 90 + "quote" + "b" * 90

    anchor = describe(text, 90, 95)

    assert (anchor.prefix, anchor.suffix) == ("a" * CONTEXT, "b" * CONTEXT)
