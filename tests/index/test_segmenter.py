"""Chinese cut into words: as jieba does with its dictionary read whole."""

import threading

import jieba
import pytest

from index.loading import load_corpus
from index.segmenter import Segmenter


@pytest.fixture(scope="module")
def whole():
    """jieba with all that is in its dictionary."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


@pytest.fixture(scope="module")
def sentences(project):
    documents = load_corpus([project / "corpus"]).documents
    return [line for d in documents if d.metadata.language == "zh" for line in d.text.split("\n")]


def test_words_are_those_of_the_whole_dictionary(whole, sentences):
    segmenter = Segmenter()
    assert len(sentences) > 1000

    for sentence in sentences:
        cut = list(segmenter.cut_for_search(sentence))
        assert cut == list(whole.cut_for_search(sentence))


def test_all_of_the_dictionary_can_be_read(whole):
    segmenter = Segmenter()

    for first in list(segmenter._unread):
        segmenter.get_DAG(first)

    assert segmenter.total == whole.total
    assert segmenter.FREQ == whole.FREQ


def test_threads_that_read_the_same_words_cut_alike(whole, sentences):
    expected = [list(whole.cut_for_search(sentence)) for sentence in sentences[:300]]
    segmenter, found = Segmenter(), {}

    def cut(number):
        found[number] = [list(segmenter.cut_for_search(each)) for each in sentences[:300]]

    threads = [threading.Thread(target=cut, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert list(found.values()) == [expected] * 4
