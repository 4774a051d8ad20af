/// Everything that is done with emails.
package struct MailUseCases: Sendable {
  package let send: SendEmail
  package let change: ChangeEmails
  package let queries: EmailQueries
  package let receiveReply: ReceiveReply

  init(_ shared: SharedParts) {
    let parts = shared.parts
    send = SendEmail(
      database: parts.database,
      sending: shared.sending,
      runner: shared.runner,
      ids: parts.ids,
      clock: parts.clock
    )
    change = ChangeEmails(
      database: parts.database,
      runner: shared.runner,
      ids: parts.ids,
      clock: parts.clock
    )
    queries = EmailQueries(database: parts.database)
    receiveReply = ReceiveReply(
      take: shared.takeReply,
      surroundings: shared.surroundings,
      runner: shared.runner
    )
  }
}
