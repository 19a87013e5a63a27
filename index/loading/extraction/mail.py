"""EML: subject, date and text of a mail; attachments are left out."""

from email import message_from_bytes, policy

from index.loading.extraction.dated import day_of
from index.loading.extraction.draft import Draft
from index.loading.extraction.extracted import Extracted
from index.loading.extraction.web import from_markup
from index.loading.wrapping import unwrapped


def read(content: bytes) -> list[Extracted]:
    """One document: the plain text of the mail, or its HTML where there is none."""
    message = message_from_bytes(content, policy=policy.default)
    body = message.get_body(("plain", "html"))
    subject = str(message.get("Subject", ""))
    if body is None:
        return []
    text = body.get_content()
    is_plain = body.get_content_type() == "text/plain"
    said = unwrapped(_without_quoted(text)) if is_plain else from_markup(text).text
    draft = Draft()
    draft.heading(subject, 1)
    title = draft.finish(subject)
    if not said.strip():
        return []
    dated = day_of(getattr(message.get("Date"), "datetime", None))
    return [Extracted(f"{title.text}\n{said.strip()}\n", title.title, dated=dated)]


def _without_quoted(text: str) -> str:
    """Without the lines of the mail that it answers."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(line for line in lines if not line.startswith(">"))
