import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Web

/// A site under test: what a reader gets at an address, without a network.
///
///     let site = Site(server)
///     let answer = try await site.get("/obligations.json")
package struct Site: Sendable {
    package let server: WebServer

    package init(_ server: WebServer) {
        self.server = server
    }

    /// A site of routes alone, with a plain look.
    package init(
        _ routes: Routes, look: Look = Look(siteName: "测试", stylesheet: []), logger: Logger = .silent,
        translate: @escaping @Sendable (any Error) -> Problem? = { _ in nil }
    ) {
        self.init(WebServer(routes: routes, look: look, logger: logger, translate: translate))
    }

    package func get(_ path: String, fields: [String: String] = [:]) async throws -> Fetched {
        try await fetch("GET", path, fields: fields)
    }

    /// Posts a form as a browser does.
    package func post(
        _ path: String, form: [(name: String, value: String)], fields: [String: String] = [:]
    ) async throws -> Fetched {
        let body = form.map { Link.encoded($0.name) + "=" + Link.encoded($0.value) }.joined(separator: "&")
        var fields = fields
        fields["Content-Type"] = "application/x-www-form-urlencoded"
        return try await fetch("POST", path, fields: fields, body: Array(body.utf8))
    }

    package func fetch(
        _ method: String, _ path: String, fields: [String: String] = [:], body: [UInt8]? = nil
    ) async throws -> Fetched {
        let app = server.application(host: "127.0.0.1", port: 0)
        return try await app.test(.router) { client in
            try await Site.fetch(client, method, path, fields: fields, body: body)
        }
    }

    /// The same over a real connection: what the network layer adds and refuses.
    package func fetchOverNetwork(
        _ method: String, _ path: String, fields: [String: String] = [:], body: [UInt8]? = nil
    ) async throws -> Fetched {
        let app = server.application(host: "127.0.0.1", port: 0)
        return try await app.test(.live) { client in
            try await Site.fetch(client, method, path, fields: fields, body: body)
        }
    }

    private static func fetch(
        _ client: any TestClientProtocol, _ method: String, _ path: String, fields: [String: String],
        body: [UInt8]?
    ) async throws -> Fetched {
        var sent = HTTPFields()
        for (name, value) in fields { if let name = HTTPField.Name(name) { sent[name] = value } }
        let response = try await client.executeRequest(
            uri: path, method: HTTPRequest.Method(method) ?? .get, headers: sent,
            body: body.map(ByteBuffer.init))
        var received: [String: String] = [:]
        for field in response.headers { received[field.name.canonicalName] = field.value }
        return Fetched(
            status: response.status.code, fields: received, bytes: Array(response.body.readableBytesView))
    }
}

/// What came back.
package struct Fetched: Sendable {
    package let status: Int
    /// By lower-case name.
    package let fields: [String: String]
    package let bytes: [UInt8]

    package var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension Logger {
    package static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}
