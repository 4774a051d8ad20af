/// A provider whose accounts are connected with what a member types into a form.
package protocol ConnectsWithForm: AccountProvider {
  /// The fields of the form, in the order in which they are shown.
  var form: [ConnectionField] { get }

  /// Signs in with what was typed and finds the account's calendars.
  ///
  /// Called once for each submitted form, after every value was checked against its field. `.authExpired` means that
  /// the service refused the login; `.rejected` says what is wrong, as a sentence for people.
  func connect(_ values: ConnectionValues) async throws(ConnectionRefusal) -> AccountConnection
}
