// swift-tools-version: 6.2
import PackageDescription

// A package of its own: every part of it is built with the fuzzer's counters, see README.md.
let counters: [SwiftSetting] = [.unsafeFlags(["-sanitize=fuzzer", "-parse-as-library"])]

let package = Package(
  name: "fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0")
  ],
  targets: [
    .target(
      name: "ICalendar",
      path: "ICalendar",
      exclude: ["README.md", "public-api.txt"],
      swiftSettings: counters + [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
      ]
    ),
    .target(name: "FuzzSupport", path: "Support"),
    .executableTarget(
      name: "FuzzReader",
      dependencies: ["ICalendar", "FuzzSupport"],
      path: "Reader",
      swiftSettings: counters,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]
    ),
    .target(
      name: "GraphQLEngine",
      dependencies: [.product(name: "OrderedCollections", package: "swift-collections")],
      path: ".",
      exclude: [
        "GraphQLEngine/README.md", "GraphQLEngine/GraphQLEngine.docc", "README.md", "calendar.dict",
        "rules.dict", "graphql.dict", "GraphQL", "ICalendar", "Messages", "Reader", "Rules", "Support",
        "Zones",
      ],
      sources: ["GraphQLEngine", "Promises"],
      swiftSettings: counters + [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
      ]
    ),
    .executableTarget(
      name: "FuzzGraphQL",
      dependencies: ["GraphQLEngine", "FuzzSupport"],
      path: "GraphQL",
      swiftSettings: counters,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]
    ),
    .executableTarget(
      name: "FuzzRules",
      dependencies: ["ICalendar", "FuzzSupport"],
      path: "Rules",
      swiftSettings: counters,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]
    ),
    .executableTarget(
      name: "FuzzZones",
      dependencies: ["ICalendar", "FuzzSupport"],
      path: "Zones",
      swiftSettings: counters,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]
    ),
    .executableTarget(
      name: "FuzzMessages",
      dependencies: ["ICalendar", "FuzzSupport"],
      path: "Messages",
      swiftSettings: counters,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]
    ),
  ],
  swiftLanguageModes: [.v6]
)
