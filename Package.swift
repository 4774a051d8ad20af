// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let asyncAlgorithms = Target.Dependency.product(name: "AsyncAlgorithms", package: "swift-async-algorithms")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let orderedCollections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")

/// A library of ours.
///
/// The table in docs/architecture.md says what it may import; the build rejects any of our modules that is not declared.
func library(
  _ name: String,
  path: String? = nil,
  exclude: [String] = [],
  _ dependencies: [Target.Dependency] = []
) -> Target {
  .target(name: name, dependencies: dependencies, path: path, exclude: exclude, swiftSettings: settings)
}

/// A driver: one folder in Sources/Drivers, one in Tests, and one line in Sources/PhosServer/Drivers.swift.
struct DriverSpec {
  var name: String
  /// The modules that its sources import besides CalendarCore and ProviderKit.
  var uses: [Target.Dependency] = []
  /// The modules that its tests import besides the driver and CalendarCore.
  var tests: [Target.Dependency]
  /// Whether it is in Tests/Templates, to be copied by scripts/new-driver, and in no program.
  var isTemplate = false

  var module: String { "\(name)Driver" }

  private var folders: (sources: String, tests: String) {
    guard isTemplate else { return ("Sources/Drivers/\(name)", "Tests/\(module)Tests") }
    let folder = "Tests/Templates/\(name.dropFirst("Template".count))"
    return ("\(folder)/Driver", "\(folder)/Tests")
  }

  var targets: [Target] {
    [
      .target(
        name: module,
        dependencies: ["CalendarCore", "ProviderKit"] + uses,
        path: folders.sources,
        exclude: ["README.md"],
        swiftSettings: settings
      ),
      .testTarget(
        name: "\(module)Tests",
        dependencies: [.byName(name: module), "CalendarCore"] + tests,
        path: folders.tests,
        swiftSettings: settings
      ),
    ]
  }
}

/// The modules that the tests of a driver import to run the conformance suite.
let conformance: [Target.Dependency] = ["ProviderConformance", "DriverTestSupport", "ProviderKit"]

let drivers = [
  DriverSpec(
    name: "Google",
    uses: ["ICalendar", "JSONModel", httpTypes],
    tests: conformance + ["TestSupport", "ProviderEmulators", "ICalendar", "JSONModel", crypto, httpTypes]
  ),
  DriverSpec(
    name: "Microsoft",
    uses: ["ICalendar", "JSONModel", httpTypes],
    tests: conformance + ["TestSupport", "ProviderEmulators", "ICalendar", "JSONModel", crypto, httpTypes]
  ),
  DriverSpec(
    name: "CalDAV",
    uses: ["ICalendar", httpTypes],
    tests: conformance + ["TestSupport", "ProviderEmulators", "ICalendar", httpTypes]
  ),
  DriverSpec(name: "Local", tests: conformance + ["ICalendar"]),
  DriverSpec(
    name: "Zoom",
    uses: ["JSONModel", httpTypes],
    tests: conformance + ["TestSupport", "ProviderEmulators", "JSONModel", crypto, httpTypes]
  ),
  DriverSpec(name: "Jitsi", uses: [crypto], tests: ["ProviderConformance"]),
  DriverSpec(
    name: "Whereby",
    uses: ["JSONModel", crypto, httpTypes],
    tests: conformance + ["TestSupport", "JSONModel", httpTypes]
  ),
  DriverSpec(name: "CustomLink", tests: ["ProviderConformance", "DriverTestSupport"]),
  DriverSpec(name: "SMTP", uses: ["CCurl"], tests: conformance + ["ProviderEmulators"]),
  DriverSpec(name: "IMAP", tests: []),
]

/// Where new drivers begin.
let templates = [
  DriverSpec(
    name: "TemplateConference",
    uses: ["JSONModel", httpTypes],
    tests: conformance + ["TestSupport", "JSONModel", httpTypes],
    isTemplate: true
  ),
  DriverSpec(
    name: "TemplateOAuthCalendar",
    uses: ["ICalendar", "JSONModel", httpTypes],
    tests: conformance + ["TestSupport", "JSONModel", httpTypes],
    isTemplate: true
  ),
  DriverSpec(
    name: "TemplateFormCalendar",
    uses: ["ICalendar", "JSONModel", httpTypes],
    tests: conformance + ["TestSupport", "ICalendar", httpTypes],
    isTemplate: true
  ),
]

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: dependencies,
    path: "Tests/\(name)Tests",
    exclude: exclude,
    swiftSettings: settings
  )
}

