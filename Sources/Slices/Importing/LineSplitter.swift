import Glibc

/// Cuts a file that arrives in pieces into numbered lines, with a limit on each line.
///
/// A byte order mark at the start and a CR before the LF are dropped. A line over the limit is handed out once
/// as `tooLong`, and its rest is skipped, so that memory stays bounded whatever the file holds.
package struct LineSplitter: Sendable {
    package enum Line: Sendable, Hashable {
        case bytes([UInt8], number: Int)
        case tooLong(number: Int)
    }

    private let lineBytesMax: Int
    private var held: [UInt8] = []
    private var number = 1
    private var skipping = false
    private var atStart = true

    package init(lineBytesMax: Int) {
        self.lineBytesMax = lineBytesMax
    }

    /// Takes the next piece of the file and hands out every line that it completes, in order.
    package mutating func feed(
        _ piece: [UInt8], line: (Line) throws -> Void
    ) rethrows {
        var start = 0
        while let end = Self.lineEnd(in: piece, from: start) {
            take(piece[start..<end])
            try finish(line)
            start = end + 1
        }
        take(piece[start...])
    }

    private static func lineEnd(in piece: [UInt8], from start: Int) -> Int? {
        piece.withUnsafeBytes { bytes in
            guard start < bytes.count, let base = bytes.baseAddress,
                let found = memchr(base + start, 0x0A, bytes.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    /// The end of the file: hands out a last line that no LF closes.
    package mutating func end(line: (Line) throws -> Void) rethrows {
        if !held.isEmpty || skipping { try finish(line) }
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>) {
        guard !skipping else { return }
        if held.count + bytes.count > lineBytesMax + 4 {
            held = []
            skipping = true
        } else {
            held.append(contentsOf: bytes)
        }
    }

    private mutating func finish(_ line: (Line) throws -> Void) rethrows {
        defer {
            held = []
            skipping = false
            number += 1
        }
        if atStart, held.starts(with: [0xEF, 0xBB, 0xBF]) { held.removeFirst(3) }
        atStart = false
        if held.last == 0x0D { held.removeLast() }
        if skipping || held.count > lineBytesMax {
            try line(.tooLong(number: number))
        } else if held.contains(where: { $0 != 0x20 && $0 != 0x09 }) {
            try line(.bytes(held, number: number))
        }
    }
}
