import CQREncode

/// An address as a square that a telephone reads (二维码); drawn on the server, beside the same address in words.
package struct QRCode: Piece {
    let address: Link
    /// Rows of squares, true where dark.
    private let rows: [[Bool]]

    /// As much as a code of middling size holds; what is longer could not be read from a printed page.
    private static let addressBytesMax = 400
    /// ISO/IEC 18004: light squares all round.
    private static let margin = 4

    /// - Returns: nil for an address that is too long.
    package init?(_ address: Link) {
        guard address.address.utf8.count <= Self.addressBytesMax,
            let code = QRcode_encodeString8bit(address.address, 0, QR_ECLEVEL_M)
        else { return nil }
        defer { QRcode_free(code) }
        self.address = address
        let width = Int(code.pointee.width)
        let squares = UnsafeBufferPointer(start: code.pointee.data, count: width * width)
        rows = (0..<width).map { row in squares[row * width..<(row + 1) * width].map { $0 & 1 == 1 } }
    }

    package var html: HTML {
        let width = rows.count + 2 * Self.margin
        return """
            <svg class="qr-code" viewBox="0 0 \(width) \(width)" role="img" aria-label="二维码：\(address.address)" \
            shape-rendering="crispEdges"><rect class="qr-light" width="\(width)" height="\(width)"/>\
            <path class="qr-dark" d="\(path)"/></svg>
            """
    }

    /// Each run of dark squares as one bar.
    private var path: String {
        var path: [UInt8] = []
        for (y, row) in rows.enumerated() {
            for run in Self.runs(in: row) {
                for (letter, number) in [
                    ("M", run.lowerBound + Self.margin), (" ", y + Self.margin), ("h", run.count),
                    ("v1h-", run.count),
                ] as [(StaticString, Int)] {
                    letter.withUTF8Buffer { path.append(contentsOf: $0) }
                    if number > 9 { path.append(0x30 + UInt8(number / 10 % 10)) }
                    path.append(0x30 + UInt8(number % 10))
                }
                path.append(UInt8(ascii: "z"))
            }
        }
        return String(decoding: path, as: UTF8.self)
    }

    private static func runs(in row: [Bool]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for (x, isDark) in row.enumerated() where isDark {
            if let last = runs.last, last.upperBound == x {
                runs[runs.count - 1] = last.lowerBound..<x + 1
            } else {
                runs.append(x..<x + 1)
            }
        }
        return runs
    }
}
