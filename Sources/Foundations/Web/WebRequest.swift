import HTTPTypes

/// What was asked for, already decoded and within limits.
package struct WebRequest: Sendable {
    package enum Format: String, Sendable, CaseIterable { case page, json, csv }

    static let pathBytesMax = 1024
    static let queryBytesMax = 4096
    /// Of all header fields together, names and values.
    static let fieldBytesMax = 16 * 1024
    static let fieldsMax = 100
    /// Rows of a batch unless the reader asks otherwise, and at most.
    package static let limitDefault = 50
    package static let limitMax = 100
    /// Rows of a table for a spreadsheet, which nobody wants page by page.
    package static let tableRowsMax = 1_000

    package let format: Format
    /// The path without its format, decoded.
    private(set) var segments: [String]
    /// The path as it came, decoded: `openapi.json` may be an address of its own.
    let wholeSegments: [String]
    /// As it came, path and query.
    private let target: String
    package let query: Fields
    /// The fields of a posted form; none for a `GET`.
    package internal(set) var form = Fields()
    /// The body of a `POST` that is not a form.
    package internal(set) var body: [UInt8] = []
    let fields: HTTPFields
    /// How this reader wants to read.
    package internal(set) var manner = Manner()
    /// `http://example.org`: this site as the reader reached it; nil when the request does not say.
    var site: String?
    /// This site as everybody reaches it; nil where that is not known.
    var address: SiteAddress?
    /// Whether the format was asked for by the address rather than by the `Accept` field.
    let formatIsInAddress: Bool
    /// Names this request in the log.
    package let id: String
    var parameters: [String: String] = [:]

    /// The part of the path that the route calls `:name`.
    package func parameter(_ name: String) -> String {
        guard let value = parameters[name] else { preconditionFailure("the route has no part :\(name)") }
        return value
    }

    /// A header field's value; names are case-insensitive.
    package func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { fields[$0] }
    }

    /// A place of this site as the reader would write it elsewhere: `https://example.org/log`.
    ///
    /// Where the site's address is not known it is for the reader's own page and nothing else, since anybody can send any name
    /// for this site.
    ///
    /// - Returns: nil when neither it is known nor the request says how it reached us.
    package func wholeAddress(of place: Link) -> Link? {
        namedSite.flatMap { Link(outside: $0 + place.address) }
    }

    /// The same where the site's address is known; otherwise the link as it is, like one that leads elsewhere.
    func knownAddress(of link: Link) -> Link {
        guard address != nil, link.address.hasPrefix("/") else { return link }
        return wholeAddress(of: link) ?? link
    }

    /// What stands before the places of this site on its pages.
    private var namedSite: String? { address?.description ?? site }

    /// The page of this site that the reader was on, when the browser says so: pages ask it to, among themselves.
    package var cameFrom: Link? {
        guard let host = site?.split(separator: "/").last, let address = header("Referer") else { return nil }
        // A proxy in front may have taken TLS off without a word.
        let prefix = ["http://", "https://"].map { $0 + host }.first { address.hasPrefix($0 + "/") }
        return prefix.flatMap { Link(place: String(address.dropFirst($0.count))) }
    }

    /// Whether the reader reached this site through TLS.
    var isEncrypted: Bool { site?.hasPrefix("https://") ?? false }

    /// This address in another format, without its query.
    package func link(in format: Format = .page) -> Link {
        if format == .page { return Link.place(segments) }
        return Link.place(segments.isEmpty ? ["index"] : segments, suffix: "." + format.rawValue)
    }

    /// This address in another format, under the same conditions: the data of what the page shows.
    func data(in format: Format) -> Link { link(in: format).adding(query.pairs) }

    /// What a list takes that goes on over several pages.
    package static let paging = ["limit", "after"]

    /// `limit=`: rows of a batch, 1...100, 50 unless said; of a table for a spreadsheet 1...1,000, which is what it has unless said.
    package func limit() throws -> Int {
        if format == .csv {
            return try query.integer("limit", in: 1...WebRequest.tableRowsMax) ?? WebRequest.tableRowsMax
        }
        return try query.integer("limit", in: 1...WebRequest.limitMax) ?? WebRequest.limitDefault
    }

    /// `after=`: where the list goes on, or nil at its beginning.
    ///
    /// - Parameters:
    ///   - list: the list's name, with whatever else fixes its order.
    ///   - kinds: the kinds of its sort key's values.
    /// - Throws: `cursor-unreadable` for a damaged or foreign one.
    package func cursor(of list: String, _ kinds: Cursor.Kind...) throws -> Cursor? {
        guard let text = try query.text("after", scalarsMax: Cursor.encodedBytesMax) else { return nil }
        guard let cursor = Cursor(encoded: text, list: list, kinds: kinds) else {
            throw Problem(
                .invalid, code: "cursor-unreadable", detail: "翻页位置（after）无法识别，请从第一页重新开始。")
        }
        return cursor
    }

    /// This page without some of its conditions.
    func link(without names: [String]) -> Link {
        link(in: .page).adding(query.pairs.filter { !names.contains($0.name) })
    }

    /// This list from that place on, with the reader's other conditions kept.
    package func link(after cursor: Cursor?, format: Format = .page) throws -> Link? {
        guard let cursor else { return nil }
        return try link(changing: "after", to: cursor.encoded, format: format)
    }

    /// This address with one condition changed, or left out when nil. The place in the list is forgotten.
    package func link(changing name: String, to value: String?, format: Format = .page) throws -> Link {
        let kept = try query.names.filter { $0 != name && $0 != "after" }
            .flatMap { kept in try query.list(kept).map { (name: kept, value: Optional($0)) } }
        return link(in: format).adding(kept + [(name: name, value: value)])
    }
}

