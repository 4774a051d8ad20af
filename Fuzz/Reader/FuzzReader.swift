import FuzzSupport
import ICalendar

/// Called by libFuzzer with each input; ends the program when what the library promises does not hold.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let data = Array(UnsafeBufferPointer(start: start, count: count))
  // The length says into which pieces a stream is cut, so that any file is an input as it is.
  let cut = count % 13 + 1
  guard let roots = try? Component.parse(data) else { return 0 }
  expect(
    elements(of: data, cut: data.count + 1) == elements(of: data, cut: cut),
    "pieces are read as the whole"
  )
  for root in roots {
    let written = root.serialized()
    expect((try? Component.parse(written)) == [root], "read, write, read is the identity")
    for line in root.properties {
      _ = (line.typedValue, line.text, line.parameters)
    }
  }
  expect((try? Component.inspect(data))?.components == roots, "strict reading gives the same")
  if let object = try? CalendarObject.parse(data) {
    let written = object.serialized()
    guard let again = try? CalendarObject.parse(written) else {
      expect(object.events.isEmpty, "what was written is read")
      return 0
    }
    expect(again.events.count == object.events.count, "no event is lost")
    expect(again.serialized() == written, "what is written stays")
  }
  return 0
}

func elements(of data: [UInt8], cut: Int) -> [ComponentStream.Element]? {
  var stream = ComponentStream()
  var found: [ComponentStream.Element] = []
  do {
    for start in stride(from: 0, to: data.count, by: cut) {
      found += try stream.push(data[start..<min(start + cut, data.count)])
    }
    return try found + stream.finish()
  } catch {
    return nil
  }
}
