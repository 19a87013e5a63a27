"""An event as a calendar file: whole days, no invented hours."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from bot.chat.replies import File
from bot.texts import interface
from index import Document
from index.documents import Certainty
from index.places import country_name


def calendar_file(document: Document, language: str) -> File | None:
    """The `.ics` file of an event.

    None unless its first day and, where one is stated, its last are known to the day.
    """
    facts = document.metadata.event
    if facts is None or facts.start is None:
        return None
    if not (facts.start.is_day and (facts.end is None or facts.end.is_day)):
        return None
    event = Event()
    event.add("uid", f"{document.stem}@smebot")
    event.add("dtstamp", datetime.now(UTC))
    event.add("summary", document.metadata.title)
    event.add("dtstart", facts.start.first)
    if facts.end:
        event.add("dtend", facts.end.last + timedelta(days=1))  # the day after the last, RFC 5545
    else:
        event.add("description", interface("calendar_without_end", language))
    place = [facts.city, country_name(facts.country, language) if facts.country else None]
    event.add("location", ", ".join(filter(None, place)))
    if facts.certainty is Certainty.TENTATIVE:
        event.add("status", "TENTATIVE")
    calendar = Calendar()
    calendar.add("prodid", "-//smebot//events//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return File(name=f"{document.stem.rpartition('/')[2]}.ics", content=calendar.to_ical())
