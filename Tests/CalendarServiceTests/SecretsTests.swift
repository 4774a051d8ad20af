import CalendarCore
import CalendarService
import Crypto
import Foundation
import Testing

@Suite(.timeLimit(.minutes(5))) struct SecretsTests {
  private let account = ConnectedAccount.ID(UUID())

  @Test func `sealed credentials open again and hide what is in them`() throws {
    let sealer = CredentialSealer(EncryptionKeys(SymmetricKey(size: .bits256)))
    let credentials = Credentials(["refreshToken": "very-secret"])
    let sealed = try sealer.seal(credentials, for: account)
    #expect(!sealed.contains("very-secret"))
    #expect(try sealer.seal(credentials, for: account) != sealed)
    #expect(try sealer.open(sealed, for: account) == credentials)
  }

  @Test func `credentials do not open for another account, under another key, or changed`() throws {
    let sealer = CredentialSealer(EncryptionKeys(SymmetricKey(size: .bits256)))
    let sealed = try sealer.seal(Credentials(["password": "p"]), for: account)
    #expect(throws: (any Error).self) { try sealer.open(sealed, for: .init(UUID())) }
    let other = CredentialSealer(EncryptionKeys(SymmetricKey(size: .bits256)))
    #expect(throws: CredentialSealer.SealError.otherKey) { try other.open(sealed, for: account) }
    var bytes = Array(sealed)
    bytes[bytes.count - 8] = bytes[bytes.count - 8] == "A" ? "B" : "A"
    #expect(throws: (any Error).self) { try sealer.open(String(bytes), for: account) }
  }

  @Test func `printing credentials or an address shows nothing`() throws {
    let credentials = Credentials(["password": "hunter2"])
    let address = try #require(EmailAddress("grace@example.com"))
    let printed = "\(credentials) \(String(reflecting: credentials)) \(address) \(["a": credentials])"
    #expect(!printed.contains("hunter2") && !printed.contains("grace"))
  }

  @Test func `a password is found again, and only it`() throws {
    let stored = try PasswordHash.make("Blåbär 7")
    #expect(try PasswordHash.verify("Blåbär 7", stored: stored))
    // The same letters, composed otherwise: other keyboards, same password.
    #expect(try PasswordHash.verify("Bla\u{30A}ba\u{308}r 7", stored: stored))
    #expect(try !PasswordHash.verify("Blabar 7", stored: stored))
    #expect(try !PasswordHash.verify("Blåbär 7", stored: nil))
    #expect(try PasswordHash.make("Blåbär 7") != stored)
  }

  @Test func `an invitation's address is good for one event and one day`() throws {
    let link = InvitationLink(EncryptionKeys(SymmetricKey(size: .bits256)))
    let (workspace, event) = (Workspace.ID(UUID()), CalendarEvent.ID(UUID()))
    let path = link.path(workspace: workspace, event: event, now: TestWorkspace.start)
    let opened = try #require(link.open(path, now: TestWorkspace.start + 86_000))
    #expect(opened.workspace == workspace && opened.event == event)
    #expect(link.open(path, now: TestWorkspace.start + 86_401) == nil)
    let another = path.replacing("\(event)", with: "\(CalendarEvent.ID(UUID()))")
    #expect(link.open(another, now: TestWorkspace.start) == nil)
    let parts = path.split(separator: ".")
    let later = path.replacing(".\(parts[2]).", with: ".\(9_999_999_999).")
    #expect(link.open(later, now: TestWorkspace.start) == nil)
  }
}
