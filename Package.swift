// swift-tools-version: 6.2
import PackageDescription

// Three rings: core (values and machines) <- shell (one actor per C library) <- app (wiring).
// Imports never point outward; `--explicit-target-dependency-import-check error` holds the code to it.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

func ours(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "isitdown",
    dependencies: [
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2")
    ],
    targets: [

        // Core
        ours("Timing"),
        ours("Diagnostics", [yams]),
        ours("Status", ["Timing"]),
        ours("Certificates"),
        tests("TimingTests", ["Timing"]),
        tests("DiagnosticsTests", ["Diagnostics"]),
        tests("StatusTests", ["Status", "Timing"]),
    ]
)
