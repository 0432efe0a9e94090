import CivilTime

/// Fills the blanks of a written text: `{day}`, `{year}`, `{body}`, `{period}`, `{wd:-5}`, `{vary:0.05:0.20}`, or the
/// name of an event of the script, which gives its day.
struct DemoText {
    /// The day on which the paper is released.
    let day: Day
    let days: DemoDays
    /// The day of every event of the script, by name.
    let events: [String: Day]
    var words: [String: String] = [:]
    /// What the varying figures depend on, so that they are the same in every build.
    var seed = ""

    static let mark = "（示例文书，由本项目编写，机构、人员、数据均为虚构。）"

    func fill(_ paragraphs: [String]) throws -> String {
        try (paragraphs + [Self.mark]).enumerated().map { try fill($1, part: $0) }.joined(separator: "\n")
    }

    func fill(_ text: String, part: Int = 0) throws -> String {
        var filled = ""
        var rest = text[...]
        var blank = 0
        while let open = rest.firstIndex(of: "{") {
            filled += rest[..<open]
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw DemoScriptError("unclosed blank in: \(text)")
            }
            blank += 1
            filled += try value(rest[rest.index(after: open)..<close], of: "\(seed)/\(part)/\(blank)")
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }

    private func value(_ blank: Substring, of seed: String) throws -> String {
        let parts = blank.split(separator: ":").map(String.init)
        switch parts[0] {
        case "day": return day.printed
        case "year": return String(day.year)
        case "wd" where parts.count == 2: return days.after(day, Int(parts[1]) ?? 0).printed
        case "vary" where parts.count == 3: return try vary(parts[1], parts[2], seed)
        default: break
        }
        if let word = words[parts[0]] { return word }
        if let day = events[String(blank)] { return day.printed }
        throw DemoScriptError("unknown blank {\(blank)}")
    }

    /// A figure between two, with as many decimals as the lower one is written with.
    private func vary(_ low: String, _ high: String, _ seed: String) throws -> String {
        let decimals = low.split(separator: ".").dropFirst().first?.count ?? 0
        guard let least = Int(low.filter { $0 != "." }), let most = Int(high.filter { $0 != "." }),
            least < most
        else { throw DemoScriptError("no range: \(low) \(high)") }
        let mixed = seed.utf8.reduce(UInt64(5381)) { ($0 &* 1_099_511_628_211) ^ UInt64($1) }
        let digits = String(least + Int((mixed >> 17) % UInt64(most - least + 1)))
        guard decimals > 0 else { return digits }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}
