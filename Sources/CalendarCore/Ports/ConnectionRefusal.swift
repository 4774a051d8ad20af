/// Why an account cannot be connected, and which field of the form is to blame.
package struct ConnectionRefusal: Error, Hashable {
  package let cause: ProviderError
  /// The id of a field of the driver's form; nil where none is to blame.
  package let field: String?

  package init(_ cause: ProviderError, field: String?) {
    self.cause = cause
    self.field = field
  }
}
