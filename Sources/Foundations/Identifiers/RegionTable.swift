/// What the regions are called (行政区划).
///
/// Made from the lines of a data file: `code name`, six digits, a blank, the name; `#` begins a remark. A code that is
/// not in the table may have been one: the table holds what stands today, not what was dissolved.
package struct RegionTable: Sendable {
    private let names: [RegionCode: String]

    /// A line that cannot be read.
    package struct BrokenLine: Error, Hashable { package let number: Int }

    /// - Throws: `BrokenLine` for the first line that is no region, or names one twice.
    package init(lines text: String) throws(BrokenLine) {
        var names: [RegionCode: String] = [:]
        for (offset, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !line.isEmpty && !line.hasPrefix("#") {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let code = RegionTable.code(parts[0]), names[code] == nil else {
                throw BrokenLine(number: offset + 1)
            }
            names[code] = String(parts[1])
        }
        self.names = names
    }

    private static func code(_ text: Substring) -> RegionCode? {
        do throws(CodeFlaw) { return try RegionCode(text) } catch { return nil }
    }

    package var count: Int { names.count }
    package var codes: [RegionCode] { names.keys.sorted() }

    /// The region's own name, 凤冈县; nil when none bears the code today.
    package func name(of code: RegionCode) -> String? { names[code] }

    /// The names from the province down: 贵州省, 遵义市, 凤冈县. Empty when no region bears the code today.
    ///
    /// A level that only groups others (市辖区, 省直辖县级行政区划) has no line of its own and is left out.
    package func path(to code: RegionCode) -> [String] {
        guard let own = names[code] else { return [] }
        var path = [own]
        var above = code.parent
        while let code = above {
            if let name = names[code] { path.insert(name, at: 0) }
            above = code.parent
        }
        return path
    }
}