let package = Package(
  name: "phos",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "phos", targets: ["phos"]),
    .executable(name: "phos-demo", targets: ["phos-demo"]),
    .library(name: "ICalendar", targets: ["ICalendar"]),
    .library(name: "GraphQLEngine", targets: ["GraphQLEngine"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.4"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    library("ICalendar", exclude: ["README.md", "public-api.txt"]),
    library("GraphQLEngine", exclude: ["README.md"], [orderedCollections]),
    library("JobQueue", [logging]),
    library("JSONModel"),
    library("CalendarCore", ["ICalendar", "JobQueue"]),
    library("CalendarService", ["CalendarCore", "ICalendar", "JobQueue", crypto, cryptoExtras, logging]),
    library(
      "ProviderKit",
      exclude: ["README.md"],
      ["CalendarCore", "CCurl", httpClient, httpTypes, nio, nioPosix, nioHTTP1, logging]
    ),
    .systemLibrary(
      name: "CPostgres",
      path: "Sources/CPostgres",
      pkgConfig: "libpq",
      providers: [.apt(["libpq-dev"])]
    ),
    .systemLibrary(
      name: "CCurl",
      path: "Sources/CCurl",
      pkgConfig: "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"])]
    ),
    library("Storage", ["CalendarCore", "CPostgres", "ICalendar", "JobQueue", grdb, logging]),
    library(
      "ProviderEmulators",
      ["ICalendar", "JSONModel", hummingbird, httpClient, logging, crypto, nio, nioHTTP1, nioPosix]
    ),
    .target(
      name: "PhosServer",
      dependencies: [
        "ICalendar", "GraphQLEngine", "CalendarCore", "CalendarService", "JobQueue", "ProviderKit", "Storage",
        asyncAlgorithms, hummingbird, lifecycle, signals, logging, crypto, httpTypes, nio, nioPosix,
      ] + drivers.map { .byName(name: $0.module) },
      resources: [.embedInCode("GraphQL/schema.graphql")],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "phos",
      dependencies: [
        "PhosServer", "CalendarCore", "CalendarService", "ICalendar", "Storage", argumentParser, logging,
      ],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "phos-demo",
      dependencies: [
        "PhosServer", "ProviderEmulators", "ProviderKit", "CalendarCore", "CalendarService", "ICalendar",
        argumentParser, logging, crypto, httpTypes,
      ],
      swiftSettings: settings
    ),
    library("ProviderConformance", ["CalendarCore", "ICalendar", "ProviderKit", httpTypes]),
    .target(
      name: "DriverTestSupport",
      dependencies: ["ProviderKit", "CalendarCore", "ICalendar", httpTypes, nio, nioPosix],
      path: "Tests/DriverTestSupport",
      swiftSettings: settings
    ),
    tests("ProviderKit", ["DriverTestSupport", "TestSupport", "ProviderKit", "CalendarCore", httpTypes]),
    tests("ICalendar", ["TestSupport", "ICalendar"], exclude: ["Corpus"]),
    .target(
      name: "TestSupport",
      dependencies: ["CalendarCore"],
      path: "Tests/TestSupport",
      swiftSettings: settings
    ),
    tests(
      "ProviderEmulators",
      ["TestSupport", "ProviderEmulators", "ICalendar", "JSONModel", hummingbird, crypto, nio, nioPosix]
    ),
    tests(
      "CalendarService",
      [
        "TestSupport", "CalendarService", "CalendarCore", "DatabaseTestSupport", "ICalendar", "JobQueue",
        "Storage",
        crypto,
        logging,
      ]
    ),
    .target(
      name: "DatabaseTestSupport",
      dependencies: ["Storage", "CalendarCore", "CPostgres"],
      path: "Tests/DatabaseTestSupport",
      swiftSettings: settings
    ),
    tests(
      "ExactlyOnce",
      [
        "TestSupport", "CalendarService", "CalendarCore", "DatabaseTestSupport", "ICalendar", "JobQueue",
        "Storage",
        crypto,
        logging,
      ]
    ),
    tests(
      "Storage",
      ["TestSupport", "DatabaseTestSupport", "Storage", "CalendarCore", "ICalendar", "JobQueue"],
      exclude: ["Fixtures"]
    ),
    tests(
      "PhosServer",
      [
        "TestSupport", "DatabaseTestSupport", "PhosServer", "CalendarCore", "CalendarService",
        "GraphQLEngine",
        "ICalendar", "JobQueue", "ProviderEmulators", "ProviderKit", "LocalDriver", "DriverTestSupport",
        "Storage", hummingbird, hummingbirdTesting,
        httpTypes, logging, crypto, nio, orderedCollections,
      ],
      exclude: ["Fixtures"]
    ),
    tests("GraphQLEngine", ["TestSupport", "GraphQLEngine", orderedCollections], exclude: ["Fixtures"]),
  ] + (drivers + templates).flatMap(\.targets),
  swiftLanguageModes: [.v6]
)
