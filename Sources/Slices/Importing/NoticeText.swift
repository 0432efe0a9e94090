/// A notice's text made easy to search, and the way back to the text as printed.
///
/// Full-width letters, digits and signs become ASCII, all square brackets `[ ]`, all dashes `-`. White space goes,
/// except one space between two ASCII letters or digits; empty lines go; a line end is one LF, and so is a bar between blanks, as it
/// stands between the cells of a row. So 招 标 人： and
/// 招标人: are the same bytes, and 2026 LF 年 is still two lines.
package struct NoticeText: Sendable {
    /// UTF-8.
    let bytes: [UInt8]
    private let original: [UInt8]
    private let marks: [Mark]

    /// From here on the folded and the original bytes run side by side until the next mark.
    private struct Mark: Sendable {
        let folded: Int32
        let original: Int32
        let scalar: Int32
    }

    init(_ text: String) {
        original = Array(text.utf8)
        var fold = Fold(original: original)
        fold.run()
        bytes = fold.bytes
        marks = fold.marks.map { Mark(folded: $0.0, original: $0.1, scalar: $0.2) }
    }

    /// Folds a short text, such as a label, without the way back.
    static func fold(_ text: String) -> [UInt8] { NoticeText(text).bytes }

    /// The fold at work.
    private struct Fold {
        let original: [UInt8]
        var bytes: [UInt8] = []
        var marks: [(Int32, Int32, Int32)] = []
        private var delta = Int.min
        private var scalar = 0
        private var space = false
        private var newline = false

        init(original: [UInt8]) {
            self.original = original
            bytes.reserveCapacity(original.count)
            marks.reserveCapacity(original.count / 16)
        }

        mutating func run() {
            original.withUnsafeBufferPointer { buffer in
                var at = 0
                while at < buffer.count {
                    let first = buffer[at]
                    if first == UInt8(ascii: "|"), Self.isBetweenCells(buffer, at) {
                        newline = true
                        at += 1
                        scalar += 1
                        continue
                    }
                    if Self.isPlain(first) {
                        at = copyRun(buffer, at)
                        continue
                    }
                    if first < 0x80 {
                        ascii(first, at)
                        at += 1
                    } else {
                        let length = first >= 0xE0 ? 3 : 2
                        guard at + length <= buffer.count else { break }
                        wide(buffer, at, length)
                        at += length
                    }
                    scalar += 1
                }
            }
        }

        private static func isBetweenCells(_ buffer: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
            (at == 0 || buffer[at - 1] == 0x20 || buffer[at - 1] == 0x0A)
                && (at + 1 == buffer.count || buffer[at + 1] == 0x20 || buffer[at + 1] == 0x0A)
        }

        /// Whether a byte is part of a character that stays as it is, or starts one.
        private static func isPlain(_ byte: UInt8) -> Bool {
            switch byte {
            case 0...0x20, 0x7F, 0xC2, 0xE2, 0xE3, 0xEF: false
            default: true
            }
        }

        /// - Returns: where the run of characters that stay as they are ends.
        private mutating func copyRun(_ buffer: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
            separate(before: buffer[start], start)
            mark(start)
            var end = start
            while end < buffer.count, Self.isPlain(buffer[end]) {
                if buffer[end] & 0xC0 != 0x80 { scalar += 1 }
                end += 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<end]))
            return end
        }

        private mutating func ascii(_ byte: UInt8, _ at: Int) {
            switch byte {
            case 0x0A: newline = true
            case 0...0x20, 0x7F: space = true
            default: put(byte, at)
            }
        }

        private mutating func wide(_ buffer: UnsafeBufferPointer<UInt8>, _ at: Int, _ length: Int) {
            if length == 2 {
                if buffer[at] == 0xC2, buffer[at + 1] == 0xA0 {
                    space = true
                } else {
                    copy(buffer, at, 2)
                }
                return
            }
            let (second, third) = (buffer[at + 1], buffer[at + 2])
            switch (buffer[at], second) {
            case (0xEF, 0xBC) where third >= 0x81: put(third - 0x60, at)
            case (0xEF, 0xBD) where third <= 0x9E: put(third - 0x20, at)
            case (0xEF, 0xBB) where third == 0xBF: space = true
            case (0xE3, 0x80):
                switch third {
                case 0x80: space = true
                case 0x90, 0x94: put(UInt8(ascii: "["), at)
                case 0x91, 0x95: put(UInt8(ascii: "]"), at)
                default: copy(buffer, at, 3)
                }
            case (0xE2, 0x80):
                switch third {
                case 0x80...0x8F: space = true
                case 0x90...0x95: put(UInt8(ascii: "-"), at)
                default: copy(buffer, at, 3)
                }
            default: copy(buffer, at, 3)
            }
        }

        private mutating func copy(_ buffer: UnsafeBufferPointer<UInt8>, _ at: Int, _ length: Int) {
            separate(before: buffer[at], at)
            mark(at)
            for index in at..<at + length { bytes.append(buffer[index]) }
        }

        private mutating func put(_ byte: UInt8, _ at: Int) {
            separate(before: byte, at)
            mark(at)
            bytes.append(byte)
        }

        private mutating func separate(before byte: UInt8, _ at: Int) {
            guard space || newline else { return }
            if newline {
                if !bytes.isEmpty { bytes.append(0x0A) }
            } else if let last = bytes.last, last.isASCIIAlphanumeric, byte.isASCIIAlphanumeric {
                bytes.append(0x20)
            }
            space = false
            newline = false
        }

        private mutating func mark(_ at: Int) {
            let now = at - bytes.count
            guard now != delta else { return }
            delta = now
            marks.append((Int32(bytes.count), Int32(at), Int32(scalar)))
        }
    }

    /// Where folded bytes stand in the text as printed: Unicode scalars from its start.
    func scalarRange(_ range: Range<Int>) -> Range<Int> {
        guard !range.isEmpty else { return 0..<0 }
        let start = locate(range.lowerBound).scalar
        return start..<max(start, locate(range.upperBound - 1).scalar) + 1
    }

    /// The printed text of folded bytes, at most `scalarsMax` characters, line ends and runs of space as one space.
    func printed(_ range: Range<Int>, scalarsMax: Int = 200) -> String {
        guard !range.isEmpty else { return "" }
        let start = locate(range.lowerBound).original
        let last = locate(range.upperBound - 1).original
        var end = last + 1
        while end < original.count, original[end] & 0xC0 == 0x80 { end += 1 }
        guard start < end else { return "" }
        var text: [UInt8] = []
        text.reserveCapacity(end - start)
        var gap = false
        var count = 0
        for scalar in String(decoding: original[start..<end], as: UTF8.self).unicodeScalars {
            if scalar.isBlank || scalar.value < 0x20 {
                gap = true
                continue
            }
            if gap, count > 0 {
                text.append(0x20)
                count += 1
            }
            gap = false
            guard count < scalarsMax else { break }
            text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            count += 1
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The folded text of a range, as a string.
    func folded(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private func locate(_ folded: Int) -> (original: Int, scalar: Int) {
        var low = 0
        var high = marks.count
        while low < high {
            let middle = (low + high) / 2
            if Int(marks[middle].folded) <= folded { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return (0, 0) }
        let mark = marks[low - 1]
        let from = Int(mark.folded)
        var scalars = 0
        var at = from + 1
        while at <= folded {
            if bytes[at] & 0xC0 != 0x80 { scalars += 1 }
            at += 1
        }
        return (Int(mark.original) + folded - from, Int(mark.scalar) + scalars)
    }
}

extension UInt8 {
    var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isASCIIAlphanumeric: Bool {
        isASCIIDigit || (self >= 0x41 && self <= 0x5A) || (self >= 0x61 && self <= 0x7A)
    }
}
