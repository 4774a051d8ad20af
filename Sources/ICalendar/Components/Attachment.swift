import Foundation

/// A document or picture, by its address or as octets (RFC 5545 §3.8.1.1, RFC 7986 §5.10).
public struct Attachment: Sendable, Hashable {
  /// The content of an attachment.
  public enum Content: Sendable, Hashable {
    /// Something at an address.
    case uri(String)
    /// The octets themselves.
    case binary([UInt8])
  }

  /// The content.
  public var content: Content
  /// The media type, such as "image/png" (FMTTYPE).
  public var mediaType: String?
  /// Parameters that have no property here, such as FILENAME or DISPLAY.
  public var otherParameters: [ContentLine.Parameter]

  /// Makes an attachment.
  public init(_ content: Content, mediaType: String? = nil, otherParameters: [ContentLine.Parameter] = []) {
    self.content = content
    self.mediaType = mediaType
    self.otherParameters = otherParameters
  }

  /// Reads an ATTACH or IMAGE; nil when its octets are no base64.
  init?(_ line: ContentLine) {
    let isBinary =
      line.parameter("VALUE")?.uppercased() == "BINARY"
      || line.parameter("ENCODING")?.uppercased() == "BASE64"
    if isBinary {
      guard let data = Data(base64Encoded: line.value) else { return nil }
      content = .binary([UInt8](data))
    } else {
      content = .uri(line.value)
    }
    mediaType = line.parameter("FMTTYPE")
    let own: Set<String> = ["VALUE", "ENCODING", "FMTTYPE"]
    otherParameters = line.parameters.filter { !own.contains($0.name.uppercased()) }
  }

  func line(_ name: String) -> ContentLine {
    var parameters: [ContentLine.Parameter] = []
    if let mediaType { parameters.append(.init("FMTTYPE", mediaType)) }
    switch content {
    case .uri(let uri):
      // IMAGE has no type of its own: it must say (RFC 7986 §5.10).
      if name == "IMAGE" { parameters.append(.init("VALUE", "URI")) }
      return ContentLine(name, parameters: parameters + otherParameters, value: uri)
    case .binary(let octets):
      parameters += [.init("ENCODING", "BASE64"), .init("VALUE", "BINARY")]
      return ContentLine(
        name,
        parameters: parameters + otherParameters,
        value: Data(octets).base64EncodedString()
      )
    }
  }
}
