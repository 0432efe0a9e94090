import Testing
import Web

@Suite struct `A QR code` {
    /// ISO/IEC 18004: version 1 has 21 squares a side and holds 14 bytes at level M; 4 light squares stand round it.
    @Test func `is as large as the standard has it`() throws {
        let small = try #require(QRCode("/log/leaves/12"))
        #expect(small.html.description.contains("viewBox=\"0 0 29 29\""))
        let next = try #require(QRCode("/log/leaves/123"))
        #expect(next.html.description.contains("viewBox=\"0 0 33 33\""))
    }

    /// The finder patterns: 7 dark squares at the upper corners, in the first and the seventh row, and at the lower left.
    @Test func `has its three corners`() throws {
        let drawn = try #require(QRCode("/log/leaves/12")).html.description
        for corner in ["M4 4h7v1h-7z", "M18 4h7v1h-7z", "M4 10h7v1h-7z", "M4 18h7v1h-7z", "M4 24h7v1h-7z"] {
            #expect(drawn.contains(corner), "\(corner)")
        }
        #expect(!drawn.contains("M18 24h7v1h-7z"))
    }

    @Test func `names its address in words, and is left out for one that is too long`() throws {
        let code = try #require(QRCode("/search?q=\("公开")"))
        #expect(code.html.description.contains("aria-label=\"二维码：/search?q=%E5%85%AC%E5%BC%80\""))
        #expect(QRCode("/\(String(repeating: "a", count: 400))") == nil)
    }
}
