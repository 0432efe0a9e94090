import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// A small server whose answers are bytes: for copies of logs and for witnesses, which have no pages.
package struct ByteServer: Sendable {
    package struct Asked: Sendable {
        package let method: String
        /// With the slash at its start, without a query.
        package let path: String
        package let body: [UInt8]
    }

    package struct Answer: Sendable {
        let status: Int
        let mediaType: String
        let body: [UInt8]
        /// For caches; nil forbids keeping it.
        let keptSeconds: Int?

        package init(
            status: Int, mediaType: String = "text/plain; charset=utf-8", body: [UInt8] = [],
            keptSeconds: Int? = nil
        ) {
            self.status = status
            self.mediaType = mediaType
            self.body = body
            self.keptSeconds = keptSeconds
        }
    }

    private let host: String
    private let port: Int
    /// A larger body is refused with 413.
    private let bodyBytesMax: Int
    private let logger: Logger
    private let answer: @Sendable (Asked) async throws -> Answer

    package init(
        host: String, port: Int, bodyBytesMax: Int = 0, logger: Logger,
        answer: @escaping @Sendable (Asked) async throws -> Answer
    ) {
        self.host = host
        self.port = port
        self.bodyBytesMax = bodyBytesMax
        self.logger = logger
        self.answer = answer
    }

    /// Serves until SIGTERM or SIGINT, or until the task is cancelled.
    ///
    /// - Parameter onListening: told the port once the server answers.
    package func run(onListening: @escaping @Sendable (Int) async -> Void) async throws {
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: application(onListening: onListening))],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await ListenProblem.telling(host: host, port: port) { try await group.run() }
    }

    private func application(
        onListening: @escaping @Sendable (Int) async -> Void
    ) -> some ApplicationProtocol {
        var configuration = ApplicationConfiguration(address: .hostname(host, port: port))
        configuration.availableConnectionsDelegate = MaximumAvailableConnections(1024)
        let channel = HTTP1Channel.Configuration(
            idleTimeout: .seconds(30),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 8 * 1024, maxHeaderListSize: 16 * 1024, maxHeaderFieldCount: 100))
        return Application(
            responder: CallbackResponder<BasicRequestContext> { request, _ in
                let response = await respond(to: request)
                return request.method == .head ? response.createHeadResponse() : response
            },
            server: .http1(configuration: channel), configuration: configuration,
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) },
            logger: logger)
    }

    private func respond(to request: Request) async -> Response {
        do {
            let body = try await request.body.collect(upTo: bodyBytesMax)
            let path = request.head.path?.prefix { $0 != "?" } ?? ""
            return response(
                try await answer(
                    Asked(
                        method: request.method.rawValue, path: String(path),
                        body: Array(body.readableBytesView))))
        } catch is NIOTooManyBytesError {
            return response(Answer(status: 413))
        } catch {
            logger.error("byte server", metadata: ["error": "\(error)"])
            return response(Answer(status: 500))
        }
    }

    private func response(_ answer: Answer) -> Response {
        let kept = answer.keptSeconds.map { "public, max-age=\($0), immutable" } ?? "no-store"
        var headers: HTTPFields = [.contentType: answer.mediaType, .cacheControl: kept]
        if let name = HTTPField.Name("X-Content-Type-Options") { headers[name] = "nosniff" }
        return Response(
            status: .init(code: answer.status), headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}
