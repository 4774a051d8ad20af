import CalendarCore
import Foundation
import ICalendar

/// The text of an email about a meeting, for readers whose mail program doesn't display calendar files.
struct InvitationText: Sendable {
  enum Kind: Sendable {
    case invitation
    case update
    /// The meeting does not take place.
    case cancellation
    /// The meeting takes place without the reader.
    case removal

    fileprivate var invites: Bool { self == .invitation || self == .update }
  }

  let subject: String
  let plain: String
  let html: String

  init(_ kind: Kind, _ version: EventVersion, organizer: String) {
    let content = version.content
    let title = content.title
    let opening: String
    switch kind {
    case .invitation:
      subject = Messages.Invitations.invitationSubject(title)
      opening = Messages.Invitations.invitation(title, from: organizer)
    case .update:
      subject = Messages.Invitations.updateSubject(title)
      opening = Messages.Invitations.update(title, by: organizer)
    case .cancellation:
      subject = Messages.Invitations.cancellationSubject(title)
      opening = Messages.Invitations.cancellation(title)
    case .removal:
      subject = Messages.Invitations.removalSubject(title)
      opening = Messages.Invitations.removal(title)
    }
    var rows: [(name: String, value: String)] = [(Messages.Invitations.when, content.timing.words)]
    if !content.recurrence.isEmpty {
      rows.append((Messages.Invitations.repeats, Messages.Invitations.seeFile))
    }
    if kind.invites {
      if let location = content.location, !location.isEmpty {
        rows.append((Messages.Invitations.location, location))
      }
      if let link = version.conference.link { rows.append((Messages.Invitations.join, link)) }
    }
    let lines = rows.map { "\($0.name): \($0.value)" }
    let details = kind.invites ? content.details : nil
    plain = ([opening, lines.joined(separator: "\n")] + [details].compactMap(\.self)).joined(
      separator: "\n\n"
    )
    let table = rows.map { "<b>\($0.name):</b> \(Self.linked($0.value))" }.joined(separator: "<br>")
    let text = details.map { "<p>\(Entities.escaped($0).replacing("\n", with: "<br>"))</p>" } ?? ""
    html = "<p>\(Entities.escaped(opening))</p><p>\(table)</p>\(text)"
  }

  private static func linked(_ text: String) -> String {
    let escaped = Entities.escaped(text)
    return text.hasPrefix("https://") && !text.contains(where: \.isWhitespace)
      ? "<a href=\"\(escaped)\">\(escaped)</a>" : escaped
  }
}

extension EventTiming {
  /// In English, with the zone, since nobody knows which one its reader is in.
  fileprivate var words: String {
    switch self {
    case .allDay(let start, let end):
      let first = Self.day(ZonedDateTime(local: LocalDateTime(startOf: start), zone: .utc).instant, .gmt)
      let midnight = ZonedDateTime(local: LocalDateTime(startOf: end), zone: .utc).instant
      let last = Self.day(midnight.addingTimeInterval(-86_400), .gmt)
      return first == last ? first : "\(first) to \(last)"
    case .timed(let start, let end):
      let zone = TimeZone(identifier: start.zone.identifier) ?? .gmt
      let name = zone == .gmt ? "UTC" : start.zone.identifier
      let (first, last) = (Self.day(start.instant, zone), Self.day(end.instant, zone))
      let (from, to) = (Self.time(start.instant, zone), Self.time(end.instant, zone))
      if start.instant == end.instant { return "\(first), \(from) (\(name))" }
      return first == last
        ? "\(first), \(from) to \(to) (\(name))" : "\(first), \(from) to \(last), \(to) (\(name))"
    }
  }

  private static func day(_ instant: Date, _ zone: TimeZone) -> String {
    instant.formatted(
      Date.VerbatimFormatStyle(
        format: "\(weekday: .wide), \(day: .defaultDigits) \(month: .wide) \(year: .defaultDigits)",
        locale: Locale(identifier: "en_US_POSIX"),
        timeZone: zone,
        calendar: Calendar(identifier: .gregorian)
      )
    )
  }

  private static func time(_ instant: Date, _ zone: TimeZone) -> String {
    instant.formatted(
      Date.VerbatimFormatStyle(
        format: "\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)",
        locale: Locale(identifier: "en_US_POSIX"),
        timeZone: zone,
        calendar: Calendar(identifier: .gregorian)
      )
    )
  }
}
