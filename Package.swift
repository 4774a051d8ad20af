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

func driver(_ name: String) -> Target {
  .target(
    name: "\(name)Driver",
    dependencies: ["CalendarCore", "ProviderKit", "ICalendar", crypto] + (driverLibraries[name] ?? []),
    path: "Sources/Drivers/\(name)",
    exclude: ["README.md"],
    swiftSettings: settings
  )
}

/// Every vendor whose drivers are part of the program: one folder each, and one line in Sources/PhosServer/Drivers.swift.
let drivers = [
  "Google", "Microsoft", "CalDAV", "Local", "Zoom", "Jitsi", "Whereby", "CustomLink", "SMTP", "IMAP",
]
/// C libraries that some of them stand on.
let driverLibraries: [String: [Target.Dependency]] = ["SMTP": ["CCurl"]]
/// Those of them whose tests need no more than the kit.
let kitTests = ["Whereby", "IMAP"]

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
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    library("ICalendar", exclude: ["README.md"]),
    library("GraphQLEngine", exclude: ["README.md"]),
    library("CalendarCore", ["ICalendar", logging]),
    library("CalendarService", ["CalendarCore", "ICalendar", crypto, cryptoExtras, logging]),
    library(
      "ProviderKit",
      exclude: ["README.md"],
      ["CalendarCore", "CCurl", httpClient, nio, nioPosix, nioHTTP1, logging]
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
    library("Storage", ["CalendarCore", "CPostgres", "ICalendar", grdb, logging]),
    library(
      "ProviderEmulators",
      ["ICalendar", hummingbird, httpClient, logging, crypto, nio, nioHTTP1, nioPosix]
    ),
    .target(
      name: "PhosServer",
      dependencies: [
        "ICalendar", "GraphQLEngine", "CalendarCore", "CalendarService", "ProviderKit", "Storage",
        asyncAlgorithms, hummingbird, lifecycle, signals, logging, crypto, nio, nioPosix,
      ] + drivers.map { .byName(name: "\($0)Driver") },
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
        argumentParser, logging, crypto,
      ],
      swiftSettings: settings
    ),
    library("ProviderConformance", ["CalendarCore", "ICalendar", "ProviderKit"]),
    .target(
      name: "DriverTestSupport",
      dependencies: ["ProviderKit", "CalendarCore", "ICalendar", nio, nioPosix],
      path: "Tests/DriverTestSupport",
      swiftSettings: settings
    ),
    tests("ProviderKit", ["DriverTestSupport", "ProviderKit", "CalendarCore", logging]),
    tests(
      "GoogleDriver",
      [
        "DriverTestSupport", "GoogleDriver", "ProviderConformance", "ProviderEmulators", "ProviderKit",
        "CalendarCore", "ICalendar", crypto,
      ]
    ),
    tests(
      "MicrosoftDriver",
      [
        "DriverTestSupport", "MicrosoftDriver", "ProviderConformance", "ProviderEmulators", "ProviderKit",
        "CalendarCore", "ICalendar", crypto,
      ]
    ),
    tests(
      "ZoomDriver",
      [
        "DriverTestSupport", "ZoomDriver", "JitsiDriver", "ProviderConformance", "ProviderEmulators",
        "ProviderKit", "CalendarCore", crypto,
      ]
    ),
    tests(
      "CalDAVDriver",
      [
        "DriverTestSupport", "CalDAVDriver", "ProviderConformance", "ProviderEmulators", "ProviderKit",
        "CalendarCore", "ICalendar",
      ]
    ),
    tests(
      "LocalDriver",
      [
        "DriverTestSupport", "LocalDriver", "CustomLinkDriver", "ProviderConformance", "ProviderKit",
        "CalendarCore", "ICalendar",
      ]
    ),
    tests("ICalendar", ["ICalendar"], exclude: ["Corpus"]),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    tests(
      "ProviderEmulators",
      ["TestSupport", "ProviderEmulators", "ICalendar", hummingbird, crypto, nio, nioPosix]
    ),
    tests(
      "CalendarService",
      [
        "TestSupport", "CalendarService", "CalendarCore", "DatabaseTestSupport", "ICalendar", "Storage",
        crypto,
        logging,
      ]
    ),
    .target(
      name: "DatabaseTestSupport",
      dependencies: ["Storage"],
      path: "Tests/DatabaseTestSupport",
      swiftSettings: settings
    ),
    tests(
      "ExactlyOnce",
      [
        "TestSupport", "CalendarService", "CalendarCore", "DatabaseTestSupport", "ICalendar", "Storage",
        crypto,
        logging,
      ]
    ),
    tests("Storage", ["TestSupport", "DatabaseTestSupport", "Storage", "CalendarCore", "ICalendar"]),
    tests(
      "PhosServer",
      [
        "PhosServer", "CalendarCore", "CalendarService", "GraphQLEngine", "ICalendar", "ProviderEmulators",
        "ProviderKit", "LocalDriver", "DriverTestSupport", "Storage", hummingbird, hummingbirdTesting, nio,
        logging,
        crypto,
      ],
      exclude: ["Fixtures"]
    ),
    tests("GraphQLEngine", ["GraphQLEngine"], exclude: ["Fixtures"]),
  ] + drivers.map(driver)
    + kitTests.map { name in
      tests(
        "\(name)Driver",
        [
          .byName(name: "\(name)Driver"), "DriverTestSupport", "ProviderConformance", "ProviderKit",
          "CalendarCore",
        ]
      )
    },
  swiftLanguageModes: [.v6]
)
