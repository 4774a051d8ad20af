// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the engine is measured without building the service around it.
let package = Package(
  name: "graphql-benchmarks",
  platforms: [.macOS(.v15)],
  targets: [
    .target(
      name: "GraphQLEngine",
      path: ".",
      exclude: ["GraphQLEngine/README.md", "Parse", "parse.py", "parse.js", "kitchen-sink.graphql"],
      // What is measured is no part of the engine's interface: `Measured` is compiled into it and opens it.
      sources: ["GraphQLEngine", "Measured"],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
      ]
    ),
    .executableTarget(name: "Parse", dependencies: ["GraphQLEngine"], path: "Parse"),
  ],
  swiftLanguageModes: [.v6]
)
