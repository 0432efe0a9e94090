import Foundation
import MerkleLog

/// A log somewhere else, as it serves itself: C2SP tlog-tiles (日志来源).
package struct LogSource: Sendable {
    /// What is taken from a log that nobody here runs.
    package struct Limits: Sendable {
        package var leavesMax = 100_000_000
        /// Bytes of one run; the next one goes on.
        package var bytesMax = 16 << 30
        /// Requests that wait for an answer at once.
        package var requestsMax = 8

        package init() {}
    }

    let door: OutboundDoor
    /// Without the slash at its end.
    let base: String
    let limits: Limits

    private static let checkpointBytesMax = 131_072
    private static let bundleBytesMax = Tile.widthMax * (2 + EntryBundle.entryBytesMax)

    /// - Parameter base: the address in front of `/checkpoint`.
    package init(_ base: String, door: OutboundDoor, limits: Limits = Limits()) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.door = door
        self.limits = limits
    }

    /// - Throws: `MirrorProblem.noAnswer`, `.status`, `.checkpoint`.
    func checkpoint() async throws -> SignedNote {
        let bytes = try await get("checkpoint", bytesMax: LogSource.checkpointBytesMax)
        do {
            return try SignedNote(parsing: bytes)
        } catch {
            throw MirrorProblem.checkpoint("\(error)")
        }
    }

    /// A tile or bundle. When a log has thrown a partial one away, it is cut out of the full one.
    ///
    /// - Throws: `MirrorProblem.noAnswer`, `.status`, `.altered` for a bundle that has no form.
    func bytes(_ address: TileAddress) async throws -> [UInt8] {
        do {
            return try await get(address.description, bytesMax: bytesMax(address))
        } catch MirrorProblem.status(_, 404) where address.width < Tile.widthMax {
            let full = try TileAddress(address.content, index: address.index)
            let bytes = try await get(full.description, bytesMax: bytesMax(full))
            do {
                return try MirrorFolder.cut(bytes, width: Tile.widthMax, to: address)
            } catch {
                throw MirrorProblem.altered(.form(full.description, flaw: "\(error)"))
            }
        }
    }

    /// What readers of the site are given as the record of an edition.
    enum Record {
        case file([UInt8])
        /// The site itself says that what it holds is not what was logged.
        case differs
        /// Withdrawn, erased or not for everybody; or the log is of no site.
        case away
    }

    /// - Throws: `MirrorProblem.noAnswer`, `.status`.
    func record(of edition: LogLeaf) async throws -> Record {
        let isID = edition.subject.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "z") ~= $0 }
        guard let site, isID, edition.part > 0 else { return .away }
        let place = "\(site)/publications/\(edition.subject)/editions/\(edition.part)/record"
        do {
            return .file(try await get(at: place, bytesMax: RecordFile.bytesMax))
        } catch MirrorProblem.status(_, 409) {
            return .differs
        } catch MirrorProblem.status(_, 404) {
            return .away
        }
    }

    /// Whose log this is: a site has it under `/log`, each epoch of it under `/log/EPOCH`.
    private var site: String? {
        base.range(of: "/log", options: .backwards).map { String(base[..<$0.lowerBound]) }
    }

    private func bytesMax(_ address: TileAddress) -> Int {
        if case .entries = address.content { return LogSource.bundleBytesMax }
        return address.width * NodeHash.byteCount
    }

    private func get(_ path: String, bytesMax: Int) async throws -> [UInt8] {
        try await get(at: "\(base)/\(path)", bytesMax: bytesMax)
    }

    private func get(at place: String, bytesMax: Int) async throws -> [UInt8] {
        do {
            let answer = try await door.send(.init(url: place, body: nil, bytesMax: bytesMax))
            guard answer.status == 200 else { throw MirrorProblem.status(place, answer.status) }
            return answer.body
        } catch let problem as OutboundProblem {
            throw MirrorProblem.noAnswer(place, problem)
        }
    }
}
