import ICalendar
import Testing

@Suite(.timeLimit(.minutes(5))) struct ParameterValueTests {
  @Test(arguments: [
    (ContentLine.Parameter("RSVP", "true"), ParameterValue?.some(.boolean(true))),
    (.init("RSVP", "perhaps"), nil),
    (.init("PARTSTAT", "accepted"), .words(["ACCEPTED"])), (.init("PARTSTAT", "X-LATE"), .words(["X-LATE"])),
    (.init("RANGE", "THISANDFUTURE"), .words(["THISANDFUTURE"])), (.init("RANGE", "X-EVER"), nil),
    (.init("ORDER", "2"), .integer(2)), (.init("ORDER", "second"), nil),
    (.init("SENT-BY", "mailto:a@example.com"), .uris(["mailto:a@example.com"])),
    (.init("DIR", "no uri"), nil),
    (.init("CN", "Ann, of Example"), .texts(["Ann, of Example"])), (.init("x-own", "1"), .texts(["1"])),
  ])
  func `a parameter has a value of its form, or none`(
    parameter: ContentLine.Parameter,
    value: ParameterValue?
  ) {
    #expect(parameter.typedValue == value)
  }

  @Test func `only what may be a list is one`() throws {
    let bytes = Array(
      "X:1\r\nATTENDEE;MEMBER=\"mailto:a@example.com\",\"mailto:b@example.com\";CN=a,b;ROLE=CHAIR,X-A:mailto:c@example.com\r\n"
        .utf8
    )
    let line = try #require(
      Component.parse(Array("BEGIN:VEVENT\r\n".utf8) + bytes + Array("END:VEVENT\r\n".utf8)).first?.property(
        "ATTENDEE"
      )
    )
    let values = line.parameters.map(\.typedValue)
    #expect(values == [.uris(["mailto:a@example.com", "mailto:b@example.com"]), .texts(["a,b"]), nil])
  }
}
