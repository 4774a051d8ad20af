import CalendarCore
import DriverTestSupport
import HTTPTypes
import ProviderKit
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct AddressGuardTests {
  @Test(arguments: [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.1", "192.168.1.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::1",
    "2002:7f00:1::",
    "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1", "2001:db8::1", "2001::1", "100::1",
  ])
  func `an address inside is not public`(text: String) throws {
    #expect(try #require(IPAddress(text)).isPublic == false)
  }

  @Test(arguments: [
    "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0",
    "192.167.255.255", "223.255.255.255", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1",
    "2002:101:101::",
  ])
  func `an address outside is public`(text: String) throws {
    #expect(try #require(IPAddress(text)).isPublic)
  }

  @Test func `one private address among public ones refuses the name`() async throws {
    let addressGuard = AddressGuard(allowsPrivateNetworks: false, resolve: names(["1.1.1.1", "10.0.0.1"]))
    let address = try #require(WebAddress("https://calendar.example.com"))
    await #expect(throws: ProviderError.self) { try await addressGuard.addresses(of: address) }
  }

  @Test(arguments: [
    "https://127.0.0.1", "https://[::1]/", "https://localhost", "https://2130706433/", "https://0x7f.1/",
    "https://[::ffff:127.0.0.1]/", "https://127.1/",
  ])
  func `every spelling of this machine is refused`(text: String) async throws {
    let network = ScriptedTransport { _, _ in ProviderResponse(200) }
    let http = ProviderHTTP(transport: network)
    let error = await #expect(throws: ProviderError.self) {
      try await http.send(ProviderRequest("GET", text, origin: .user))
    }
    // Where the resolver does not take a spelling for an address, the name does not exist: as good.
    #expect(
      error?.isRejection == true || error == .unavailable(reason: "The server's name can't be resolved.")
    )
    #expect(network.sent.isEmpty)
  }

  @Test func `the connection goes to the address that was checked, whatever the name says later`()
    async throws
  {
    let answers = Mutex([["1.1.1.1"], ["127.0.0.1"]])
    let addressGuard = AddressGuard(allowsPrivateNetworks: false) { _ in
      answers.withLock { $0.removeFirst() }.compactMap { IPAddress($0) }
    }
    let network = ScriptedTransport { _, _ in ProviderResponse(200) }
    let http = ProviderHTTP(transport: network, addressGuard: addressGuard)
    _ = try await http.send(ProviderRequest("GET", "https://calendar.example.com/", origin: .user))
    #expect(network.sent.map(\.address) == [IPAddress("1.1.1.1")])
    // And the next request asks again.
    await #expect(throws: ProviderError.self) {
      try await http.send(ProviderRequest("GET", "https://calendar.example.com/", origin: .user))
    }
    #expect(network.sent.count == 1)
  }

  @Test func `a redirect into a private network is refused`() async throws {
    let addressGuard = AddressGuard(allowsPrivateNetworks: false) { host in
      [IPAddress(host == "inside.example" ? "10.0.0.1" : "1.1.1.1")].compactMap(\.self)
    }
    let network = ScriptedTransport { _, _ in ProviderResponse(302, [.location: "https://inside.example/x"])
    }
    let http = ProviderHTTP(transport: network, addressGuard: addressGuard)
    let error = await #expect(throws: ProviderError.self) {
      try await http.send(
        ProviderRequest("GET", "https://outside.example/", redirects: .follow(limit: 3), origin: .user)
      )
    }
    #expect(error?.isRejection == true)
    #expect(network.sent.count == 1)
  }

  @Test func `plain http is for private networks only`() async throws {
    let address = try #require(WebAddress("http://calendar.example.com"))
    let outside = AddressGuard(allowsPrivateNetworks: true, resolve: names(["1.1.1.1"]))
    await #expect(throws: ProviderError.self) { try await outside.addresses(of: address) }
    let inside = AddressGuard(allowsPrivateNetworks: true, resolve: names(["192.168.1.1"]))
    #expect(try await inside.addresses(of: address) == [IPAddress("192.168.1.1")])
  }

  @Test func `the second address is tried when the first takes no connection`() async throws {
    let network = ScriptedTransport { _, address throws(TransportError) in
      guard address == IPAddress("1.1.1.1") else { throw .notConnected(reason: "refused") }
      return ProviderResponse(200)
    }
    let addressGuard = AddressGuard(
      allowsPrivateNetworks: false,
      resolve: names(["2606:4700::1111", "1.1.1.1"])
    )
    let http = ProviderHTTP(transport: network, addressGuard: addressGuard)
    let response = try await http.send(ProviderRequest("PUT", "https://calendar.example.com/", origin: .user))
    #expect(response.status == 200)
  }

  @Test func `a request that may have been carried out is not sent to a second address`() async throws {
    let network = ScriptedTransport { _, _ throws(TransportError) in throw .lost(reason: "closed") }
    let addressGuard = AddressGuard(allowsPrivateNetworks: false, resolve: names(["1.1.1.1", "1.0.0.1"]))
    let http = ProviderHTTP(transport: network, addressGuard: addressGuard)
    await #expect(throws: ProviderError.self) {
      try await http.send(ProviderRequest("PUT", "https://calendar.example.com/", origin: .user))
    }
    #expect(network.sent.count == 1)
  }

  @Test func `a pinned connection keeps the name for the server`() async throws {
    let server = try await RawServer(.echo)
    let transport = LiveTransport()
    let response = try await transport.execute(
      ProviderRequest("GET", "http://nowhere.invalid:\(server.port)/x"),
      address: IPAddress("127.0.0.1")
    )
    let echo = String(decoding: response.body, as: UTF8.self).lowercased()
    #expect(echo.contains("host: nowhere.invalid:\(server.port)"))
    await transport.shutdown()
    try await server.stop()
  }

  private func names(_ addresses: [String]) -> AddressGuard.Resolver {
    { _ in addresses.compactMap { IPAddress($0) } }
  }
}

extension ProviderError {
  var isRejection: Bool { if case .rejected = self { true } else { false } }
  var isUnavailable: Bool { if case .unavailable = self { true } else { false } }
  var isAuthExpired: Bool { if case .authExpired = self { true } else { false } }
}
