#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Lends octets in one stretch, copied only when they are not already.
func withContiguous(
  _ bytes: some Sequence<UInt8>,
  _ body: (UnsafeBufferPointer<UInt8>) throws(ICalendarError) -> Void
) throws(ICalendarError) {
  switch bytes {
  case let array as [UInt8]: try array.withUnsafeBufferPointer(body)
  case let slice as ArraySlice<UInt8>: try slice.withUnsafeBufferPointer(body)
  default: try Array(bytes).withUnsafeBufferPointer(body)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether the octets are the same.
  func isSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
    guard count == other.count else { return false }
    guard let base = baseAddress, let otherBase = other.baseAddress else { return true }
    return memcmp(base, otherBase, count) == 0
  }

  var firstIndexOfLineFeed: Int? {
    guard let base = baseAddress, let found = memchr(base, 0x0A, count) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}
