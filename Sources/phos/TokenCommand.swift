import ArgumentParser
import CalendarService
import PhosServer

struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "Manage API tokens for scripts.",
    subcommands: [Create.self]
  )

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Create a token for a member. It is printed once and can't be shown again."
    )

    @OptionGroup var options: CommonOptions

    @Option(help: "The member's email address.")
    var member: String

    func run() async throws {
      let program = try options.program()
      do {
        let token = try await program.useCases.access.createAPIToken(email: member)
        await program.shutdown()
        print(token.text)
      } catch let refusal as any UseCaseError {
        await program.shutdown()
        throw ValidationError(refusal.message)
      }
    }
  }
}
