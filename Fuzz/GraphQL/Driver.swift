import FuzzSupport

/// The program's entry point, which SwiftPM names after its module.
@_cdecl("FuzzGraphQL_main")
public func runFuzzer(
  _ count: CInt,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
  runFuzzer(count, arguments, testing: { testOneInput($0, $1) })
}
