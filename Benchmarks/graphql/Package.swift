// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the engine is measured without building the service around it.
let package = Package(
  name: "graphql-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0")
  ],
  targets: [
    .target(
      name: "GraphQLEngine",
      dependencies: [.product(name: "OrderedCollections", package: "swift-collections")],
      path: ".",
      exclude: [
        "GraphQLEngine/README.md", "GraphQLEngine/GraphQLEngine.docc", "Parse", "parse.py", "parse.js",
        "kitchen-sink.graphql", "Execute",
        "execute.py", "execute.js", "execute_core.py", "make_events.py", "events.graphql",
        "events.query.graphql",
      ],
      // What is measured is no part of the engine's interface: `Measured` is compiled into it and opens it.
      sources: ["GraphQLEngine", "Measured"],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
      ]
    ),
    .executableTarget(name: "Parse", dependencies: ["GraphQLEngine"], path: "Parse"),
    .executableTarget(name: "Execute", dependencies: ["GraphQLEngine"], path: "Execute"),
  ],
  swiftLanguageModes: [.v6]
)
