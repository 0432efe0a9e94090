/// What a route says: one value, as a page and as data.
///
/// The same route answers `/x` with the page, `/x.json` with the data and, when it has a table, `/x.csv`.
/// A page is only rendered, and data only encoded, when it is asked for.
package struct Answer: Sendable {
    enum Content: Sendable {
        case value(
            page: (@Sendable () -> Page)?, json: (@Sendable () throws -> [UInt8])?,
            csv: (@Sendable () -> CSVTable)?)
        case file(File)
        case redirect(Link)
    }

    let content: Content
    let audience: Audience
    /// Where the list goes on, sent as a `Link` field too.
    var next: Link?

    /// A page and its data.
    ///
    /// - Parameters:
    ///   - data: encoded with sorted keys; days as `YYYY-MM-DD`.
    ///   - table: the same as rows, for lists.
    ///   - next: the address of the next batch, for lists that go on.
    package init(
        _ page: @autoclosure @escaping @Sendable () -> Page, data: some Encodable & Sendable,
        table: (@Sendable () -> CSVTable)? = nil, next: Link? = nil, meantFor audience: Audience
    ) {
        content = .value(page: page, json: { try JSON.encoded(data) }, csv: table)
        self.audience = audience
        self.next = next
    }

    private init(_ content: Content, meantFor audience: Audience) {
        self.content = content
        self.audience = audience
    }

    /// A page without data of its own: a form, an explanation.
    package static func page(
        _ page: @autoclosure @escaping @Sendable () -> Page, meantFor audience: Audience
    ) -> Answer {
        Answer(.value(page: page, json: nil, csv: nil), meantFor: audience)
    }

    /// Data without a page, JSON at the very address: `/health`, `/openapi.json`.
    package static func data(_ data: some Encodable & Sendable, meantFor audience: Audience) throws -> Answer
    {
        let bytes = try JSON.encoded(data)
        return Answer(.file(File(type: JSON.mediaType, body: .bytes(bytes))), meantFor: audience)
    }

    /// Bytes of another type.
    ///
    /// - Parameters:
    ///   - downloadAs: a file name when the browser should save it; any text, made safe here.
    package static func bytes(
        _ bytes: [UInt8], type: String, downloadAs name: String? = nil, meantFor audience: Audience
    ) -> Answer {
        Answer(.file(File(type: type, name: name, body: .bytes(bytes))), meantFor: audience)
    }

    /// Bytes written piece by piece, for what is too long to hold.
    package static func stream(
        type: String, downloadAs name: String? = nil, meantFor audience: Audience,
        _ write: @escaping @Sendable (inout PieceWriter) async throws -> Void
    ) -> Answer {
        Answer(.file(File(type: type, name: name, body: .stream(write))), meantFor: audience)
    }

    /// "See there", after a form was taken.
    package static func redirect(to link: Link) -> Answer {
        Answer(.redirect(link), meantFor: .everyone)
    }
}

/// A body with its type, and a name when it should be saved.
struct File: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        case stream(@Sendable (inout PieceWriter) async throws -> Void)
    }

    let type: String
    var name: String?
    let body: Body

    /// RFC 6266, with an ASCII name for old programs. Nothing in a name can end the field or leave the folder.
    var disposition: String? {
        guard let name else { return nil }
        let safe = name.unicodeScalars.map { scalar -> Unicode.Scalar in
            let isUnsafe =
                scalar.value < 0x20 || scalar.value == 0x7F || "/\\:*?\"<>|".unicodeScalars.contains(scalar)
            return isUnsafe ? "_" : scalar
        }.prefix(150)
        let ascii = safe.map { $0.isASCII && $0 != "'" && $0 != "%" && $0 != ";" ? $0 : "_" }
        let plain = String(String.UnicodeScalarView(ascii))
        let encoded = Link.encoded(String(String.UnicodeScalarView(safe)))
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
    }
}
