import CConfinedGumbo
import CGumbo

/// What a parser found in a page, however the page was made to keep it busy.
///
/// A page of some length is parsed in a copy of the process, which the kernel stops after its processor time and which can
/// take only so much memory. Of a short one no parser can make much: starting the copy would cost more than it.
struct ParsedPage {
    private(set) var reading = HTMLReading()

    /// Of processor time. A page of the largest size that people wrote takes less than two.
    static let secondsMax = 3
    static let memoryMax = 512 << 20
    /// Even what grows with the square stays below a second and 200 MiB.
    static let shortMax = 8 << 10

    init(_ bytes: [UInt8]) throws(HTMLProblem) {
        let problem = bytes.withUnsafeBytes { buffer -> HTMLProblem? in
            guard let start = buffer.baseAddress else { return nil }
            let page = start.assumingMemoryBound(to: CChar.self)
            if buffer.count <= Self.shortMax {
                readHere(page, buffer.count)
                return nil
            }
            return readConfined(page, buffer.count)
        }
        if let problem { throw problem }
    }

    private mutating func readHere(_ page: UnsafePointer<CChar>, _ count: Int) {
        var options = kGumboDefaultOptions
        options.max_errors = 0
        guard let output = gumbo_parse_with_options(&options, page, count) else { return }
        defer { gumbo_destroy_output(&options, output) }
        reading.read(output.pointee.root)
    }

    private mutating func readConfined(_ page: UnsafePointer<CChar>, _ count: Int) -> HTMLProblem? {
        var parsed = confined_gumbo()
        switch confined_gumbo_parse(page, count, UInt32(Self.secondsMax), Self.memoryMax, &parsed) {
        case CONFINED_GUMBO_PARSED: break
        case CONFINED_GUMBO_TOO_LONG: return .tooSlow
        case CONFINED_GUMBO_TOO_MUCH: return .tooMuchMemory
        default: return .notConfined
        }
        defer { confined_gumbo_release(&parsed) }
        reading.read(parsed.root)
        return nil
    }
}
