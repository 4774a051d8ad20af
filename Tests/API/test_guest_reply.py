"""A guest's reply that a member adds by hand."""

RECEIVE = """mutation($content: String!) { receiveCalendarReply(content: $content) {
  success error responseStatus ignoredParts } }"""
UNKNOWN = "The series has no meeting at the time this reply is for."


def test_what_does_not_count_is_told_beside_what_does(ada):
    guest = "anna@client.example"
    series = ada.created(ada.meeting("LOCAL", recurrence=["RRULE:FREQ=DAILY;COUNT=3"], attendees=[{"email": guest}]))

    def receive(*parts):
        events = [["BEGIN:VEVENT", f"UID:{series['iCalUid']}", f"DTSTAMP:{stamp}", f"ATTENDEE;PARTSTAT={status}:mailto:{guest}",
                   *more, "END:VEVENT"] for stamp, status, *more in parts]
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "METHOD:REPLY", *sum(events, []), "END:VCALENDAR", ""]
        return ada.ask(RECEIVE, content="\r\n".join(lines))["receiveCalendarReply"]

    none = "RECURRENCE-ID;TZID=Europe/Berlin:20300401T100000"
    result = receive(("20290101T090000Z", "ACCEPTED"), ("20290101T090000Z", "DECLINED", none))
    assert result == {"success": True, "error": None, "responseStatus": "ACCEPTED", "ignoredParts": [UNKNOWN]}
    second = "RECURRENCE-ID;TZID=Europe/Berlin:20300305T100000"
    result = receive(("20290101T090000Z", "ACCEPTED"), ("20290101T100000Z", "TENTATIVE", second))
    assert result == {"success": True, "error": None, "responseStatus": "TENTATIVE", "ignoredParts": []}
    result = receive(("20290101T110000Z", "DECLINED", none))
    assert result == {"success": False, "error": UNKNOWN, "responseStatus": None, "ignoredParts": []}
