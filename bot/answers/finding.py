"""Question -> what is found for it, the same way for answering, fitting and measuring."""

from dataclasses import replace

from bot.answers.case import Case, Tools
from bot.answers.naming import expanded
from bot.answers.question import Question
from index import Found, Glossary, Retriever

HITS = 10


def find(question: Question, retriever: Retriever, glossary: Glossary) -> Found:
    """Search for a question, with the usual names of what it names."""
    return retriever.search(expanded(question, glossary), question.language, HITS)


def searched(case: Case, tools: Tools) -> Case:
    """The case with what is found for its question, which encodes it."""
    found = find(case.question, tools.retriever, tools.glossary)
    return replace(case, found=found, all_found=found, encodings_left=case.encodings_left - 1)
