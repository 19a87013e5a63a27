"""Question -> what is found for it, the same way for answering, fitting and measuring."""

from bot.answers.naming import expanded
from bot.answers.question import Question
from index import Found, Glossary, Retriever

HITS = 10


def find(question: Question, retriever: Retriever, glossary: Glossary) -> Found:
    """Search for a question, with the usual names of what it names."""
    return retriever.search(expanded(question, glossary), question.language, HITS)
