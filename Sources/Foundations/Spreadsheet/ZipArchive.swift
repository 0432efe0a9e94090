import CZlib

/// Reads a zip file's entries one by one, without trusting what it says of itself.
///
/// Refuses what an office file never needs: encryption, several disks, zip64, methods other than stored and
/// deflated, a name twice, and anything beyond the limits. A size that is declared is a size that is checked:
/// inflating stops there, so a small file cannot grow without end.
package struct ZipArchive: Sendable {
    /// What an archive may claim.
    package struct Limits: Sendable {
        package let fileBytesMax: Int
        package let entriesMax: Int
        /// Bytes of one entry, inflated.
        package let entryBytesMax: Int
        /// Bytes of all entries together, inflated.
        package let totalBytesMax: Int

        package init(
            fileBytesMax: Int = 20_000_000, entriesMax: Int = 1_000, entryBytesMax: Int = 50_000_000,
            totalBytesMax: Int = 100_000_000
        ) {
            self.fileBytesMax = fileBytesMax
            self.entriesMax = entriesMax
            self.entryBytesMax = entryBytesMax
            self.totalBytesMax = totalBytesMax
        }
    }

    private struct Entry: Sendable {
        let method: Int
        let crc: UInt32
        let packedBytes: Int
        let bytes: Int
        let offset: Int
    }

    private let bytes: [UInt8]
    private var entries: [String: Entry] = [:]

    package init(_ bytes: [UInt8], limits: Limits = Limits()) throws(SheetError) {
        guard bytes.count <= limits.fileBytesMax else { throw SheetError(.fileTooLarge) }
        self.bytes = bytes
        let end = try endOfDirectory()
        let count = number(end + 10, 2)
        guard number(end + 4, 4) == 0, number(end + 8, 2) == count else { throw SheetError(.notZip) }
        guard count <= limits.entriesMax else { throw SheetError(.tooManyEntries) }
        var position = number(end + 16, 4)
        var total = 0
        for _ in 0..<count {
            let (name, entry, next) = try directoryEntry(at: position, before: end)
            total += entry.bytes
            guard entry.bytes <= limits.entryBytesMax, total <= limits.totalBytesMax else {
                throw SheetError(.entryTooLarge, in: name)
            }
            guard entries.updateValue(entry, forKey: name) == nil else {
                throw SheetError(.repeatedEntry, in: name)
            }
            position = next
        }
    }

    /// The inflated bytes of an entry; nil when there is none of that name.
    package func contents(_ name: String) throws(SheetError) -> [UInt8]? {
        guard let entry = entries[name] else { return nil }
        guard entry.offset + 30 <= bytes.count, number(entry.offset, 4) == 0x0403_4B50 else {
            throw SheetError(.broken, in: name)
        }
        let start = entry.offset + 30 + number(entry.offset + 26, 2) + number(entry.offset + 28, 2)
        guard start + entry.packedBytes <= bytes.count else { throw SheetError(.broken, in: name) }
        let packed = bytes[start..<(start + entry.packedBytes)]
        let inflated = try entry.method == 0 ? Array(packed) : inflate(packed, to: entry.bytes, name)
        guard inflated.count == entry.bytes, Self.checksum(inflated) == entry.crc else {
            throw SheetError(.broken, in: name)
        }
        return inflated
    }

    /// The record with which a zip file ends; its comment reaches to the end of the file.
    private func endOfDirectory() throws(SheetError) -> Int {
        guard bytes.count >= 22 else { throw SheetError(.notZip) }
        let first = max(0, bytes.count - 22 - 65_535)
        for start in stride(from: bytes.count - 22, through: first, by: -1)
        where number(start, 4) == 0x0605_4B50 && start + 22 + number(start + 20, 2) == bytes.count {
            return start
        }
        throw SheetError(.notZip)
    }

    private func directoryEntry(at position: Int, before end: Int) throws(SheetError) -> (String, Entry, Int)
    {
        guard position + 46 <= end, number(position, 4) == 0x0201_4B50 else { throw SheetError(.notZip) }
        let nameEnd = position + 46 + number(position + 28, 2)
        guard nameEnd <= end, let name = String(validating: bytes[(position + 46)..<nameEnd], as: UTF8.self)
        else { throw SheetError(.notZip) }
        let entry = Entry(
            method: number(position + 10, 2), crc: UInt32(number(position + 16, 4)),
            packedBytes: number(position + 20, 4), bytes: number(position + 24, 4),
            offset: number(position + 42, 4))
        guard number(position + 8, 2) & 1 == 0 else { throw SheetError(.encrypted, in: name) }
        let large = 0xFFFF_FFFF
        guard entry.method == 0 || entry.method == 8, entry.packedBytes < large, entry.bytes < large else {
            throw SheetError(.unusualZip, in: name)
        }
        return (name, entry, nameEnd + number(position + 30, 2) + number(position + 32, 2))
    }

    private func inflate(_ packed: ArraySlice<UInt8>, to size: Int, _ name: String) throws(SheetError)
        -> [UInt8]
    {
        var source = Array(packed)
        // One byte more than declared: an entry that fills it lied.
        var target = [UInt8](repeating: 0, count: size + 1)
        var stream = z_stream()
        let version = ZLIB_VERSION
        guard inflateInit2_(&stream, -15, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw SheetError(.broken, in: name)
        }
        defer { inflateEnd(&stream) }
        let outcome = source.withUnsafeMutableBufferPointer { from in
            target.withUnsafeMutableBufferPointer { to in
                stream.next_in = from.baseAddress
                stream.avail_in = UInt32(from.count)
                stream.next_out = to.baseAddress
                stream.avail_out = UInt32(to.count)
                return CZlib.inflate(&stream, Z_FINISH)
            }
        }
        guard outcome == Z_STREAM_END, stream.total_out == size else { throw SheetError(.broken, in: name) }
        target.removeLast()
        return target
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        UInt32(truncatingIfNeeded: crc32(0, bytes, UInt32(bytes.count)))
    }

    /// A little-endian number.
    private func number(_ start: Int, _ length: Int) -> Int {
        bytes[start..<(start + length)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}

/// A workbook that cannot be read: what is wrong, and in which part of it.
package struct SheetError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Fault: String, Sendable {
        case fileTooLarge = "the file is too large"
        case notZip = "the file is no zip archive"
        case tooManyEntries = "the archive has too many entries"
        case entryTooLarge = "an entry of the archive is too large"
        case repeatedEntry = "two entries of the archive bear one name"
        case encrypted = "the file is protected by a password"
        case unusualZip = "the archive uses a method that office files do not use"
        case broken = "an entry of the archive is broken"
        case notXML = "an entry is not well-formed XML"
        case documentType = "an entry declares a document type"
        case tooDeep = "an entry nests too deep"
        case noWorkbook = "there is no workbook inside"
        case noSheet = "there is no sheet of that name"
        case badCell = "a cell has no place or points to a text that is not there"
        case tooManyRows = "a sheet has too many rows"
        case tooManyCells = "a row has too many cells"
        case cellTooLong = "a cell is too long"
    }

    package let fault: Fault
    /// The entry of the archive, or the cell; empty for the whole file.
    package let place: String

    package init(_ fault: Fault, in place: String = "") {
        self.fault = fault
        self.place = place
    }

    package var description: String { place.isEmpty ? fault.rawValue : "\(place): \(fault.rawValue)" }
}
