// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the library is measured without building the service around it.
let package = Package(
  name: "ical-benchmarks",
  platforms: [.macOS(.v15)],
  targets: [
    .target(
      name: "ICalendar",
      path: "ICalendar",
      exclude: ["README.md", "public-api.txt"],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
      ]
    ),
    .executableTarget(name: "Expand", dependencies: ["ICalendar"], path: "Expand"),
    .executableTarget(name: "ExpandSeries", dependencies: ["ICalendar"], path: "ExpandSeries"),
    .executableTarget(name: "ReadWrite", dependencies: ["ICalendar"], path: "ReadWrite"),
  ],
  swiftLanguageModes: [.v6]
)
