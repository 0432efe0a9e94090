import MerkleLog
import Transparency
import Web

/// `GET /log/checkpoint`, `/log/tile/…` and `/log/keys`: the log as programs read it (C2SP tlog-tiles).
///
/// Open to anyone. The checkpoint is the head that was signed last and is kept by nobody; a tile or bundle of entries
/// is served when that head covers it, and a full one never changes. The keys are lines for a verifier, with a comment
/// before each, or data at `/log/keys.json`.
struct LogFiles {
    let room: ReadingRoom
    let keys: @Sendable () throws -> [PublishedKey]

    private static let noteType = "text/plain; charset=utf-8"
    private static let tileType = "application/octet-stream"

    func add(to routes: Routes) {
        routes.get("log/checkpoint") { _ in
            guard let head = try await room.read({ try $0.transaction.log.lastCheckpoint() }) else {
                throw LogProblem.notStarted
            }
            return .bytes(
                Array(head.note.utf8), type: Self.noteType, keeping: .notAtAll, meantFor: .everyone)
        }
        routes.get("log/tile/*tile") { request in
            let address = try Self.address(request.parameter("tile"))
            guard let bytes = try await room.read({ try $0.transaction.log.served(address) }) else {
                throw LogProblem.noSuchTile(address.description)
            }
            let isFull = address.width == Tile.widthMax
            return .bytes(
                bytes, type: Self.tileType, keeping: isFull ? .aWeek : .askingAgain, meantFor: .everyone)
        }
        routes.get("log/keys") { request in
            let published = try keys()
            guard request.format == .page else { return try .data(published, meantFor: .everyone) }
            return .bytes(Array(Self.text(published).utf8), type: Self.noteType, meantFor: .everyone)
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
