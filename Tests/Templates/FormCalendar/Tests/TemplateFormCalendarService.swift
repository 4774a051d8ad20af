import DriverTestSupport
import Foundation
import HTTPTypes
import ProviderKit
import Synchronization

/// The server in a few lines: files that are stored, read and deleted.
final class TemplateFormCalendarService: HTTPTransport {
  private struct File {
    var octets: [UInt8]
    let etag = "\"\(UUID().uuidString)\""
  }

  private let files = Mutex<[String: File]>([:])

  var count: Int { files.withLock { $0.count } }

  /// As its owner could with another program.
  func change(_ address: String, _ edit: ([UInt8]) throws -> [UInt8]) throws {
    try files.withLock { files in
      guard let file = files[address] else { return }
      files[address] = File(octets: try edit(file.octets))
    }
  }

  func execute(
    _ request: ProviderRequest,
    address: IPAddress?
  ) async throws(TransportError) -> ProviderResponse {
    let login = Data("ann@example.com:secret".utf8).base64EncodedString()
    guard request.headers[.authorization] == "Basic \(login)" else { return ProviderResponse(401) }
    if request.url == "https://9.9.9.9/calendars" {
      return ProviderResponse(200, [:], #"{"calendars":[{"name":"main"}]}"#)
    }
    return files.withLock { files in
      let file = files[request.url]
      if let wanted = request.headers[.ifMatch], wanted != file?.etag { return ProviderResponse(412) }
      if request.headers[.ifNoneMatch] == "*", file != nil { return ProviderResponse(412) }
      switch (request.method, file) {
      case ("PUT", _):
        files[request.url] = File(octets: request.body)
        return ProviderResponse(201)
      case ("GET", let file?):
        return ProviderResponse(status: 200, headers: [.eTag: file.etag], body: file.octets)
      case ("DELETE", _?):
        files[request.url] = nil
        return ProviderResponse(204)
      default: return ProviderResponse(404)
      }
    }
  }
}
