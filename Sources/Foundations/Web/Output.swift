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
        (resourcePolicy, "same-origin"),
        (
            HTTPField.Name("Permissions-Policy") ?? .origin,
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), "
                + "payment=(), usb=()"
        ),
    ]

    /// Open data may be put on anybody's page; pages and refusals may not.
    static let resourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy") ?? .origin

    /// Only what came encrypted may ask to be asked for encrypted from now on: a year, this host alone.
    static let transportSecurity = (HTTPField.Name.strictTransportSecurity, "max-age=31536000")

    /// To everybody, whatever site their page is of.
    mutating func open() {
        fields[.accessControlAllowOrigin] = "*"
        fields[Self.resourcePolicy] = "cross-origin"
    }
}

extension Released {
    /// The response that is written to the connection: made from released bytes and nothing else.
    ///
    /// - Parameter coding: of a stream; bytes are sent as they are.
    func response(_ coding: ContentCoding = .identity) -> Response {
        switch output.body {
        case .bytes(let bytes):
            return Response(
                status: .init(code: output.status), headers: output.fields,
                body: bytes.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        case .stream(let write):
            let body = ResponseBody { writer in
                var pieces = PieceWriter(connection: writer, coding: coding)
                try await write(&pieces)
                try await pieces.finish()
                writer = pieces.connection
                try await writer.finish(nil)
            }
            var fields = output.fields
            if coding == .gzip { fields[.contentEncoding] = "gzip" }
            return Response(status: .init(code: output.status), headers: fields, body: body)
        }
    }

    /// Whether it is a long answer that may leave compressed: for everybody, and of a kind that grows smaller.
    var isCompressibleStream: Bool {
        guard case .stream = output.body, audience == .everyone else { return false }
        return ContentCoding.compresses(output.fields[.contentType] ?? "")
    }
}

/// A long answer while it is being written. Each piece waits until the last has left.
package struct PieceWriter {
    fileprivate var connection: any ResponseBodyWriter
    private let deflater: Deflater?

    fileprivate init(connection: any ResponseBodyWriter, coding: ContentCoding) {
        self.connection = connection
        deflater = coding == .gzip ? Deflater(level: 1) : nil
    }

    package mutating func write(_ bytes: [UInt8]) async throws {
        // An empty piece would end a chunked answer.
        if bytes.isEmpty { return }
        try await connection.write(ByteBuffer(bytes: deflater?.compress(bytes, isLast: false) ?? bytes))
    }

    fileprivate mutating func finish() async throws {
        if let deflater {
            try await connection.write(ByteBuffer(bytes: deflater.compress([], isLast: true)))
        }
    }
}
