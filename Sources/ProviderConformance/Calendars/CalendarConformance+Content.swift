import CalendarCore
import ICalendar

extension CalendarConformance {
  /// Texts that a driver must be able to write and read.
  static let texts: [(name: String, text: String)] = [
    ("umlauts, other scripts and emoji", "Größe, Ärger; 会議 – اجتماع 👩‍👩‍👧‍👦🚀"),
    (
      "what has a meaning in the wire's language",
      #"\n \\ ; , : " ' & < > <b>bold</b> {"a":[1]} %0D%0A =?utf-8?q?x?="#
    ),
    ("a very long word", String(repeating: "x", count: 250)),
    ("characters that take two places", "e\u{301}te\u{301} \u{1F468}\u{200D}\u{1F469}"),
  ]

  static let content: [CalendarCheck] =
    texts.map { name, text in
      CalendarCheck("text reads back: \(name)") { calendar in
        let made = try await calendar.create {
          ($0.title, $0.location, $0.details) = (text, text, "\(text)\n\n\(text)")
        }
        guard calendar.provider.storesEvents else { return }
        let read = try await calendar.read(made).content
        try expect(read.title == text, "the title is \(read.title.debugDescription)")
        try expect(read.location == text, "the place is \(read.location.debugDescription)")
        try expect(
          read.details == "\(text)\n\n\(text)",
          "the description is \(read.details.debugDescription)"
        )
      }
    }
    + [
      CalendarCheck("a long description reads back") { calendar in
        let text = (0..<120).map { "Line \($0): äöü and more of it." }.joined(separator: "\n")
        let made = try await calendar.create { $0.details = text }
        guard calendar.provider.storesEvents else { return }
        try expect(try await calendar.read(made).content.details == text, "it is another one")
      }
    ]
    + ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "UTC"]
    .map {
      zone in
      CalendarCheck("a meeting is at the same time on the clock in \(zone)") { calendar in
        for day in ["2027-01-28", "2027-07-28"] {
          let made = try await calendar.create {
            $0.timing = try Self.timed("\(day)T09:30:00", "\(day)T10:15:00", zone: zone)
          }
          try expect(
            made.event.content.timing.isSame(as: made.draft.timing),
            "it is \(made.event.content.timing)"
          )
          guard calendar.provider.storesEvents else { continue }
          let read = try await calendar.read(made).content.timing
          try expect(read.isSame(as: made.draft.timing), "it is \(read)")
        }
      }
    }
    + [
      CalendarCheck("a meeting may go over midnight and over the change of clocks") { calendar in
        let made = try await calendar.create {
          $0.timing = try Self.timed("2027-10-30T22:00:00", "2027-10-31T04:00:00")
        }
        guard calendar.provider.storesEvents else { return }
        let read = try await calendar.read(made).content.timing
        try expect(read.isSame(as: made.draft.timing), "it is \(read)")
      },
      CalendarCheck("whole days are days, not instants") { calendar in
        for (start, end) in [("2027-12-31", "2028-01-02"), ("2027-03-28", "2027-03-29")] {
          let made = try await calendar.create { $0.timing = try Self.allDay(start, end) }
          try expect(made.event.content.timing == made.draft.timing, "it is \(made.event.content.timing)")
          guard calendar.provider.storesEvents else { continue }
          let read = try await calendar.read(made).content.timing
          try expect(read == made.draft.timing, "it is \(read)")
        }
      },
      CalendarCheck("the link of another service is there for all to see, and none of our words") {
        calendar in
        let link = "https://video.example.com/room?a=1&b=2"
        let made = try await calendar.create {
          ($0.details, $0.conference) = ("Agenda", .ready(Conference(link: link)))
        }
        guard calendar.provider.storesEvents else { return }
        let read = try await calendar.read(made)
        try expect(
          read.conference == .success(Conference(link: link)),
          "the conference is \(String(describing: read.conference))"
        )
        try expect(
          read.content.details == "Agenda" && read.content.location == nil,
          "the driver's words are told as ours"
        )
        let bare = try await calendar.change(made, [], conference: .remove)
        try expect(bare.conference == nil && bare.content.details == "Agenda", "it is not taken off")
        try expect(try await calendar.read(made).conference == nil, "it is not taken off there")
      },
    ]

  static func timed(_ start: String, _ end: String, zone: String = "Europe/Berlin") throws -> EventTiming {
    let zone = try require(Zone(zone), "no zone \(zone)")
    let start = try require(LocalDateTime(start), "no time \(start)")
    let end = try require(LocalDateTime(end), "no time \(end)")
    return .timed(start: ZonedDateTime(local: start, zone: zone), end: ZonedDateTime(local: end, zone: zone))
  }

  static func allDay(_ start: String, _ end: String) throws -> EventTiming {
    .allDay(
      start: try require(CalendarDate(start), "no day \(start)"),
      end: try require(CalendarDate(end), "no day \(end)")
    )
  }
}
