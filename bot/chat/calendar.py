"""An event as a calendar file: whole days, no invented hours."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from bot.chat.replies import File
from index import Certainty, Document, PartialDate, country_name


def calendar_file(document: Document, language: str) -> File | None:
    """The `.ics` file of an event; None unless its first and last day are known exactly."""
    facts = document.metadata.event
    if facts is None or facts.start is None:
        return None
    last = facts.end or facts.start
    if not (_is_a_day(facts.start) and _is_a_day(last)):
        return None
    event = Event()
    event.add("uid", f"{document.stem}@smebot")
    event.add("dtstamp", datetime.now(UTC))
    event.add("summary", document.metadata.title)
    event.add("dtstart", facts.start.first)
    event.add("dtend", last.last + timedelta(days=1))  # the day after the last, RFC 5545
    place = [facts.city, country_name(facts.country, language) if facts.country else None]
    event.add("location", ", ".join(filter(None, place)))
    if facts.certainty is Certainty.TENTATIVE:
        event.add("status", "TENTATIVE")
    calendar = Calendar()
    calendar.add("prodid", "-//smebot//events//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return File(name=f"{document.stem.rpartition('/')[2]}.ics", content=calendar.to_ical())


def _is_a_day(day: PartialDate) -> bool:
    return day.first == day.last and not day.text.endswith("~")
