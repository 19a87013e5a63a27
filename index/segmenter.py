"""Chinese cut into words by jieba, whose dictionary is read a first character at a time.

Reading all of its 349,000 words takes half a second and 60 MB; texts begin words with a few
thousand characters, a question with ten.
"""

from itertools import groupby
from operator import itemgetter

import jieba


class Segmenter(jieba.Tokenizer):  # type: ignore[misc]  # jieba has no types
    """jieba's tokenizer over its own dictionary, read from its package.

    jieba itself would keep what it has read in the temporary directory, where other users of
    the machine could put a dictionary of theirs.
    """

    def __init__(self) -> None:
        super().__init__()
        with self.get_dict_file() as file:
            text = file.read().decode()
        self._unread: dict[str, list[str]] = {}
        """First character -> lines of its words."""
        for first, lines in groupby(text.splitlines(), itemgetter(0)):
            self._unread.setdefault(first, []).extend(lines)
        self.total = sum(map(int, text.split(" ")[1::2]))  # a line is a word, a number and a tag
        self.initialized = True

    def get_DAG(self, sentence: str) -> dict[int, list[int]]:  # noqa: N802 - jieba's name
        for first in set(sentence):
            if first in self._unread:
                self._read(first)
        dag: dict[int, list[int]] = super().get_DAG(sentence)
        return dag

    def _read(self, first: str) -> None:
        """As `gen_pfdict` does, for words of one first character.

        Of two threads at once both put in the same, and none takes lines away before it has.
        """
        words: dict[str, int] = {}
        for line in self._unread.get(first, ()):
            word, count, _ = line.split(" ")
            words[word] = int(count)
            for end in range(1, len(word)):
                words.setdefault(word[:end], 0)
        self.FREQ.update(words)
        self._unread.pop(first, None)
