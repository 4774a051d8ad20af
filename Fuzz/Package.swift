// swift-tools-version: 6.2
import PackageDescription

// A package of its own: every part of it is built with the fuzzer's counters, see README.md.
let counters: [SwiftSetting] = [.unsafeFlags(["-sanitize=fuzzer", "-parse-as-library"])]

let package = Package(
  name: "fuzz",
  platforms: [.macOS(.v15)],
  targets: [
    .target(
      name: "ICalendar",
      path: "ICalendar",
      exclude: ["README.md"],
      swiftSettings: counters + [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
      ]
    ),
    .executableTarget(
      name: "FuzzReader",
      dependencies: ["ICalendar"],
      path: "Reader",
      swiftSettings: counters,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]
    ),
    .target(
      name: "GraphQLEngine",
      path: ".",
      exclude: [
        "GraphQLEngine/README.md", "README.md", "calendar.dict", "rules.dict", "graphql.dict", "GraphQL",
        "ICalendar", "Reader", "Rules",
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
      dependencies: ["GraphQLEngine"],
      path: "GraphQL",
      swiftSettings: counters,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]
    ),
    .executableTarget(
      name: "FuzzRules",
      dependencies: ["ICalendar"],
      path: "Rules",
      swiftSettings: counters,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]
    ),
  ],
  swiftLanguageModes: [.v6]
)
