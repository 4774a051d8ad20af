// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the library is built without the service around it. In yours, `.package(url:from:)` and
// `.product(name: "ICalendar", package: "phos")` take the place of the target ICalendar: see README.md.
let package = Package(
  name: "icalendar-example",
  platforms: [.macOS(.v15)],
  targets: [
    .target(
      name: "ICalendar",
      exclude: ["README.md", "public-api.txt"],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
      ]
    ),
    .executableTarget(name: "Example", dependencies: ["ICalendar"]),
  ],
  swiftLanguageModes: [.v6]
)
