/// Where this engine says something else than graphql-core 3.2.8 on purpose, each with its reason.
enum Differences {
  /// Documents that are accepted, refused or worded differently.
  static let documents: [String: String] = [
    #"{ me { id } } "description" query X { me { id } }"#: "§2.2: operations may be described"
  ]

  /// Errors of rules that the edition of September 2025 added: not compared, but otherwise all is.
  static func isOfNewRule(_ message: String) -> Bool {
    message.hasSuffix("operation is not supported by the schema.")
      || message.hasSuffix("directives in the top level selection.")
  }
}

extension Differences {
  /// Documents and type systems in the reference implementation's own tests that are treated differently.
  static let referenceDocuments: [String: String] = [
    "\"\"\"\n\n        spans\n          multiple\n            lines\n\n        \n \"\"\" second_token":
      descriptions,
    "\"Description\"\n            extend type Hello {\n              world: String\n            }":
      descriptions,
    "\"Description\"\n            extend interface Hello {\n              world: String\n            }":
      descriptions,
  ]

  static let referenceSchemas: [String: String] = [:]

  private static let descriptions =
    "§2.2: the message no longer says that only type definitions have descriptions"
}
