/// A web page rebuilt as plain text: nothing of its markup survives, so nothing of it can run or be styled.
///
/// Text is taken from elements that show text. Scripts, styles, frames, embedded objects, pictures' code and form controls are
/// dropped with all they hold, and so is what the page hides. An element that HTML does not know shows its text, as in a
/// browser: many sites wrap a notice's words in one of their own.
package struct HTMLDocument: Sendable {
    /// The content of `<title>`.
    package private(set) var title = ""
    /// The pages' own facts: `<meta name content>`, names in lower case, the first of each.
    package private(set) var metas: [String: String] = [:]
    /// First and second headings, in their order.
    package private(set) var headings: [String] = []
    /// Its words with headings, tables and links.
    package private(set) var words = MarkedText([])
    /// The words alone, without blank lines.
    package private(set) var text = ""
    /// The files that the page lists as attachments or links to, each once.
    package private(set) var files: [LinkedFile] = []
    /// What was dropped, by element, with how often; `hidden` for what the page hides.
    package private(set) var dropped: [String: Int] = [:]
    /// How many tables have so many places that their cells stand a line each.
    package private(set) var tablesTooLarge = 0

    package static let bytesMax = 8 << 20
    /// How many places the tables of a page have together, a cell that spans several counted in each.
    package static let tablePlacesMax = 200_000
    /// No page that people wrote is nested so deep.
    package static let depthMax = 512

    /// - Parameter bytes: UTF-8.
    package init(_ bytes: [UInt8]) throws(HTMLProblem) {
        guard bytes.count <= Self.bytesMax else { throw .tooLarge }
        guard HTMLDepth(bytes, limit: Self.depthMax).deepest <= Self.depthMax else { throw .tooDeep }
        let parsed = try ParsedPage(bytes)
        take(parsed.reading)
    }

    private mutating func take(_ reading: HTMLReading) {
        title = MarkedText(reading.title.blocks).plain
        metas = reading.metas
        headings = reading.headings
        words = MarkedText(reading.text.blocks)
        text = words.plain
        files = reading.files
        dropped = reading.dropped
        tablesTooLarge = reading.tablesTooLarge
    }
}

/// Why a page is not read.
package enum HTMLProblem: Error, Sendable, Hashable {
    case tooLarge
    case tooDeep
    case tooSlow
    case tooMuchMemory
    /// The machine gave no process or memory to read it in.
    case notConfined

    package var detail: String {
        switch self {
        case .tooLarge: "the page is larger than \(HTMLDocument.bytesMax >> 20) MiB"
        case .tooDeep: "elements are nested deeper than \(HTMLDocument.depthMax)"
        case .tooSlow: "the page took more than \(ParsedPage.secondsMax) s of processor time to read"
        case .tooMuchMemory: "the page took more than \(ParsedPage.memoryMax >> 20) MiB of memory to read"
        case .notConfined: "the machine could not spare a process to read the page in; try again"
        }
    }
}
