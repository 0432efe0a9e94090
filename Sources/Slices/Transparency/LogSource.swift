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

    private func bytesMax(_ address: TileAddress) -> Int {
        if case .entries = address.content { return LogSource.bundleBytesMax }
        return address.width * NodeHash.byteCount
    }

    private func get(_ path: String, bytesMax: Int) async throws -> [UInt8] {
        let place = "\(base)/\(path)"
        do {
            let answer = try await door.send(.init(url: place, body: nil, bytesMax: bytesMax))
            guard answer.status == 200 else { throw MirrorProblem.status(place, answer.status) }
            return answer.body
        } catch let problem as OutboundProblem {
            throw MirrorProblem.noAnswer(place, problem)
        }
    }
}
