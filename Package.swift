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

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
// The board's timetable: thousands of checks in the order in which they are due.
let deques: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let heaps: Target.Dependency = .product(name: "HeapModule", package: "swift-collections")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let flyingFox: Target.Dependency = .product(name: "FlyingFox", package: "FlyingFox")
let flyingSocks: Target.Dependency = .product(name: "FlyingSocks", package: "FlyingFox")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

func ours(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "isitdown",
    products: [
        .executable(name: "isitdown", targets: ["isitdown"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        // C libraries, from Debian.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CEpoll"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CPrctl"),
        .systemLibrary(name: "CWebSockets", pkgConfig: "libwebsockets", providers: [.apt(["libwebsockets-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(name: "CLoader"),
        .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),

        // Core
        ours("Timing"),
        ours("Diagnostics", [yams]),
        ours("Status", ["Timing", deques, heaps]),
        ours("Feeds", ["Status"]),
        ours("Intents", ["Diagnostics", "Status"]),
        ours("Replies", ["Diagnostics", "Status", "Timing", mustache]),
        ours("Schedules", ["Status", heaps]),
        ours("Discord", ["Timing"]),

        // Shells
        ours("Clocks", ["Timing"]),
        ours("Certificates", ["ChildProcesses"]),
        ours("ChildProcesses"),
        ours("EventLoops"),
        ours("HTTP", ["CCurl", "EventLoops"]),
        ours("WebSockets", ["CWebSockets", "EventLoops"]),
        ours(
            "DiscordClient",
            ["CSimdjson", "CZlib", "CZstd", "Clocks", "Discord", "EventLoops", "HTTP", "Timing", "WebSockets", logging]
        ),
        ours("Probes", ["Feeds", "HTTP", "Status", "Timing"]),

        // App
        ours(
            "Bot",
            [
                "CLoader", "COpenSSL", "Clocks", "Diagnostics", "Discord", "DiscordClient", "EventLoops", "Feeds", "HTTP",
                "Intents", "LocalWeb",
                "Probes", "Replies", "Schedules", "Status", "StatusPage", "Timing", "WebSockets", configuration, logging,
                serviceLifecycle,
            ]
        ),
        ours("LocalWeb", ["CEpoll", flyingFox, flyingSocks]),
        ours("StatusPage", ["Discord", "LocalWeb", "Timing", flyingFox]),
        .target(
            name: "Playground",
            dependencies: [
                "CWebSockets", "CZlib", "CZstd", "Certificates", "Diagnostics", "EventLoops", "LocalWeb", "Status", "Timing",
                flyingFox,
                flyingSocks,
            ],
            resources: [.embedInCode("Page/chat.html")],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "isitdown",
            dependencies: [
                "Bot", "CPrctl", "Diagnostics", "Discord", "Feeds", "HTTP", "Intents", "Playground", "Probes", "Replies",
                "Status",
                "Timing",
                argumentParser, logging,
                serviceLifecycle, unixSignals,
            ],
            swiftSettings: strict
        ),

        // Probes as fast as it can, for the benchmark beside curl and blackbox_exporter.
        .executableTarget(
            name: "ProbeBench", dependencies: ["HTTP", "Probes", "Status"], path: "Tests/Benchmarks/probing/ProbeBench",
            swiftSettings: strict),
        // How long an answer takes from what is believed already.
        .executableTarget(
            name: "AnswerBench", dependencies: ["Bot", "Replies", "Status", "Timing"], path: "Tests/Benchmarks/answering",
            swiftSettings: strict),
        // What completion and the words of the dialogue cost.
        .executableTarget(
            name: "ConversationBench", dependencies: ["Bot", "Intents", "Replies", "Status", "Timing"],
            path: "Tests/Benchmarks/conversation/ConversationBench", swiftSettings: strict),
        // What a message costs, beside the figures of how well it is understood.
        .target(name: "CAllocations", path: "Tests/Benchmarks/understanding/CAllocations"),
        .executableTarget(
            name: "UnderstandingBench",
            dependencies: ["Bot", "CAllocations", "Intents", "Replies", "Status", "Timing", logging],
            path: "Tests/Benchmarks/understanding/UnderstandingBench", swiftSettings: strict),
        // Repeatable chance for tests of properties.
        .target(name: "TestChance", path: "Tests/TestChance", swiftSettings: strict),
        // Real listeners on loopback that several test targets share.
        .target(name: "TestServers", dependencies: ["ChildProcesses"], path: "Tests/TestServers", swiftSettings: strict),
        tests("TimingTests", ["Timing"]),
        tests("DiagnosticsTests", ["Diagnostics"]),
        tests("FeedsTests", ["Feeds", "Status"]),
        tests("StatusTests", ["Status", "TestChance", "Timing"]),
        tests("IntentsTests", ["Bot", "Diagnostics", "Intents", "Status", "TestChance"]),
        tests("RepliesTests", ["Diagnostics", "Replies", "Status", "Timing"]),
        .testTarget(
            name: "SchedulesTests", dependencies: ["Schedules", "Status"], exclude: ["croniter_next.py"], swiftSettings: strict),
        tests("DiscordTests", ["Discord", "Timing"]),
        tests("EventLoopsTests", ["EventLoops"]),
        tests("HTTPTests", ["Certificates", "HTTP", "TestServers"]),
        .testTarget(
            name: "WebSocketsTests",
            dependencies: ["Certificates", "ChildProcesses", "EventLoops", "WebSockets"],
            exclude: ["server.py"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DiscordClientTests",
            dependencies: [
                "Certificates", "ChildProcesses", "Clocks", "Discord", "DiscordClient", "HTTP", "Playground", "TestServers",
                "Timing", "WebSockets", logging,
            ],
            exclude: ["pack.py"],
            swiftSettings: strict
        ),
        tests("StatusPageTests", ["Discord", "HTTP", "LocalWeb", "StatusPage", "TestServers", "Timing"]),
        tests("ProbesTests", ["CCurl", "Certificates", "HTTP", "Probes", "Status", "TestChance", "TestServers"]),
        tests(
            "BotTests",
            [
                "Bot", "Diagnostics", "Discord", "DiscordClient", "Feeds", "HTTP", "LocalWeb", "Probes", "Replies", "Schedules",
                "Status",
                "StatusPage",
                "TestServers", "Timing", logging,
            ]
        ),
        .testTarget(
            name: "PlaygroundTests",
            dependencies: [
                "Certificates", "ChildProcesses", "LocalWeb", "Playground", "Status", "TestServers", "Timing", flyingFox,
            ],
            resources: [.copy("Clients")],
            swiftSettings: strict
        ),
    ],
    cxxLanguageStandard: .cxx17
)
