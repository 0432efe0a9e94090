import Logging
import MerkleLog
import Transparency

/// `POST /add-checkpoint`: the one thing that a witness does. C2SP tlog-witness.
///
/// Open to anyone: what is cosigned is signed by a log of the list. A body of at most 1.1 MB.
package struct WitnessServer: Sendable {
    private let witness: Witness

    package init(witness: Witness) {
        self.witness = witness
    }

    package func server(host: String, port: Int, logger: Logger) -> ByteServer {
        ByteServer(
            host: host, port: port, bodyBytesMax: WitnessRequest.bytesMax, logger: logger
        ) { asked in
            guard asked.path == "/add-checkpoint" else { return .init(status: 404) }
            guard asked.method == "POST" else { return .init(status: 405) }
            let answer = try await witness.answer(to: asked.body)
            return .init(status: answer.status, mediaType: answer.mediaType, body: answer.body)
        }
    }
}
