import Logging
import MerkleLog
import Transparency

/// Serves the copy of a log in the addresses of the log itself: C2SP tlog-tiles.
///
/// `GET /checkpoint` and `GET /tile/…`; also with `/log` in front, as an instance serves its own. Open to anyone.
package struct MirrorServer: Sendable {
    private let folder: MirrorFolder

    package init(folder: MirrorFolder) {
        self.folder = folder
    }

    package func server(host: String, port: Int, logger: Logger) -> ByteServer {
        ByteServer(host: host, port: port, logger: logger) { asked in try answer(to: asked) }
    }

    private func answer(to asked: ByteServer.Asked) throws -> ByteServer.Answer {
        guard asked.method == "GET" || asked.method == "HEAD" else { return .init(status: 405) }
        let path = asked.path.hasPrefix("/log/") ? asked.path.dropFirst(5) : asked.path.dropFirst(1)
        if path == "checkpoint" {
            guard let note = try folder.checkpoint() else { return .init(status: 404) }
            return .init(status: 200, body: note.bytes)
        }
        let address: TileAddress
        do {
            address = try TileAddress(parsing: path)
        } catch {
            return .init(status: 404)
        }
        guard let bytes = try folder.bytes(address) else { return .init(status: 404) }
        return .init(
            status: 200, mediaType: "application/octet-stream", body: bytes, keptSeconds: 31_536_000)
    }
}
