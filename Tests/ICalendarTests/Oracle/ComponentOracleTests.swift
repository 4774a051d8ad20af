import Foundation
import Testing

@testable import ICalendar

/// Tasks, journal entries and busy times that python icalendar reads from us, and that we read from it.
@Suite(.timeLimit(.minutes(5))) struct ComponentOracleTests {
  private struct Answer: Decodable {
    var read: Node
    var written: String
  }

  private struct Node: Decodable {
    struct Property: Decodable {
      var name: String
      var parameters: [String: [String]]
      var value: String
    }
    var name: String
    var errors: [String]
    var properties: [Property]
    var parts: [Node]
  }

  /// A value as the other side tells it: texts without their escapes, durations and times as they stand.
  private func plain(_ line: ContentLine) -> [UInt8] {
    switch line.typedValue {
    // It takes a property that it does not know for one of no type, and leaves the escapes.
    case .texts(let texts)? where line.layout.known != nil: Array(texts.joined(separator: "\u{1F}").utf8)
    default: Array(line.value.utf8)
    }
  }

  private func compare(_ node: Node, _ component: Component, _ number: Int) throws {
    #expect(node.name == component.name)
    #expect(node.errors == [], "\(number)")
    // It gathers the properties of a name where the first of them is.
    var lines: [ContentLine] = []
    for line in component.properties where !lines.contains(where: { $0.name == line.name }) {
      lines += component.properties(line.name)
    }
    try #require(node.properties.count == lines.count, "\(number)")
    for (property, line) in zip(node.properties, lines) {
      #expect(property.name == line.name, "\(number)")
      if line.name == "TRIGGER" || line.name == "FREEBUSY" {
        // It writes a week as seven days, and hours beside minutes in its own way.
        #expect(
          duration(property.value) == duration(line.value),
          "\(number) \(property.value) \(line.value)"
        )
      } else if line.name == "GEO" {
        #expect(GeoPosition(property.value) == GeoPosition(line.value))
      } else {
        #expect(Array(property.value.utf8) == plain(line), "\(number) \(line.name)")
      }
      for parameter in line.parameters {
        let values = property.parameters[parameter.name.uppercased()]
        #expect(
          values?.map { Array($0.utf8) } == parameter.values.map { Array($0.utf8) },
          "\(number) \(line.name)"
        )
      }
    }
    try #require(node.parts.count == component.components.count, "\(number)")
    for (part, own) in zip(node.parts, component.components) { try compare(part, own, number) }
  }

  private func duration(_ value: String) -> CalendarDuration? {
    CalendarDuration(value)
      ?? CalendarPeriod(value).flatMap { period in
        if case .duration(let duration) = period.end { duration } else { nil }
      }
  }

  private func questions() throws -> (objects: [CalendarObject], answers: [Answer]) {
    var source = RandomComponent(seed: 5546)
    let objects = (0..<600).map { source.calendar($0) }
    let answers: [Answer] = try Oracle.ask("components", ["texts": objects.map(\.text)])
    try #require(answers.count == objects.count)
    return (objects, answers)
  }

  @Test func `python icalendar reads from our components what we wrote`() throws {
    let (objects, answers) = try questions()
    for (number, (object, answer)) in zip(objects, answers).enumerated() {
      try compare(answer.read, object.component, number)
    }
  }

  @Test func `we read from python icalendar's components what was in ours`() throws {
    let (objects, answers) = try questions()
    for (number, (object, answer)) in zip(objects, answers).enumerated() {
      let read = try CalendarObject.parse(Array(answer.written.utf8))
      #expect(read.todos.map(\.summary) == object.todos.map { $0.summary.map(kept) }, "\(number)")
      #expect(read.todos.map(\.due) == object.todos.map(\.due), "\(number)")
      #expect(read.todos.map(\.geo) == object.todos.map(\.geo), "\(number)")
      #expect(read.todos.map(\.categories) == object.todos.map { $0.categories.map(kept) }, "\(number)")
      #expect(
        read.todos.map { $0.alarms.map(\.trigger) } == object.todos.map { $0.alarms.map(\.trigger) },
        "\(number)"
      )
      #expect(
        read.journals.map(\.descriptions) == object.journals.map { $0.descriptions.map(kept) },
        "\(number)"
      )
      #expect(read.freeBusy.map(\.intervals) == object.freeBusy.map(\.intervals), "\(number)")
    }
  }

  /// The text as a line can hold it, which is what we wrote of it.
  ///
  /// Without a byte order mark at its start, which it takes off every value that it writes.
  private func kept(_ text: String) -> String {
    let text = ContentLine("X", text: text).text
    let isMarked = text.unicodeScalars.first == "\u{FEFF}"
    return isMarked ? String(String.UnicodeScalarView(text.unicodeScalars.dropFirst())) : text
  }

  @Test func `we read again what we wrote`() throws {
    var source = RandomComponent(seed: 9073)
    for number in 0..<600 {
      let object = source.calendar(number)
      #expect(try CalendarObject.parse(object.serialized()) == object, "\(number)")
      let defects = try Component.inspect(object.serialized()).defects
      #expect(defects == [], "\(number)")
    }
  }
}
