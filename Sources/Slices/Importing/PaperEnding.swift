import CivilTime

/// How an official paper ends (落款与版记): the day over 此件公开发布, and whose office printed it on which day.
///
/// - Law: GB/T 9704 §7.3 and §7.4, on the place of 成文日期, 附注 and 印发机关.
struct PaperEnding {
    /// As the note in brackets has it.
    private(set) var openness: String?
    /// The line above that note, where it is a day and nothing else.
    private(set) var dated: Day?
    /// What stands before the day and 印发 on a line of their own.
    private(set) var issuer: String?

    private static let notes = ["此件公开发布", "此件主动公开", "此件依申请公开"]
    private static let printed = Array("印发".utf8)
    /// An office ends so; a sentence about printing does not.
    private static let offices = ["厅", "室", "局", "委", "委员会", "部", "院", "政府", "中心"]
    private static let issuerBytes = 9...180

    /// - Parameter bytes: the folded text.
    init(lines bytes: [UInt8]) {
        var above: ArraySlice<UInt8> = []
        for line in bytes.split(separator: 0x0A) {
            let line = Self.trimmed(line)
            if openness == nil, let note = Self.note(line) {
                openness = note
                dated = PrintedMoment(whole: Array(above)).flatMap { $0.time == nil ? $0.day : nil }
            }
            issuer = issuer ?? Self.issuer(line)
            above = line
        }
    }

    private static func note(_ line: ArraySlice<UInt8>) -> String? {
        guard line.first == UInt8(ascii: "("), line.last == UInt8(ascii: ")") else { return nil }
        let words = String(decoding: line.dropFirst().dropLast(), as: UTF8.self)
        return notes.contains(words) ? words : nil
    }

    private static func issuer(_ line: ArraySlice<UInt8>) -> String? {
        guard line.suffix(printed.count).elementsEqual(printed), line.count < 240 else { return nil }
        let before = Array(trimmed(line.dropLast(printed.count)))
        // The day may be written with or without blanks before it; the name is what is left.
        let start = before.indices.first {
            before[$0].isASCIIDigit && PrintedMoment(whole: Array(before[$0...]))?.time == nil
                && PrintedMoment(whole: Array(before[$0...])) != nil
        }
        guard let start else { return nil }
        let name = trimmed(before[..<start])
        let words = String(decoding: name, as: UTF8.self)
        guard issuerBytes.contains(name.count), offices.contains(where: words.hasSuffix),
            !words.contains(where: { "，,。、；;：:（(".contains($0) })
        else { return nil }
        return words
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        while line.first == 0x20 { line.removeFirst() }
        while line.last == 0x20 { line.removeLast() }
        return line
    }
}
