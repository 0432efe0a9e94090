import HTTPTypes
import Hummingbird
import NIOCore

/// An answer in its final form, before anybody has let it out.
struct Output: Sendable {
    let status: Int
    var fields: HTTPFields
    let body: File.Body

    static let pageType = "text/html; charset=utf-8"
    static let link = HTTPField.Name("Link") ?? .location
    static let forwardedScheme = HTTPField.Name("X-Forwarded-Proto") ?? .origin
    static let fetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .origin

    /// On every response, but for the policy of a `SealedPage`. Pages hold no script and no inline style, so none is
    /// allowed.
    static let securityFields: [(HTTPField.Name, String)] = [
        (
            .contentSecurityPolicy,
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
                + "frame-ancestors 'none'; base-uri 'none'"
        ),
        (.xContentTypeOptions, "nosniff"),
        (HTTPField.Name("Referrer-Policy") ?? .origin, "same-origin"),
        (HTTPField.Name("Cross-Origin-Opener-Policy") ?? .origin, "same-origin"),
    ]
}

extension Released {
    /// The response that is written to the connection: made from released bytes and nothing else.
    var response: Response {
        switch output.body {
        case .bytes(let bytes):
            return Response(
                status: .init(code: output.status), headers: output.fields,
                body: bytes.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        case .stream(let write):
            let body = ResponseBody { writer in
                var pieces = PieceWriter(connection: writer)
                try await write(&pieces)
                writer = pieces.connection
                try await writer.finish(nil)
            }
            return Response(status: .init(code: output.status), headers: output.fields, body: body)
        }
    }
}

/// A long answer while it is being written. Each piece waits until the last has left.
package struct PieceWriter {
    fileprivate var connection: any ResponseBodyWriter

    package mutating func write(_ bytes: [UInt8]) async throws {
        try await connection.write(ByteBuffer(bytes: bytes))
    }
}
