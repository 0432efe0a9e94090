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
        case redirect(Link, remembering: Manner? = nil)
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
    ///   - keeping: for how long it may be kept without asking again.
    package static func bytes(
        _ bytes: [UInt8], type: String, downloadAs name: String? = nil, keeping: Keeping = .askingAgain,
        meantFor audience: Audience
    ) -> Answer {
        Answer(.file(File(type: type, name: name, keeping: keeping, body: .bytes(bytes))), meantFor: audience)
    }

    /// A page with a script of its own: the only kind that may run one, and only that one.
    ///
    /// - Parameters:
    ///   - downloadAs: as for other bytes.
    package static func sealed(
        _ page: SealedPage, downloadAs name: String? = nil, meantFor audience: Audience
    ) -> Answer {
        var file = File(type: Output.pageType, name: name, body: .bytes(page.bytes))
        file.policy = page.policy
        file.language = page.language
        return Answer(.file(file), meantFor: audience)
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

    /// "See there", and how this reader wants to read from now on.
    package static func redirect(to link: Link, remembering manner: Manner) -> Answer {
        Answer(.redirect(link, remembering: manner), meantFor: .everyone)
    }
}

/// For how long readers, and those who cache for them, may keep an answer.
package enum Keeping: String, Sendable, Hashable {
    /// It may have changed the next time.
    case askingAgain = "no-cache"
    /// It changes all the time.
    case notAtAll = "no-store"
    /// It never changes under its address.
    case forGood = "public, max-age=31536000, immutable"
}

/// A body with its type, and a name when it should be saved.
struct File: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        case stream(@Sendable (inout PieceWriter) async throws -> Void)
    }

    let type: String
    var name: String?
    var keeping = Keeping.askingAgain
    let body: Body
    /// The security policy of a page with a script; nil for the one that all others have.
    var policy: String?
    /// Of a page that stands in the reader's language; nil for what is the same for all.
    var language: Manner.Language?

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
