import Identifiers

extension RegionTable {
    /// The regions built into the program, with those that were.
    ///
    /// - Throws: `LawFileError` only if the program was built with a broken file; a test reads it.
    package static func builtIn() throws -> RegionTable {
        let (present, past) = (try text(of: "regions.txt"), try text(of: "regions-past.txt"))
        do {
            return try RegionTable(lines: present, past: past)
        } catch {
            let file = error.isPast ? "regions-past.txt" : "regions.txt"
            throw LawFileError(detail: "\(file), line \(error.number): no region, or one told twice")
        }
    }

    private static func text(of file: String) throws -> String {
        guard let bytes = DataFiles.builtIn(file) else {
            throw LawFileError(detail: "\(file) is not built in")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
