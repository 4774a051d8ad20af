import ProviderKit

extension Configuration {
  static let databaseURLSetting = Setting(
    "PHOS_DATABASE_URL",
    "`sqlite:PATH`, or `postgres://USER:PASSWORD@HOST:PORT/DATABASE`",
    fallback: "sqlite:phos.db",
    isSecret: true
  )
  static let databasePoolSizeSetting = Setting(
    "PHOS_DATABASE_POOL_SIZE",
    "the most connections to PostgreSQL that one server or worker opens, 1 to 200",
    fallback: "8"
  )
  static let hostSetting = Setting("PHOS_HOST", "the address to listen on", fallback: "127.0.0.1")
  static let portSetting = Setting("PHOS_PORT", "the port to listen on", fallback: "8080")
  static let publicURLSetting = Setting(
    "PHOS_PUBLIC_URL",
    "the address that browsers use; with https the session cookie is `Secure`",
    fallback: "http://HOST:PORT"
  )
  static let encryptionKeySetting = Setting(
    "PHOS_ENCRYPTION_KEY",
    "32 bytes in base64; seals provider tokens, signs addresses of .ics files",
    need: "`serve`, `worker`, `member`, `token` and `rotate-keys`",
    isSecret: true
  )
  static let previousEncryptionKeysSetting = Setting(
    "PHOS_ENCRYPTION_KEY_PREVIOUS",
    """
    the keys before it, separated by commas: what was sealed or signed with them is still read; see `phos rotate-keys`
    """,
    need: "replacing the key",
    isSecret: true
  )
  static let jobLeaseSetting = Setting(
    "PHOS_JOB_LEASE",
    "seconds after which other processes take over the work of one that died, 3 to 30",
    fallback: "12"
  )
  static let inboxIntervalSetting = Setting(
    "PHOS_INBOX_INTERVAL",
    "seconds between two looks into the inbox of an account that has one",
    fallback: "300"
  )
  static let allowPrivateNetworksSetting = Setting(
    "PHOS_ALLOW_PRIVATE_NETWORKS",
    "whether calendar and mail servers that users name may point into private networks",
    fallback: "false"
  )
  static let introspectionSetting = Setting(
    "PHOS_GRAPHQL_INTROSPECTION",
    "whether callers may ask for the schema, as GraphiQL and code generators do",
    fallback: "true"
  )
  static let webRootSetting = Setting(
    "PHOS_WEB_ROOT",
    "the folder of the built web app",
    fallback: "Web/dist"
  )

  /// The settings that the program itself reads; the drivers declare theirs.
  static let settings = [
    databaseURLSetting, databasePoolSizeSetting, hostSetting, portSetting, publicURLSetting,
    encryptionKeySetting, previousEncryptionKeysSetting, jobLeaseSetting, inboxIntervalSetting,
    allowPrivateNetworksSetting, introspectionSetting, webRootSetting,
  ]
}
