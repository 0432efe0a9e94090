import CZlib
import Foundation
import HTTPTypes
import Testing
import WebTesting

@testable import Web

/// The expected answers are worked out by hand from RFC 9110, section 12.5.3.
@Suite struct `The coding of an answer` {
    @Test(
        arguments: [
            (nil, .identity), ("", .identity), ("gzip", .gzip), ("GZIP", .gzip), ("x-gzip", .gzip),
            ("deflate, gzip", .gzip), ("br, zstd", .identity), ("*", .gzip), ("*;q=0", nil),
            ("gzip;q=0", .identity), ("gzip;q=0.000", .identity), ("gzip;q=0.001", .gzip),
            ("identity", .identity), ("identity;q=0", nil), ("identity;q=0, gzip;q=0.1", .gzip),
            ("identity;q=0.5, gzip;q=0.4", .identity), ("identity;q=0.5, gzip;q=0.5", .gzip),
            ("gzip;q=0, *", .identity), ("br, *;q=0", nil), ("gzip, *;q=0", .gzip),
            ("identity, *;q=0", .identity), (" gzip ; q=0.8 , identity ; q=0.9 ", .identity),
            // What cannot be read is passed over.
            ("gzip;q=1.5", .identity), ("gzip;q=0.1234", .identity), ("gzip;q=", .identity),
            ("gzip;level=9", .identity), (",,;q=1,gzip", .gzip), ("gzip;q=-1", .identity),
            ("ｇzip", .identity),
        ] as [(String?, ContentCoding?)])
    func `follows the weights`(accepted: String?, expected: ContentCoding?) {
        #expect(ContentCoding.choice(accepted: accepted) == expected, "\(accepted ?? "nothing")")
    }

    @Test(arguments: [
        ("text/html; charset=utf-8", true), ("application/json", true), ("application/problem+json", true),
        ("image/svg+xml", true), ("text/calendar", true), ("TEXT/CSS", true),
        ("application/octet-stream", false),
        ("image/png", false), ("application/zip", false), ("", false),
    ])
    func `is tried on text alone`(type: String, expected: Bool) {
        #expect(ContentCoding.compresses(type) == expected)
    }

    /// What zlib's own reader makes of it.
    static func inflated(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        var (input, output) = (bytes, [UInt8](repeating: 0, count: 4 << 20))
        let room = output.count
        guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            return []
        }
        defer { inflateEnd(&stream) }
        let count = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
                (stream.next_out, stream.avail_out) = (output.baseAddress, UInt32(room))
                return inflate(&stream, Z_FINISH) == Z_STREAM_END ? room - Int(stream.avail_out) : 0
            }
        }
        return Array(output.prefix(count))
    }

    @Test(arguments: [0, 1, 1000, 70_000, 1_000_000])
    func `gives the same bytes back, at once and in pieces`(size: Int) {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
        #expect(Self.inflated(Deflater.gzip(bytes, level: 6)) == bytes)
        let deflater = Deflater(level: 1)
        var packed: [UInt8] = []
        for start in stride(from: 0, to: size, by: 977) {
            packed += deflater.compress(Array(bytes[start..<min(size, start + 977)]), isLast: false)
        }
        packed += deflater.compress([], isLast: true)
        #expect(Self.inflated(packed) == bytes)
    }
}

@Suite struct `An entity tag` {
    @Test(arguments: [
        ("\"a\"", true), ("W/\"a\"", true), ("*", true), ("\"b\", \"a\"", true),
        ("\"b\",W/\"a\" , \"c\"", true),
        ("\"x,y\", \"a\"", true), ("\"b\"", false), ("a", false), ("\"a-gz\"", false), ("", false),
        ("\"a", false), ("w/\"a\"", false), ("\"b\" junk \"a\"", false), ("\"A\"", false),
    ])
    func `is found in a list`(field: String, expected: Bool) {
        #expect(EntityTag.isNamed("\"a\"", in: field) == expected)
    }

    @Test func `is another for other bytes and for each coding`() {
        let (one, two) = (EntityTag(of: [1, 2, 3]), EntityTag(of: [1, 2, 4]))
        #expect(one != two && one == EntityTag(of: [1, 2, 3]))
        #expect(one.field(.identity) != one.field(.gzip))
        #expect(one.field(.identity).count == 26)
    }
}

@Suite struct `Memory for kept answers` {
    private func kept(_ size: Int) throws -> KeptAnswers.Kept {
        let output = Output(
            status: 200, fields: [.contentType: "text/plain"],
            body: .bytes([UInt8](repeating: 1, count: size)))
        let representation = try #require(Representation(.stylesheet(output), compressionLevel: 1))
        return KeptAnswers.Kept(representation: representation, bases: [])
    }

    @Test func `is bounded, and what was not used longest goes first`() throws {
        let memory = KeptAnswers(bytesMax: 1_000_000)
        // Each counts as 1.5 times its bytes and 4 KiB: 34,096; 29 of them fit. Their keys have 48 digits, counted twice.
        for number in 0..<29 { memory.keep(try kept(20_000), as: "\(number)") }
        #expect(memory.count == 29 && memory.bytes == 29 * 34_096 + 96)
        #expect(memory.answer("0") != nil)
        memory.keep(try kept(20_000), as: "new")
        #expect(memory.count == 29 && memory.bytes <= 1_000_000)
        #expect(memory.answer("0") != nil && memory.answer("new") != nil && memory.answer("1") == nil)
        for number in 0..<29 { memory.forget("\(number)") }
        memory.forget("new")
        #expect(memory.count == 0 && memory.bytes == 0 && memory.answer("new") == nil)
        for number in 0..<200 { memory.keep(try kept(number * 100), as: "\(number % 50)") }
        #expect(memory.count <= 50 && memory.bytes <= 1_000_000)
    }

    @Test func `takes nothing that is too large, and drops what was there before`() throws {
        let memory = KeptAnswers(bytesMax: 1_000_000)
        memory.keep(try kept(10), as: "a")
        memory.keep(try kept(60_000), as: "a")
        #expect(memory.answer("a") == nil && memory.bytes == 0)
    }
}
