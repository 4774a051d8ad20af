"""What a guest's mail program answers to an invitation."""

import icalendar


def answer_to(invitation, guest, status):
    """The calendar of the answer to a mail. It does not say who organizes the meeting, as some programs' do not."""
    part = next(p for p in invitation.walk() if p.get_content_type() == "text/calendar")
    answer = icalendar.Calendar.from_ical(part.get_content())
    answer["METHOD"] = "REPLY"
    (event,) = answer.walk("VEVENT")
    attendees = event["ATTENDEE"] if isinstance(event["ATTENDEE"], list) else [event["ATTENDEE"]]
    attendee = next(a for a in attendees if a.email == guest)
    attendee.params["PARTSTAT"] = status
    event["ATTENDEE"] = [attendee]
    del event["ORGANIZER"]
    return answer
