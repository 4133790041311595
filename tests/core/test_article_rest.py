"""What is known of an article beside its text is known of its beginning and of the whole."""

from articles_in_parts import beginning_of, whole_article
from pactreader.core.article_rest import completed, stop_reading

WHOLE = whole_article()


def test_the_beginning_and_the_whole_are_completed():
    beginning, rest = beginning_of(WHOLE)
    article = completed(beginning, lambda one: one._replace(source="/moved.txt"))
    rest.end()
    whole = article.rest.finish(lambda _progress: None)
    assert article.source == whole.source == "/moved.txt"
    assert (whole.text, whole.rest) == (WHOLE.text, None)


def test_the_rest_of_a_completed_article_is_stopped():
    beginning, rest = beginning_of(WHOLE)
    stop_reading(completed(beginning, lambda one: one))
    assert rest.is_stopped


def test_a_whole_article_has_no_rest_to_be_completed_or_stopped():
    article = completed(WHOLE, lambda one: one._replace(title="Other"))
    assert (article.title, article.rest) == ("Other", None)
    stop_reading(article)
