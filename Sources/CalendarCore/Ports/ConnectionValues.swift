/// The values that a member typed into a driver's form, by the ids of its fields.
///
/// Printing it shows nothing of it.
package struct ConnectionValues: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
  private let values: [String: String]

  package init(_ values: [String: String]) { self.values = values }

  /// The value of a field; nil where nothing was typed.
  package subscript(id: String) -> String? { values[id] }

  package var description: String { "ConnectionValues(•••)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
