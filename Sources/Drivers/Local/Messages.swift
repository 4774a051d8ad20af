/// The sentences that this driver writes for people.
enum Messages {
  static let noCopy = "The built-in calendar keeps no copy of its own."
  static let noConferences = "The built-in calendar can't create video conferences."
}
