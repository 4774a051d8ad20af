import ArgumentParser
import PhosServer

struct RotateKeysCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate-keys",
    abstract: "Reseal every account's secrets with PHOS_ENCRYPTION_KEY.",
    discussion: """
      PHOS_ENCRYPTION_KEY is the new key, PHOS_ENCRYPTION_KEY_PREVIOUS the old ones, separated by commas. Start all servers \
      with both first, then run this, then take the old keys away. It may be run while servers run, and again at any time.
      """
  )

  @OptionGroup var options: CommonOptions

  func run() async throws {
    let program = try options.program()
    let result: (text: String, isWhole: Bool)
    do { result = try await program.rotateKeys() } catch {
      await program.shutdown()
      throw error
    }
    await program.shutdown()
    print(result.text)
    if !result.isWhole { throw ExitCode.failure }
  }
}
