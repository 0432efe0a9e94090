import Identifiers

extension RegionTable {
    /// The regions built into the program.
    ///
    /// - Throws: `LawFileError` only if the program was built with a broken file; a test reads it.
    package static func builtIn() throws -> RegionTable {
        guard let bytes = DataFiles.builtIn("regions.txt") else {
            throw LawFileError(detail: "regions.txt is not built in")
        }
        do {
            return try RegionTable(lines: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw LawFileError(detail: "regions.txt, line \(error.number): no region, or one named twice")
        }
    }
}
