/// A region as it was called until a year: dissolved since, renamed, or numbered anew (曾用区划).
package struct PastRegion: Sendable, Hashable {
    package let code: RegionCode
    package let name: String
    /// From the year of the first table that names it to the year in which it ended.
    package let years: ClosedRange<Int>
    /// The codes that took over its ground then, its own where only the name changed; empty where no table says.
    package let successors: [RegionCode]

    /// Reads `code name first-end successors`, the successors parted by commas or left away; nil for anything else.
    init?(line: some StringProtocol) {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard (3...4).contains(parts.count), let code = RegionCode(known: parts[0]), !parts[1].isEmpty else {
            return nil
        }
        let years = parts[2].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        guard years.count == 2, years[0] > 1900, years[0] <= years[1] else { return nil }
        let listed = parts.count == 4 ? parts[3].split(separator: ",", omittingEmptySubsequences: false) : []
        let successors = listed.compactMap { RegionCode(known: $0) }
        guard successors.count == listed.count else { return nil }
        self.code = code
        name = String(parts[1])
        self.years = years[0]...years[1]
        self.successors = successors
    }

    /// Whether it still stood when that year was over.
    func stood(after year: Int) -> Bool { years.lowerBound <= year && year < years.upperBound }
}

extension RegionCode {
    /// nil for what is no code.
    init?(known text: some StringProtocol) {
        do throws(CodeFlaw) { try self.init(text) } catch { return nil }
    }
}
