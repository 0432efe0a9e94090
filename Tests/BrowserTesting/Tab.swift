import Foundation
import Synchronization

/// A tab of the browser: opens pages, waits for them, looks at what is there.
package final class Tab: Sendable {
    private struct Waiter {
        let isWanted: @Sendable (DevTools.Event) -> Bool
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct Told {
        var events: [DevTools.Event] = []
        var waiters: [Int: Waiter] = [:]
        var lastWaiter = 0
    }

    private let tools: DevTools
    private let session: String
    /// `http://127.0.0.1:…`
    package let site: String
    private let told = Mutex(Told())

    init(tools: DevTools, session: String, site: String) {
        (self.tools, self.session, self.site) = (tools, session, site)
    }

    func begin() async throws {
        tools.listen(to: session) { [weak self] in self?.hear($0) }
        for domain in ["Page", "Network", "Log", "Runtime"] { _ = try await ask(domain + ".enable") }
        _ = try await ask("Page.setLifecycleEventsEnabled", ["enabled": true])
        // Every tab believes that it is the one in front.
        _ = try await ask("Emulation.setFocusEmulationEnabled", ["enabled": true])
    }

    func end() { tools.listen(to: session, nil) }

    @discardableResult
    func ask(_ method: String, _ parameters: JSONValue = [:]) async throws -> JSONValue {
        do {
            return try await tools.ask(method, parameters, session: session)
        } catch BrowserProblem.refused(_, let why) {
            throw BrowserProblem.refused(method: method, why)
        }
    }

    // MARK: Pages

    /// Opens an address and waits until it has been drawn.
    package func open(_ address: String) async throws {
        let whole = address.hasPrefix("/") ? site + address : address
        try await leadingToPage { try await ask("Page.navigate", ["url": .string(whole)]) }
    }

    /// Waits for the page that an action leads to.
    package func leadingToPage(_ action: () async throws -> some Any) async throws {
        let before = told.withLock { $0.events.count }
        let old = try await ask("Page.getFrameTree")["frameTree"]?["frame"]?["loaderId"]
        _ = try await action()
        try await event("page", after: before) {
            $0.method == "Page.lifecycleEvent" && $0.parameters["name"] == "load"
                && $0.parameters["loaderId"] != old
        }
    }

    /// The path and query of the page, with their letters as a reader sees them.
    package var address: String {
        get async throws { try await value("decodeURI(location.pathname + location.search + location.hash)") }
    }

    /// The words that can be seen.
    package var words: String {
        get async throws { try await value("document.body.innerText") }
    }

    package var heading: String {
        get async throws { try await value("document.querySelector('h1')?.innerText ?? ''") }
    }

    // MARK: What the browser told

    /// Addresses asked for since the tab was opened, `data:` among them.
    package var requests: [String] {
        events("Network.requestWillBeSent").compactMap { $0["request"]?["url"]?.string }
    }

    /// What went to the console: refusals of the content policy, missing files, errors of scripts.
    package var complaints: [String] {
        events("Log.entryAdded").compactMap { $0["entry"]?["text"]?.string }
            + events("Runtime.exceptionThrown").compactMap { $0["exceptionDetails"]?["text"]?.string }
            + events("Runtime.consoleAPICalled").map { "console.\($0["type"]?.string ?? "")" }
    }

    private func events(_ method: String) -> [JSONValue] {
        told.withLock { $0.events.filter { $0.method == method }.map(\.parameters) }
    }

    private func hear(_ event: DevTools.Event) {
        let served = told.withLock { told -> [Waiter] in
            told.events.append(event)
            let served = told.waiters.filter { $0.value.isWanted(event) }
            for number in served.keys { told.waiters[number] = nil }
            return Array(served.values)
        }
        for waiter in served { waiter.continuation.resume() }
    }

    private func event(
        _ name: String, after start: Int, _ isWanted: @escaping @Sendable (DevTools.Event) -> Bool
    ) async throws {
        let number = told.withLock { told in
            told.lastWaiter += 1
            return told.lastWaiter
        }
        let clock = Task {
            try await Task.sleep(for: .seconds(60))
            give(up: number, BrowserProblem.late(name))
        }
        defer { clock.cancel() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isThere = told.withLock { told in
                    if told.events[start...].contains(where: isWanted) { return true }
                    told.waiters[number] = Waiter(isWanted: isWanted, continuation: continuation)
                    return false
                }
                if isThere { return continuation.resume() }
                if Task.isCancelled { give(up: number, CancellationError()) }
            }
        } onCancel: {
            give(up: number, CancellationError())
        }
    }

    private func give(up number: Int, _ problem: any Error) {
        told.withLock { $0.waiters.removeValue(forKey: number) }?.continuation.resume(throwing: problem)
    }

    // MARK: Expressions

    /// - Parameter expression: JavaScript whose value JSON can say. It runs also where pages may run none.
    package func value<Value: Decodable>(_ expression: String) async throws -> Value {
        try await evaluate("JSON.stringify((\(expression)) ?? null)", waits: false)
    }

    /// The same for a promise.
    package func promised<Value: Decodable>(_ expression: String) async throws -> Value {
        try await evaluate("(async () => JSON.stringify((await (\(expression))) ?? null))()", waits: true)
    }

    /// Runs JavaScript for what it does.
    package func run(_ script: String) async throws {
        _ = try await answer(to: script, waits: false)
    }

    private func evaluate<Value: Decodable>(_ expression: String, waits: Bool) async throws -> Value {
        let text = try await answer(to: expression, waits: waits)["result"]?["value"]?.string ?? "null"
        return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }

    private func answer(to expression: String, waits: Bool) async throws -> JSONValue {
        let answer = try await ask(
            "Runtime.evaluate",
            ["expression": .string(expression), "awaitPromise": .bool(waits), "returnByValue": true])
        if let failure = answer["exceptionDetails"] {
            throw BrowserProblem.script(
                failure["exception"]?["description"]?.string ?? failure["text"]?.string ?? "")
        }
        return answer
    }
}
