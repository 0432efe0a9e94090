import Foundation

/// One Chromium for many tests. Each tab is a reader of its own: no tab sees another's cookies.
package struct Browser: Sendable {
    private let tools: DevTools
    /// Two cores draw two pages at a time; more tabs would only wait for one another.
    private let places = Places(2)

    /// Whether tests that need it can run. With SUNDIAL_REQUIRE_BROWSER it is there without being there, and they fail.
    package static var isHere: Bool { Chromium.path != nil || isRequired }

    package static var isRequired: Bool {
        ProcessInfo.processInfo.environment["SUNDIAL_REQUIRE_BROWSER"] != nil
    }

    /// Starts it and ends it with all its children.
    package static func run<Value>(_ body: (Browser) async throws -> Value) async throws -> Value {
        let chromium = try Chromium()
        defer { chromium.end() }
        return try await body(Browser(tools: DevTools(chromium)))
    }

    /// Opens an empty tab for a while.
    ///
    /// - Parameter site: addresses that begin with a slash are this site's.
    package func withTab<Value>(of site: String, _ body: (Tab) async throws -> Value) async throws -> Value {
        try await places.take()
        let value: Result<Value, any Error>
        do { value = .success(try await onePlace(site, body)) } catch { value = .failure(error) }
        await places.give()
        return try value.get()
    }

    private func onePlace<Value>(_ site: String, _ body: (Tab) async throws -> Value) async throws -> Value {
        let context = try await tools.ask("Target.createBrowserContext")["browserContextId"] ?? .null
        let target =
            try await tools.ask(
                "Target.createTarget",
                ["url": "about:blank", "browserContextId": context, "newWindow": true])["targetId"] ?? .null
        let session = try await tools.ask("Target.attachToTarget", ["targetId": target, "flatten": true])
        let tab = Tab(tools: tools, session: session["sessionId"]?.string ?? "", site: site)
        try await tab.begin()
        let value: Result<Value, any Error>
        do { value = .success(try await body(tab)) } catch { value = .failure(error) }
        _ = try await tools.ask("Target.disposeBrowserContext", ["browserContextId": context])
        tab.end()
        return try value.get()
    }
}

/// So many at a time; the others wait in their order.
private actor Places {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ free: Int) {
        self.free = free
    }

    func take() async throws {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func give() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
