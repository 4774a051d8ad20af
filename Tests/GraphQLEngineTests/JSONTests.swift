import Foundation
import Testing

@testable import GraphQLEngine

@Suite(.timeLimit(.minutes(5))) struct JSONTests {
  @Test(arguments: [
    #"{"z":1,"a":[true,false,null,-0.5,"x"],"m":{}}"#, #""\"\\\n\r\t\u0001é😀""#, "[]", "-9223372036854775808",
    "1.5e+300",
  ])
  func `what is read is written again, in its order`(_ text: String) throws {
    #expect(try GraphQLValue(json: [UInt8](text.utf8)).jsonText == text)
    #expect(try GraphQLValue(json: Data(text.utf8)).jsonData() == Data(text.utf8))
  }

  @Test func `escapes, wide numbers and repeated names are read`() throws {
    #expect(try GraphQLValue(json: [UInt8](#" "\u00e9\uD83D\uDE00\/" "#.utf8)) == "é😀/")
    #expect(
      try GraphQLValue(json: [UInt8]("123456789012345678901".utf8)) == .float(1.2345678901234568e20)
    )
    #expect(try GraphQLValue(json: [UInt8](#"{"a":1,"b":2,"a":3}"#.utf8)) == ["a": 3, "b": 2])
  }

  @Test(arguments: [
    "", " ", "{", "[1", "[1,]", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "01", "1.", "-", "+1", ".5", "1e",
    "1e999",
    "nul", "True", "'x'", "\"", "\"\\x\"", "\"\\u12\"", "\"\\uD800\"", "\"\\uD800\\u0041\"", "\"\\uDC00\"",
    "\"\n\"",
    "1 2", "[1] x", "\u{FEFF}1", "NaN", "//", "[1 2]",
  ])
  func `what RFC 8259 does not allow is refused`(_ text: String) {
    #expect(throws: JSONError.self) { try GraphQLValue(json: [UInt8](text.utf8)) }
  }

  @Test func `bytes that are no UTF-8 and depth without end are refused`() {
    #expect(throws: JSONError.self) { try GraphQLValue(json: [0x22, 0xC3, 0x28, 0x22]) }
    for open in ["[", "{\"a\":"] {
      let text = String(repeating: open, count: 100_000)
      #expect(throws: JSONError.self) { try GraphQLValue(json: [UInt8](text.utf8)) }
    }
  }

  @Test func `a request is read from its body`() throws {
    let body = #"{"query":"{a}","operationName":"Q","variables":{"x":1},"extensions":{"any":1}}"#
    let request = try GraphQLRequest(json: [UInt8](body.utf8))
    #expect(request == GraphQLRequest(query: "{a}", operationName: "Q", variables: ["x": 1]))
    let nulls = #"{"query":"{a}","operationName":null,"variables":null}"#
    #expect(try GraphQLRequest(json: [UInt8](nulls.utf8)) == GraphQLRequest(query: "{a}"))
  }

  @Test(arguments: [
    "[]", "{}", #"{"query":1}"#, #"{"query":"{a}","variables":"secret"}"#,
    #"{"query":"{a}","operationName":3}"#, "secret",
  ])
  func `a malformed body is a bad request that is not quoted`(_ body: String) {
    let error = #expect(throws: GraphQLError.self) { try GraphQLRequest(json: [UInt8](body.utf8)) }
    #expect(error?.code == GraphQLErrorCode.badRequest)
    #expect(error?.message.contains("secret") == false)
  }
}
