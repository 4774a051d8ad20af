import Foundation

/// The values of declared settings; what was not declared cannot be read.
package struct SettingValues: Sendable {
  private let values: [String: String]
  private let declared: Set<Setting>

  /// `values` may have more than what is declared.
  package init(_ values: [String: String], declared: [Setting]) {
    self.values = values
    self.declared = Set(declared)
  }

  /// As it was given, which may be empty; nil when it was not.
  package func given(_ setting: Setting) throws(ConfigurationError) -> String? {
    guard declared.contains(setting) else {
      throw ConfigurationError(key: setting.key, reason: "is read and not declared")
    }
    return values[setting.key]
  }

  /// Nil when it is missing or empty.
  package func text(_ setting: Setting) throws(ConfigurationError) -> String? {
    try given(setting).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// An http or https address without its trailing slash.
  package func webAddress(_ setting: Setting) throws(ConfigurationError) -> String? {
    guard let text = try text(setting) else { return nil }
    guard let parts = URLComponents(string: text), let scheme = parts.scheme, let host = parts.host,
      ["http", "https"].contains(scheme), !host.isEmpty, parts.query == nil, parts.fragment == nil
    else {
      throw ConfigurationError(
        key: setting.key,
        reason: "must be an address such as https://phos.example.com"
      )
    }
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  /// `what` says what kind of number it is, for the problem.
  package func number(
    _ setting: Setting,
    in range: ClosedRange<Int>,
    what: String
  ) throws(ConfigurationError) -> Int? {
    guard let text = try given(setting) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw ConfigurationError(
        key: setting.key,
        reason: "must be a \(what) from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return number
  }

  package func truth(_ setting: Setting) throws(ConfigurationError) -> Bool? {
    guard let text = try given(setting) else { return nil }
    guard let truth = Bool(text) else {
      throw ConfigurationError(key: setting.key, reason: "must be true or false")
    }
    return truth
  }

  /// An OAuth client's id and its secret; nil when there is no id.
  package func oauthClient(
    id idSetting: Setting,
    secret secretSetting: Setting
  ) throws(ConfigurationError) -> (id: String, secret: String)? {
    guard let id = try text(idSetting) else { return nil }
    guard let secret = try text(secretSetting) else {
      throw ConfigurationError(key: secretSetting.key, reason: "is missing beside \(idSetting.key)")
    }
    return (id, secret)
  }
}
