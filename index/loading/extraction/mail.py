"""EML: subject, date and text of a mail; attachments are left out."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from index.loading.declared import WIDER, as_declared
from index.loading.decoding import Decoded, NotTextError, assumption
from index.loading.extraction.dated import day_of
from index.loading.extraction.draft import Draft
from index.loading.extraction.extracted import Extracted, UnreadableError
from index.loading.extraction.web import decoded_page, from_markup
from index.loading.wrapping import unwrapped

_ENCODED = re.compile(rb"=\?(%s)(?=\?[bq]\?)" % "|".join(WIDER).encode(), re.IGNORECASE)
"""The encoding of a word in a header. Source: RFC 2047, section 2."""


def read(content: bytes) -> list[Extracted]:
    """One document: the plain text of the mail, or its HTML where there is none.

    Raises:
        UnreadableError: Its text is in no encoding that can be told.
    """
    content = _ENCODED.sub(
        lambda found: b"=?" + WIDER[found[1].decode().lower()].encode(), content
    )
    message = message_from_bytes(content, policy=policy.default)
    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        if not isinstance(body, EmailMessage):
            continue
        decoded = _decoded(body)
        is_plain = kind == "plain"
        text = unwrapped(_without_quoted(decoded.text)) if is_plain else _seen(decoded.text)
        if text.strip():
            return [_extracted(message, text.strip(), decoded)]
    return []


def _decoded(body: EmailMessage) -> Decoded:
    raw = body.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else b""
    charset = body.get_content_charset("")
    if not charset and body.get_content_type() == "text/html":
        return decoded_page(content)
    try:
        return as_declared(content, charset)
    except NotTextError as error:
        raise UnreadableError(str(error)) from error


def _seen(markup: str) -> str:
    return from_markup(markup).text if markup.strip() else ""


def _extracted(message: EmailMessage, text: str, decoded: Decoded) -> Extracted:
    subject = _subject(message, decoded.encoding)
    draft = Draft()
    draft.heading(subject, 1)
    title = draft.finish(subject)
    dated = day_of(getattr(message.get("Date"), "datetime", None))
    notes = (assumption(decoded),) if decoded.assumed else ()
    return Extracted(f"{title.text}\n{text}\n", title.title, notes, dated=dated)


def _subject(message: EmailMessage, encoding: str) -> str:
    """The subject; one in plain bytes, against the rules, is in the encoding of the text."""
    for name, value in message.raw_items():
        if name.lower() == "subject" and not str(value).isascii():
            raw = str(value).encode("ascii", "surrogateescape")
            return as_declared(raw, encoding).text
    return str(message.get("Subject", ""))


def _without_quoted(text: str) -> str:
    """Without the lines of the mail that it answers."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(line for line in lines if not line.startswith(">"))
