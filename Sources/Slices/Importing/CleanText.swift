import ChineseText
import Glibc

/// A notice's text made readable, without changing what it says.
///
/// Lines are trimmed, empty ones dropped, and those broken within a date or before a closing sign are joined.
/// Record marks (UUID lines), tags of one element, `&nbsp` and pinyin in brackets after a character go.
enum CleanText {
    static func clean(_ text: String) -> String {
        var text = text
        return text.withUTF8 { printed in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(printed.count)
            var line: [UInt8] = []
            var start = 0
            while start < printed.count {
                let end = lineEnd(printed, start)
                tidy(UnsafeBufferPointer(rebasing: printed[start..<end]), into: &line)
                append(line, to: &bytes)
                start = end + 1
            }
            // Whole characters of a string, and what was left out between them.
            return String(copying: UTF8Span(unchecked: bytes.span))
        }
    }

    private static func lineEnd(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        guard let base = text.baseAddress, let end = memchr(base + start, 0x0A, text.count - start) else {
            return text.count
        }
        return UnsafeRawPointer(end) - UnsafeRawPointer(base)
    }

    private static func append(_ line: [UInt8], to bytes: inout [UInt8]) {
        guard !line.isEmpty, !isRecordMark(line) else { return }
        let isJoined =
            isBroken(before: line, after: bytes) && !isRow(line[...]) && !isRow(lastLine(of: bytes))
        if !bytes.isEmpty, !isJoined { bytes.append(0x0A) }
        bytes.append(contentsOf: line)
    }

    /// A row of a table, its cells between bars, is whole as it stands.
    private static func isRow(_ line: ArraySlice<UInt8>) -> Bool {
        line.indices.contains {
            line[$0] == UInt8(ascii: "|") && ($0 == line.startIndex || line[$0 - 1] == 0x20)
        }
    }

    private static func lastLine(of bytes: [UInt8]) -> ArraySlice<UInt8> {
        bytes[((bytes.lastIndex(of: 0x0A) ?? -1) + 1)...]
    }

    // MARK: Joining

    /// Signs that never start a line, and the parts of a date that follow a number; each by its bytes.
    private static let closers = Array("：:。，、；）)".unicodeScalars.map(bits))
    private static let dateParts = Array("年月日时分号".unicodeScalars.map(bits))
    private static let openers = Array("年月（(".unicodeScalars.map(bits))

    private static func isBroken(before line: [UInt8], after bytes: [UInt8]) -> Bool {
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

    private static func tidy(_ printed: UnsafeBufferPointer<UInt8>, into line: inout [UInt8]) {
        line.removeAll(keepingCapacity: true)
        guard holdsSmallLetter(printed), mayHoldPinyin(printed) else { return fold(printed, into: &line) }
        var plain = PinyinNoise.removed(from: String(decoding: printed, as: UTF8.self))
        plain.withUTF8 { fold($0, into: &line) }
    }

    /// Eight bytes at a time: most lines hold none.
    private static func holdsSmallLetter(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let bytes = UnsafeRawBufferPointer(line)
        var at = 0
        while at + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            let low = word & (ones &* 0x7F)
            // The high bit of each byte: from "a" on, beyond "z", not ASCII.
            if (low &+ ones &* 0x1F) & ~(low &+ ones &* 0x05) & ~word & (ones &* 0x80) != 0 { return true }
            at += 8
        }
        return bytes[at...].contains { $0 >= 0x61 && $0 <= 0x7A }
    }

    /// Only a small letter after a bracket, ASCII or full width, can be pinyin.
    private static func mayHoldPinyin(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        var before: UInt8 = 0
        for (at, byte) in line.enumerated() {
            if byte >= 0x61, byte <= 0x7A {
                if before == UInt8(ascii: "(") { return true }
                if before == 0x88, at >= 3, line[at - 3] == 0xEF { return true }
            }
            before = byte
        }
        return false
    }

    /// White space folded to single spaces and trimmed; tags out. What stands between is copied as it is.
    private static func fold(_ raw: UnsafeBufferPointer<UInt8>, into line: inout [UInt8]) {
        var start = 0
        var at = 0
        while at < raw.count {
            guard canStartGap(raw[at]), let gap = gap(raw, at) else {
                at += 1
                continue
            }
            line.append(contentsOf: UnsafeBufferPointer(rebasing: raw[start..<at]))
            if gap.hasSpace, !line.isEmpty, gap.end < raw.count { line.append(0x20) }
            start = gap.end
            // What ends a gap starts none.
            at = gap.end + 1
        }
        if start < raw.count { line.append(contentsOf: UnsafeBufferPointer(rebasing: raw[start...])) }
    }

    private static func canStartGap(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F, 0xC2, 0xE2, 0xE3, 0xEF, UInt8(ascii: "<"), UInt8(ascii: "&"): true
        default: false
        }
    }

    /// The white space and tags that stand there; nil when none does.
    private static func gap(
        _ raw: UnsafeBufferPointer<UInt8>, _ start: Int
    ) -> (end: Int, hasSpace: Bool)? {
        var at = start
        var hasSpace = false
        while at < raw.count {
            if let width = spaceWidth(raw, at) {
                hasSpace = true
                at += width
            } else if let end = tagEnd(raw, at) {
                at = end
            } else {
                break
            }
        }
        return at > start ? (at, hasSpace) : nil
    }

    private static func spaceWidth(_ raw: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int? {
        let byte = raw[at]
        if byte < 0x80 { return byte <= 0x20 || byte == 0x7F ? 1 : nil }
        if byte < 0xE0 { return byte == 0xC2 && at + 1 < raw.count && raw[at + 1] == 0xA0 ? 2 : nil }
        guard byte < 0xF0, at + 2 < raw.count else { return nil }
        let isSpace =
            (byte == 0xE3 && raw[at + 1] == 0x80 && raw[at + 2] == 0x80)
            || (byte == 0xE2 && raw[at + 1] == 0x80 && raw[at + 2] <= 0x8F)
            || (byte == 0xEF && raw[at + 1] == 0xBB && raw[at + 2] == 0xBF)
        return isSpace ? 3 : nil
    }

    private static let tags: [[UInt8]] = ["<p>", "</p>", "<br>", "<br/>", "&nbsp;", "&nbsp"].map {
        Array($0.utf8)
    }

    private static func tagEnd(_ raw: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int? {
        guard raw[at] == UInt8(ascii: "<") || raw[at] == UInt8(ascii: "&") else { return nil }
        for tag in tags where raw.count - at >= tag.count && raw[at..<at + tag.count].elementsEqual(tag) {
            return at + tag.count
        }
        return nil
    }

    /// 36 characters, hexadecimal in groups of 8-4-4-4-12.
    private static func isRecordMark(_ line: [UInt8]) -> Bool {
        guard line.count == 36 else { return false }
        return line.enumerated().allSatisfy { index, byte in
            [8, 13, 18, 23].contains(index)
                ? byte == UInt8(ascii: "-") : byte.isASCIIDigit || (byte >= 0x61 && byte <= 0x66)
        }
    }
}
