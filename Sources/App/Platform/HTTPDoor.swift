import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Transparency

/// The door to other hosts, over HTTP and HTTPS: no redirects, no proxies, and limits on size and time.
package struct HTTPDoor: Sendable {
    private let client: HTTPClient
    private let timeoutSeconds: Int

    private init(timeoutSeconds: Int) {
        self.timeoutSeconds = timeoutSeconds
        var configuration = HTTPClient.Configuration()
        // Whoever is asked answers himself: a log is known by its address.
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(5), read: .seconds(Int64(timeoutSeconds)))
        client = HTTPClient(configuration: configuration)
    }

    /// Runs `body` with a door that is open for so long.
    package static func open<Value>(
        timeoutSeconds: Int = 30, _ body: (OutboundDoor) async throws -> Value
    ) async throws -> Value {
        let door = HTTPDoor(timeoutSeconds: timeoutSeconds)
        do {
            let value = try await body(door.door)
            try await door.close()
            return value
        } catch {
            try await door.close()
            throw error
        }
    }

    private var door: OutboundDoor {
        OutboundDoor { request in
            do {
                return try await answer(to: request)
            } catch is NIOTooManyBytesError {
                throw OutboundProblem.tooLarge(bytesMax: request.bytesMax)
            } catch let error as HTTPClientError {
                let isTime = [.deadlineExceeded, .readTimeout, .connectTimeout].contains(error)
                throw isTime ? OutboundProblem.tooSlow : OutboundProblem.unreachable
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                throw OutboundProblem.unreachable
            }
        }
    }

    private func close() async throws { try await client.shutdown() }

    private func answer(to request: OutboundDoor.Request) async throws -> OutboundDoor.Answer {
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.headers.add(name: "User-Agent", value: "sundial")
        if let body = request.body {
            outgoing.method = .POST
            outgoing.body = .bytes(ByteBuffer(bytes: body))
        }
        let response = try await client.execute(outgoing, timeout: .seconds(Int64(timeoutSeconds)))
        let body = try await response.body.collect(upTo: request.bytesMax)
        return OutboundDoor.Answer(
            status: Int(response.status.code), body: Array(body.readableBytesView))
    }
}