extension WebRequest {
    /// The request as its route sees it.
    ///
    /// - Parameters:
    ///   - isExact: the route's own address ends like a format: `openapi.json`.
    func taking(_ parameters: [String: String], isExact: Bool) -> WebRequest {
        var request = self
        request.parameters = parameters
        if isExact { request.segments = wholeSegments }
        return request
    }

    /// Reads an address as it came: `/a/%E4%B8%AD.json?q=…`.
    ///
    /// - Throws: `Problem` when it is too long or cannot be read.
    init(target: String, fields: HTTPFields, id: String) throws {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0]
        let queryText = parts.count == 2 ? parts[1] : ""
        guard path.utf8.count <= WebRequest.pathBytesMax else { throw Problem.pathTooLong }
        guard queryText.utf8.count <= WebRequest.queryBytesMax else { throw Problem.queryTooLong }
        guard path.hasPrefix("/") else { throw Problem.noSuchPage }
        var segments: [String] = []
        for piece in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let segment = percentDecoded(piece) else { throw Problem.addressUnreadable }
            segments.append(segment)
        }
        if segments == [""] { segments = [] }
        wholeSegments = segments
        self.target = target
        let suffixed = WebRequest.withoutFormat(&segments)
        self.segments = segments
        self.fields = fields
        self.id = id
        formatIsInAddress = suffixed != nil
        format = suffixed ?? (WebRequest.prefersJSON(fields[.accept]) ? .json : .page)
        query = try Fields(encoded: queryText).withoutLinkMarks
    }

    /// - Throws: `Problem.fieldsTooLarge`.
    static func checkSize(of fields: HTTPFields) throws {
        let bytes = fields.reduce(0) { $0 + $1.name.canonicalName.utf8.count + $1.value.utf8.count + 4 }
        guard fields.count <= fieldsMax, bytes <= fieldBytesMax else { throw Problem.fieldsTooLarge }
    }

    /// Everything of this request that an answer may depend on: where and in which form it was asked for, the site's name on
    /// it, and how the reader wants pages; data are the same for everybody.
    var keptAs: String {
        // A line feed stands in none of them.
        [target, format.rawValue, namedSite ?? "", format == .page ? manner.key : ""].joined(separator: "\n")
    }

    /// Takes `.json` or `.csv` off the last segment; the first page's data is at `/index.json`.
    private static func withoutFormat(_ segments: inout [String]) -> Format? {
        guard let last = segments.last else { return nil }
        for format in [Format.json, .csv] where last.hasSuffix("." + format.rawValue) {
            let name = String(last.dropLast(format.rawValue.count + 1))
            guard !name.isEmpty else { return nil }
            segments[segments.count - 1] = name
            if segments == ["index"] { segments = [] }
            return format
        }
        return nil
    }

    /// The format of an address that could not be read.
    static func format(target: String?, accept: String?) -> Format {
        let path = target?.prefix { $0 != "?" } ?? ""
        return path.hasSuffix(".json") || path.hasSuffix(".csv") || prefersJSON(accept) ? .json : .page
    }

    /// Whether a program asks that names JSON and not HTML; a browser names HTML, curl names nothing.
    static func prefersJSON(_ accept: String?) -> Bool {
        guard let accept else { return false }
        return accept.contains("json") && !accept.contains("text/html")
    }
}
