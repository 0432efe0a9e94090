import ChineseText

/// A notice's text made readable, without changing what it says.
///
/// Lines are trimmed, empty ones dropped, and those broken within a date or before a closing sign are joined.
/// Record marks (UUID lines), tags of one element, `&nbsp` and pinyin in brackets after a character go.
enum CleanText {
    static func clean(_ text: String) -> String {
        let printed = Array(text.utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(printed.count)
        var start = 0
        while start < printed.count {
            let end = printed[start...].firstIndex(of: 0x0A) ?? printed.count
            append(printed[start..<end], to: &bytes)
            start = end + 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ printed: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
        let line = isTidy(printed) ? printed : tidy(withoutPinyin(printed))[...]
        guard !line.isEmpty, !isRecordMark(line) else { return }
        if !bytes.isEmpty, !isBroken(before: line, after: bytes) { bytes.append(0x0A) }
        bytes.append(contentsOf: line)
    }

    // MARK: Joining

    /// Signs that never start a line, and the parts of a date that follow a number; each by its bytes.
    private static let closers = Set("：:。，、；）)".unicodeScalars.map(bits))
    private static let dateParts = Set("年月日时分号".unicodeScalars.map(bits))
    private static let openers = Set("年月（(".unicodeScalars.map(bits))

    private static func isBroken(before line: ArraySlice<UInt8>, after bytes: [UInt8]) -> Bool {
        guard let first = line.first, let last = bytes.last else { return false }
        let start = first < 0x80 ? UInt32(first) : bits(line.prefix(3))
        if closers.contains(start) { return true }
        if last.isASCIIDigit { return dateParts.contains(start) }
        guard first.isASCIIDigit else { return false }
        return openers.contains(last < 0x80 ? UInt32(last) : bits(bytes.suffix(3)))
    }

    /// The one or three bytes of a sign as one number.
    private static func bits(_ scalar: Unicode.Scalar) -> UInt32 { bits(Array(String(scalar).utf8)[...]) }

    private static func bits(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }

    // MARK: Noise

    /// Most lines: no white space, no tag, no small letter after a bracket.
    private static func isTidy(_ line: ArraySlice<UInt8>) -> Bool {
        line.withUnsafeBufferPointer { bytes in
            var before: UInt8 = 0
            for byte in bytes {
                switch byte {
                case 0...0x20, 0x7F, 0xC2, 0xE2, 0xEF, UInt8(ascii: "<"), UInt8(ascii: "&"): return false
                case 0x61...0x7A where before == UInt8(ascii: "("): return false
                case 0x80 where before == 0x80: return false
                default: before = byte
                }
            }
            return true
        }
    }

    private static func withoutPinyin(_ line: ArraySlice<UInt8>) -> [UInt8] {
        // Only a small letter after a bracket, ASCII or full width, can be pinyin.
        for at in line.indices.dropLast() where line[at + 1] >= 0x61 && line[at + 1] <= 0x7A {
            if line[at] == UInt8(ascii: "(")
                || (line[at] == 0x88 && at >= line.startIndex + 2 && line[at - 2] == 0xEF)
            {
                return Array(PinyinNoise.removed(from: String(decoding: line, as: UTF8.self)).utf8)
            }
        }
        return Array(line)
    }

    /// White space folded to single spaces and trimmed; tags out.
    private static func tidy(_ raw: [UInt8]) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(raw.count)
        var at = 0
        var space = false
        while at < raw.count {
            let (width, isSpace) = character(raw, at)
            if isSpace {
                space = true
            } else if let end = tagEnd(raw, at) {
                at = end
                continue
            } else {
                if space, !line.isEmpty { line.append(0x20) }
                space = false
                line.append(contentsOf: raw[at..<min(raw.count, at + width)])
            }
            at += width
        }
        return line
    }

    private static func character(_ raw: [UInt8], _ at: Int) -> (width: Int, isSpace: Bool) {
        let byte = raw[at]
        if byte < 0x80 { return (1, byte <= 0x20 || byte == 0x7F) }
        if byte < 0xE0 { return (2, byte == 0xC2 && at + 1 < raw.count && raw[at + 1] == 0xA0) }
        guard byte < 0xF0, at + 2 < raw.count else { return (byte < 0xF0 ? 3 : 4, false) }
        let isSpace =
            (byte == 0xE3 && raw[at + 1] == 0x80 && raw[at + 2] == 0x80)
            || (byte == 0xE2 && raw[at + 1] == 0x80 && raw[at + 2] <= 0x8F)
            || (byte == 0xEF && raw[at + 1] == 0xBB && raw[at + 2] == 0xBF)
        return (3, isSpace)
    }

    private static let tags: [[UInt8]] = ["<p>", "</p>", "<br>", "<br/>", "&nbsp;", "&nbsp"].map {
        Array($0.utf8)
    }

    private static func tagEnd(_ raw: [UInt8], _ at: Int) -> Int? {
        guard raw[at] == UInt8(ascii: "<") || raw[at] == UInt8(ascii: "&") else { return nil }
        for tag in tags where raw.count - at >= tag.count && raw[at..<at + tag.count].elementsEqual(tag) {
            return at + tag.count
        }
        return nil
    }

    /// 36 characters, hexadecimal in groups of 8-4-4-4-12.
    private static func isRecordMark(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count == 36 else { return false }
        return line.enumerated().allSatisfy { index, byte in
            [8, 13, 18, 23].contains(index)
                ? byte == UInt8(ascii: "-") : byte.isASCIIDigit || (byte >= 0x61 && byte <= 0x66)
        }
    }
}
