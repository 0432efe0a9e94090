import MerkleLog
import Transparency
import Web

/// `GET /log/checkpoint`, `/log/tile/…` and `/log/keys`: the log as programs read it (C2SP tlog-tiles); the same two under
/// `/log/EPOCH/`.
///
/// `GET /log/EPOCH/last-head`: the head that was signed last in an epoch that has ended.
///
/// Open to anyone. Under its epoch a full tile or bundle never changes and may be kept for good: a log that begins anew has
/// another epoch, and the old one's addresses are gone. The addresses without an epoch show the log of now, and what stands
/// there is kept by nobody. The checkpoint is the head that was signed last; a tile is served when that head covers it.
/// The keys are lines for a verifier, with a comment before each, or data at `/log/keys.json`.
struct LogFiles {
    let room: ReadingRoom
    let keys: @Sendable () throws -> [PublishedKey]
    let ended: @Sendable () throws -> [EndedLog]

    private static let noteType = "text/plain; charset=utf-8"
    private static let tileType = "application/octet-stream"

    func add(to routes: Routes) {
        routes.get("log/checkpoint") { _ in try await checkpoint { _ in } }
        routes.get("log/tile/*tile") { request in
            try await tile(request, keeping: .notAtAll) { _ in }
        }
        routes.get("log/:epoch/checkpoint") { request in try await checkpoint(of(request)) }
        routes.get("log/:epoch/tile/*tile") { request in
            try await tile(request, keeping: .forGood, of(request))
        }
        routes.get("log/:epoch/last-head") { request in
            let epoch = request.parameter("epoch")
            guard let log = try ended().first(where: { $0.epoch == epoch }), !log.note.isEmpty else {
                throw LogProblem.noSuchEpoch(String(epoch.prefix(20)))
            }
            return .bytes(Array(log.note.utf8), type: Self.noteType, meantFor: .everyone)
        }
        routes.get("log/keys") { request in
            let published = try keys()
            guard request.format == .page else { return try .data(published, meantFor: .everyone) }
            return .bytes(Array(Self.text(published).utf8), type: Self.noteType, meantFor: .everyone)
        }
    }

    private func checkpoint(_ check: @escaping @Sendable (LogStore) throws -> Void) async throws -> Answer {
        let head = try await room.read { reading in
            try check(reading.transaction.log)
            return try reading.transaction.log.lastCheckpoint()
        }
        guard let head else { throw LogProblem.notStarted }
        return .bytes(Array(head.note.utf8), type: Self.noteType, keeping: .notAtAll, meantFor: .everyone)
    }

    /// - Parameter keeping: for what is full. A partial one may be thrown away later, and is asked for again.
    private func tile(
        _ request: WebRequest, keeping: Keeping, _ check: @escaping @Sendable (LogStore) throws -> Void
    ) async throws -> Answer {
        let address = try Self.address(request.parameter("tile"))
        let bytes = try await room.read { reading in
            try check(reading.transaction.log)
            return try reading.transaction.log.served(address)
        }
        guard let bytes else { throw LogProblem.noSuchTile(address.description) }
        let isFull = address.width == Tile.widthMax
        return .bytes(
            bytes, type: Self.tileType, keeping: isFull ? keeping : .notAtAll, meantFor: .everyone)
    }

    /// The epoch of the address must be that of the log of now.
    private func of(_ request: WebRequest) -> @Sendable (LogStore) throws -> Void {
        let epoch = request.parameter("epoch")
        return { log in
            guard try log.epoch() == epoch else { throw LogProblem.noSuchEpoch(String(epoch.prefix(20))) }
        }
    }

    private static func address(_ text: String) throws -> TileAddress {
        do {
            return try TileAddress(parsing: "tile/" + text)
        } catch {
            throw LogProblem.noSuchTile("tile/" + text.prefix(TileAddress.charactersMax))
        }
    }

    private static func text(_ keys: [PublishedKey]) -> String {
        if keys.isEmpty { return "# 透明日志尚未启用，还没有公钥。\n" }
        return keys.map { "# \($0.said)\n\($0.key)\n" }.joined()
    }
}

extension PublishedKey {
    /// What it signs, and since and until when.
    var said: String {
        let since = "，\(madeAt) 起"
        let until = retiredAt.isEmpty ? "，使用中" : "，\(retiredAt) 停用"
        return purpose.title + since + until
    }
}

extension LogKeyring.Purpose {
    var title: String {
        switch self {
        case .head: "签名树头"
        case .time: "证明时间"
        case .witness: "联署其他日志"
        }
    }
}
