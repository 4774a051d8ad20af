import Testing

@testable import GraphQLEngine

@Suite(.timeLimit(.minutes(5))) struct LexerTests {
  /// The value of the argument in `{ f(a: …) }`.
  private func value(_ literal: String) throws -> ValueNode.Kind? {
    let document = try Parser.parse("{ f(a: \(literal)) }", limits: .default)
    guard case .field(let field)? = document.operations.first?.selections.selections.first else { return nil }
    return field.arguments.first?.value.kind
  }

  private func text(_ literal: String) throws -> String? {
    guard case .string(let text, _)? = try value(literal) else { return nil }
    return text
  }

  @Test func `escapes stand for their characters`() throws {
    #expect(try text(#""\" \\ \/ \b \f \n \r \t""#) == "\" \\ / \u{8} \u{C} \n \r \t")
    #expect(try text(#""\u00e9 \u{1F600} \uD83D\uDE00 ü😀""#) == "é 😀 😀 ü😀")
  }

  @Test func `a block string loses its common indentation and its blank ends`() throws {
    #expect(
      try text("\"\"\"\n\n    one\n      two\n\n    three \\\"\"\"\n  \n\"\"\"")
        == "one\n  two\n\nthree \"\"\""
    )
    #expect(try text("\"\"\"  first\r\n    second\r    third\"\"\"") == "  first\nsecond\nthird")
    #expect(try text("\"\"\"\"\"\"") == "")
  }

  @Test func `numbers keep their digits`() throws {
    guard case .int(let int)? = try value("-123456789012345678901234567890") else {
      throw JSONError(reason: .badNumber, offset: 0)
    }
    #expect(int == "-123456789012345678901234567890")
    guard case .float(let float)? = try value("0.10E+2") else {
      throw JSONError(reason: .badNumber, offset: 0)
    }
    #expect(float == "0.10E+2")
  }

  @Test func `a name ends at the first byte that cannot stand in it, wherever that falls`() throws {
    let parts = (0...0x7F).map { Character(Unicode.Scalar($0)) }
    for length in 1...20 {
      for part in parts {
        let name = String(repeating: "z", count: length)
        let document = try? Parser.parse("{\(name)\(part)Z_9}", limits: .default)
        let isNamePart = part == "_" || part.isLetter || part.isNumber
        let first = document?.operations.first?.selections.selections.first
        guard case .field(let field)? = first else {
          #expect(!isNamePart)
          continue
        }
        #expect(field.responseKey == (isNamePart ? "\(name)\(part)Z_9" : name))
      }
    }
  }

  @Test func `names and indentations of every length are passed as a whole`() throws {
    let names = (1...40).map { String(repeating: "n", count: $0) }
    let text = names.enumerated().map { String(repeating: " ", count: $0) + $1 }.joined(separator: "\n")
    let document = try Parser.parse("{\n\(text)}", limits: .default)
    let fields = document.operations[0].selections.selections.compactMap { selection in
      if case .field(let node) = selection { node } else { nil }
    }
    #expect(fields.map(\.name.text) == names)
    #expect(fields.map(\.position.location) == (1...40).map { SourceLocation(line: $0 + 1, column: $0) })
  }

  @Test func `places count UTF-16 units and every kind of line end`() throws {
    let error = #expect(throws: GraphQLError.self) {
      try Parser.parse("{ x\r\n# ü\r\n\n \u{FEFF}a(b: \"é😀\") ? }", limits: .default)
    }
    #expect(error?.message == "Syntax Error: Unexpected character: \"?\".")
    #expect(error?.locations == [SourceLocation(line: 4, column: 15)])
  }

  @Test func `every way to print a literal reads back`() throws {
    for literal in [#"{a: [1, 2.5, "x\n", true, null, E, $v], b: {}}"#, #""""block""""#, "[]"] {
      let kind = try #require(try value(literal))
      #expect(ValueNode(kind: kind, position: Position(offset: 0, line: 1, column: 1)).printed == literal)
    }
  }
}
