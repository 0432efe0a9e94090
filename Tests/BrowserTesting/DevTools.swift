import Foundation
import Glibc
import Synchronization

/// The browser's DevTools protocol over pipes: commands and their answers, and what it tells by itself.
final class DevTools: Sendable {
    struct Event: Sendable {
        let method: String
        let parameters: JSONValue
    }

    private struct State {
        var lastNumber = 0
        var asked: [Int: CheckedContinuation<JSONValue, any Error>] = [:]
        var listeners: [String: @Sendable (Event) -> Void] = [:]
        var hasEnded = false
    }

    private struct Command: Encodable {
        let id: Int
        let method: String
        let params: JSONValue
        let sessionId: String?
    }

    private struct Message: Decodable {
        struct Failure: Decodable {
            let message: String
        }
        let id: Int?
        let result: JSONValue?
        let error: Failure?
        let method: String?
        let params: JSONValue?
        let sessionId: String?
    }

    private let chromium: Chromium
    private let state = Mutex(State())
    private let writing = Mutex(())

    init(_ chromium: Chromium) {
        self.chromium = chromium
        Thread.detachNewThread { [self] in read() }
    }

    /// - Parameter session: of one tab; nil for the browser itself.
    func ask(_ method: String, _ parameters: JSONValue = [:], session: String? = nil) async throws
        -> JSONValue
    {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        let command = Command(id: number, method: method, params: parameters, sessionId: session)
        let bytes = try JSONEncoder().encode(command) + [0]
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let hasEnded = state.withLock { state in
                    if !state.hasEnded { state.asked[number] = continuation }
                    return state.hasEnded
                }
                if hasEnded { return continuation.resume(throwing: BrowserProblem.ended) }
                write(bytes)
                if Task.isCancelled { settle(number, .failure(CancellationError())) }
            }
        } onCancel: {
            settle(number, .failure(CancellationError()))
        }
    }

    /// - Parameter listener: told, in order, what the tab tells by itself; nil for nobody.
    func listen(to session: String, _ listener: (@Sendable (Event) -> Void)?) {
        state.withLock { $0.listeners[session] = listener }
    }

    private func settle(_ number: Int, _ result: Result<JSONValue, any Error>) {
        state.withLock { $0.asked.removeValue(forKey: number) }?.resume(with: result)
    }

    private func write(_ bytes: Data) {
        writing.withLock { _ in
            bytes.withUnsafeBytes { bytes in
                var done = 0
                while done < bytes.count {
                    let count = Glibc.write(chromium.commands, bytes.baseAddress! + done, bytes.count - done)
                    // Its end is seen by the reader, who tells everybody.
                    guard count > 0 else { return }
                    done += count
                }
            }
        }
    }

    // MARK: What comes back

    private func read() {
        var rest = Data()
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = Glibc.read(chromium.answers, &buffer, buffer.count)
            guard count > 0 else { break }
            rest += buffer[..<count]
            while let end = rest.firstIndex(of: 0) {
                take(rest[..<end])
                rest = Data(rest[(end + 1)...])
            }
        }
        close(chromium.answers)
        let left = state.withLock { state in
            state.hasEnded = true
            defer { state.asked = [:] }
            return Array(state.asked.values)
        }
        for continuation in left { continuation.resume(throwing: BrowserProblem.ended) }
    }

    private func take(_ bytes: Data) {
        let message: Message
        do { message = try JSONDecoder().decode(Message.self, from: bytes) } catch {
            return print("not understood from Chromium: \(error)")
        }
        if let number = message.id {
            let failure = message.error.map { BrowserProblem.refused(method: "Chromium", $0.message) }
            settle(number, failure.map { .failure($0) } ?? .success(message.result ?? .null))
        } else if let method = message.method, let session = message.sessionId {
            let listener = state.withLock { $0.listeners[session] }
            listener?(Event(method: method, parameters: message.params ?? .null))
        }
    }
}
