import ArgumentParser
import CalendarCore
import CalendarService
import ICalendar
import PhosServer

struct MemberCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "member",
    abstract: "Manage the people who sign in.",
    subcommands: [Add.self]
  )

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add a member, creating the workspace if it is new.",
      discussion: "The password is read from the first line of standard input."
    )

    @OptionGroup var options: CommonOptions

    @Option(help: "The member's email address, used to sign in.")
    var email: String

    @Option(help: "The member's name.")
    var name: String

    @Option(help: "The workspace's name.")
    var workspace: String

    @Option(name: .customLong("time-zone"), help: "An IANA name such as Europe/Berlin.")
    var timeZone: String?

    func run() async throws {
      guard let address = EmailAddress(email) else {
        throw ValidationError("--email isn't a valid email address")
      }
      let zone = timeZone.flatMap { Zone($0) }
      guard timeZone == nil || zone != nil else {
        throw ValidationError("--time-zone isn't a known time zone")
      }
      guard let password = readLine(), password.count >= 8 else {
        throw ValidationError("Provide a password of at least 8 characters on standard input.")
      }
      let program = try options.program()
      let useCases = program.useCases
      do {
        let target = try await useCases.access.createWorkspace.findOrCreate(displayName: workspace)
        _ = try await useCases.access.createWorkspace.addMember(
          email: address,
          displayName: name,
          password: password,
          timeZone: zone,
          to: target.id
        )
        await program.shutdown()
      } catch StoreError.duplicateEmail {
        await program.shutdown()
        throw ValidationError("A member with this email address already exists.")
      }
      print("Added. They can sign in now.")
    }
  }
}
