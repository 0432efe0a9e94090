/// What the regions are called (行政区划), and were.
///
/// Made from the lines of two data files; `#` begins a remark. `code name`, six digits, a blank, the name, for what
/// stands; `code name first-end successors` for what did, with years and the codes that came after.
package struct RegionTable: Sendable {
    private let names: [RegionCode: String]
    /// The last first.
    private let past: [RegionCode: [PastRegion]]

    /// A line that cannot be read.
    package struct BrokenLine: Error, Hashable {
        package let number: Int
        /// Whether it is one of what did stand.
        package let isPast: Bool
    }

    /// - Throws: `BrokenLine` for the first line that is no region, or tells one twice.
    package init(lines text: String, past older: String = "") throws(BrokenLine) {
        var names: [RegionCode: String] = [:]
        for (number, line) in RegionTable.lines(text) {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let code = RegionCode(known: parts[0]), names[code] == nil else {
                throw BrokenLine(number: number, isPast: false)
            }
            names[code] = String(parts[1])
        }
        var past: [RegionCode: [PastRegion]] = [:]
        for (number, line) in RegionTable.lines(older) {
            guard let region = PastRegion(line: line), past[region.code]?.contains(region) != true else {
                throw BrokenLine(number: number, isPast: true)
            }
            past[region.code, default: []].append(region)
        }
        self.names = names
        self.past = past.mapValues { $0.sorted { $0.years.upperBound > $1.years.upperBound } }
    }

    private static func lines(_ text: String) -> [(number: Int, line: Substring)] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.element.isEmpty && !$0.element.hasPrefix("#") }
            .map { ($0.offset + 1, $0.element) }
    }

    package var count: Int { names.count }
    package var codes: [RegionCode] { names.keys.sorted() }
    package var pastCodes: [RegionCode] { past.keys.sorted() }

    /// The region's own name, 凤冈县; nil when none bears the code today.
    package func name(of code: RegionCode) -> String? { names[code] }

    /// What bore the code before, the last first; empty when nothing did.
    package func past(of code: RegionCode) -> [PastRegion] { past[code] ?? [] }

    /// The names from the province down: 贵州省, 遵义市, 凤冈县. Empty when no region bears the code today.
    ///
    /// A level that only groups others (市辖区, 省直辖县级行政区划) has no line of its own and is left out.
    package func path(to code: RegionCode) -> [String] {
        guard let own = names[code] else { return [] }
        return above(code) { names[$0] } + [own]
    }

    /// The names from the province down as they were when the region ended: 河北省, 沧州地区, 南皮县.
    package func path(to region: PastRegion) -> [String] {
        let last = region.years.upperBound - 1
        return above(region.code) { code in
            past(of: code).first { $0.years.contains(last) }?.name ?? names[code]
        } + [region.name]
    }

    private func above(_ code: RegionCode, _ name: (RegionCode) -> String?) -> [String] {
        sequence(first: code) { $0.parent }.dropFirst().compactMap(name).reversed()
    }

    /// The codes in force today on the ground of a region that ended, through all that came between; empty where the
    /// tables lose the trace.
    package func heirs(of region: PastRegion) -> [RegionCode] {
        var heirs: Set<RegionCode> = []
        var open = [region]
        var seen: Set<PastRegion> = [region]
        while let ended = open.popLast() {
            for code in ended.successors {
                // A number may have been given to another place later: only what stood then is meant.
                if let next = past(of: code).last(where: { $0.stood(after: ended.years.upperBound) }) {
                    if seen.insert(next).inserted { open.append(next) }
                } else if names[code] != nil {
                    heirs.insert(code)
                }
            }
        }
        return heirs.sorted()
    }
}
