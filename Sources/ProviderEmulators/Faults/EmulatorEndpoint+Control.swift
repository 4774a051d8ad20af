import Foundation
import JSONModel

/// The paths below `/_emulator`, by which a test injects faults from outside the process.
extension EmulatorEndpoint {
  func control(_ request: EmulatorRequest) -> EmulatorResponse {
    if let refusal = Self.refusal(ofOrigin: request) { return refusal }
    switch (request.method, request.path.dropFirst().joined(separator: "/")) {
    case ("POST", "faults"):
      return addFault(request.body)
    case ("GET", "faults"):
      return .json(["faults": .array(faults.current.map(Self.json)), "hanging": .integer(faults.hanging)])
    case ("DELETE", "faults"):
      faults.clear()
      return EmulatorResponse(status: 204)
    case ("GET", "requests"):
      return .json(.array(log.entries.map(\.json)))
    case ("DELETE", "requests"):
      log.clear()
      return EmulatorResponse(status: 204)
    case ("POST", "answer-delay"):
      guard let milliseconds = Self.milliseconds(request.body, "milliseconds") else {
        return Self.refusal(400, "milliseconds must be 0 to 600000")
      }
      faults.answerDelay = .milliseconds(milliseconds)
      return EmulatorResponse(status: 204)
    default:
      return vendor.control(request) ?? Self.refusal(404, "no such control")
    }
  }

  /// Refuses requests by a page of another site, which must not control the demo that runs beside it in the browser.
  static func refusal(ofOrigin request: EmulatorRequest) -> EmulatorResponse? {
    guard let origin = request.headers["origin"], !isLoopback(origin) else { return nil }
    return refusal(403, "other origins may not steer an emulator")
  }

  static func refusal(_ status: Int, _ message: String) -> EmulatorResponse {
    .json(["error": .string(message)], status: status)
  }

  static func milliseconds(_ body: Data, _ key: String) -> Int? {
    guard let value = (try? JSON.parse(body))?[key]?.integer, (0...600_000).contains(value) else {
      return nil
    }
    return value
  }

  private func addFault(_ body: Data) -> EmulatorResponse {
    guard let fault = try? JSONDecoder().decode(Fault.self, from: body) else {
      return Self.refusal(400, "a fault needs match and mode: refuse, hang, status, garbage or lostAnswer")
    }
    if let defect = fault.defect { return Self.refusal(400, defect) }
    guard faults.add(fault) else { return Self.refusal(400, "too many faults") }
    return .json(Self.json(fault), status: 201)
  }

  private static func json(_ fault: Fault) -> JSON {
    (try? JSON.parse(JSONEncoder().encode(fault))) ?? .null
  }

  private static func isLoopback(_ origin: String) -> Bool {
    guard let host = URLComponents(string: origin)?.host else { return false }
    return ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host)
  }
}
