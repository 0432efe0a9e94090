import Foundation
import MerkleLog

/// The files of a copy of a log, as the log itself serves them: `checkpoint`, `tile/…` (镜像文件夹).
///
/// C2SP tlog-tiles. Any server of files can serve it.
package struct MirrorFolder: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// The checkpoint that everything in the folder was checked against; nil before the first.
    package func checkpoint() throws -> SignedNote? {
        guard let bytes = try DurableFile(path: path + "/checkpoint").read() else { return nil }
        do {
            return try SignedNote(parsing: bytes)
        } catch {
            throw MirrorProblem.copyDamaged("checkpoint")
        }
    }

    func write(_ note: SignedNote) throws {
        try DurableFile(path: path + "/checkpoint").write(note.bytes, mode: 0o644)
    }

    /// A tile or bundle; a narrower one is cut out of the wider one that has replaced it. nil when none is there.
    package func bytes(_ address: TileAddress) throws -> [UInt8]? {
        if let exact = try stored(address) { return exact }
        guard address.width < Tile.widthMax else { return nil }
        for width in try partialWidths(of: address) where width > address.width {
            guard let wider = try stored(TileAddress(address.content, index: address.index, width: width))
            else { continue }
            return try MirrorFolder.cut(wider, width: width, to: address)
        }
        guard let full = try stored(TileAddress(address.content, index: address.index)) else { return nil }
        return try MirrorFolder.cut(full, width: Tile.widthMax, to: address)
    }

    func write(_ bytes: [UInt8], at address: TileAddress) throws {
        try DurableFile(path: "\(path)/\(address)").write(bytes, mode: 0o644)
    }

    /// Takes the narrower files of a place away, which the wider one holds too.
    func removeNarrower(than address: TileAddress) throws {
        for width in try partialWidths(of: address) where width < address.width {
            let narrower = try TileAddress(address.content, index: address.index, width: width)
            try FileManager.default.removeItem(atPath: "\(path)/\(narrower)")
        }
    }

    /// Keeps two signed heads that contradict one another, each pair once.
    ///
    /// - Parameter stamp: for the file's name; digits and letters.
    /// - Returns: where they are.
    func writeEvidence(
        _ first: SignedNote, _ second: SignedNote, words: String, stamp: String
    ) throws -> String {
        let text =
            Array("\(words)\n\n==== 1 ====\n".utf8) + first.bytes + Array("==== 2 ====\n".utf8) + second.bytes
        let kept = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasPrefix("fork-") }
        for name in kept where try DurableFile(path: "\(path)/\(name)").read() == text {
            return "\(path)/\(name)"
        }
        guard kept.count < MirrorFolder.evidenceMax else { throw LogProblem.folderUnusable(path) }
        let place = "\(path)/fork-\(stamp).txt"
        try DurableFile(path: place).write(text, mode: 0o644)
        return place
    }

    private static let evidenceMax = 1000

    /// Runs `body` while no other process mirrors into the folder.
    func locked<Value>(_ body: () async throws -> Value) async throws -> Value {
        try DurableFile.make(folder: path)
        return try await DurableFile.locked(path + "/lock", isPatient: false, body)
    }

    /// The first hashes or entries of a tile or bundle.
    static func cut(_ bytes: [UInt8], width: Int, to address: TileAddress) throws(LogFlaw) -> [UInt8] {
        if case .hashes = address.content {
            guard bytes.count == width * NodeHash.byteCount else { throw LogFlaw(.tileLength) }
            return Array(bytes.prefix(address.width * NodeHash.byteCount))
        }
        return try EntryBundle.bytes(EntryBundle.entries(bytes, count: width).prefix(address.width))
    }

    private func stored(_ address: TileAddress) throws -> [UInt8]? {
        try DurableFile(path: "\(path)/\(address)").read()
    }

    private func partialWidths(of address: TileAddress) throws -> [Int] {
        let folder = "\(path)/\(try TileAddress(address.content, index: address.index)).p"
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder).compactMap { Int($0) }
            .filter { (1..<Tile.widthMax).contains($0) }.sorted()
    }
}
