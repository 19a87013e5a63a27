"""Leaves out what a message says around its question: greetings, thanks, who is asking."""

from dataclasses import replace

from bot.answers.asides import without_asides
from bot.answers.case import Case, Tools
from bot.answers.question import analysed


def leave_out_asides(case: Case, tools: Tools) -> Case:
    """Read the message without sentences that neither ask nor name what documents hold."""
    whole = analysed(case.text, "", case.language, case.today, was_cut=case.was_cut)
    question = without_asides(whole, tools.retriever, tools.glossary, case.today)
    changed = f"left out {question.told!r}" if question.told else ""
    return replace(case, question=question, changed=changed)
