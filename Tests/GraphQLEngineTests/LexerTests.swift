import Testing

@testable import GraphQLEngine

@Suite struct LexerTests {
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
