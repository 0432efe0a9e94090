/// The local time of day of an event (时刻): `HH:MM` or `HH:MM:SS` in Asia/Shanghai, `24:00` at the day's end.
struct EventTime {
    /// Whether the text is such a time, and one that a clock can show.
    static func isReal(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count),
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } })
        else { return false }
        let numbers = parts.compactMap { Int($0) }
        let rest = numbers.dropFirst()
        return numbers[0] < 24 ? rest.allSatisfy { $0 < 60 } : numbers[0] == 24 && rest.allSatisfy { $0 == 0 }
    }
}
